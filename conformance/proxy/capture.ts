import { decodedText } from '../observe/decoding.ts';

const MiB = 1024 * 1024;

/** How much of each body is kept for judging. */
const captureLimits = { body: 8 * MiB, together: 64 * MiB } as const;

/** The number of bytes that all captures hold. */
export class CaptureBudget {
  #used = 0;

  take(bytes: number): boolean {
    if (this.#used + bytes > captureLimits.together) return false;
    this.#used += bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.#used -= bytes;
  }
}

/** A copy of one body, dropped if it grows too large. */
export class Capture {
  readonly #budget: CaptureBudget;
  #chunks: Buffer[] = [];
  #bytes = 0;
  #isTooLarge = false;

  constructor(budget: CaptureBudget) {
    this.#budget = budget;
  }

  add(chunk: Buffer): void {
    if (this.#isTooLarge) return;
    if (this.#bytes + chunk.length > captureLimits.body || !this.#budget.take(chunk.length)) {
      this.release();
      this.#isTooLarge = true;
      return;
    }
    this.#bytes += chunk.length;
    this.#chunks.push(chunk);
  }

  /** The decoded text; undefined if the body was too large or cannot be decoded. */
  text(contentEncoding: string | undefined): string | undefined {
    return this.#isTooLarge ? undefined : decodedText(Buffer.concat(this.#chunks), contentEncoding, captureLimits.body);
  }

  release(): void {
    this.#budget.giveBack(this.#bytes);
    this.#chunks = [];
    this.#bytes = 0;
  }
}
