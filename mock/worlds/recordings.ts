/** A request and its answer as they were, but for the key. */
export interface Recording {
  readonly world: string;
  /** Of the entry in the world's journal. */
  readonly number: number;
  /** RFC 3339, by the machine's time. */
  readonly startedAt: string;
  readonly milliseconds: number;
  readonly method: string;
  readonly url: string;
  /** The Content-Type of the request; null if it had none. */
  readonly contentType: string | null;
  /** Null if there was none. */
  readonly requestBody: string | null;
  /** 0 if the connection was cut instead of an answer. */
  readonly status: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: string;
}

/** How much all worlds of a mock may remember, in characters. */
const maxCharacters = 64 * 1024 * 1024;

/** What one recording takes beside its bodies, in characters. */
const overhead = 500;

const sizeOf = ({ requestBody, responseBody }: Recording): number =>
  overhead + (requestBody?.length ?? 0) + responseBody.length;

/** The last requests and answers of a mock, whole, in memory only. The oldest go first. */
export class Recordings {
  readonly #max: number;
  readonly #recordings = new Set<Recording>();
  #size = 0;

  constructor(max = maxCharacters) {
    this.#max = max;
  }

  add(recording: Recording): void {
    this.#recordings.add(recording);
    this.#size += sizeOf(recording);
    for (const oldest of this.#recordings) {
      if (this.#size <= this.#max) return;
      this.#remove(oldest);
    }
  }

  /** Those of a world, the oldest first. */
  of(world: string): Recording[] {
    return [...this.#recordings].filter((recording) => recording.world === world);
  }

  clear(world: string): void {
    for (const recording of this.of(world)) this.#remove(recording);
  }

  #remove(recording: Recording): void {
    if (this.#recordings.delete(recording)) this.#size -= sizeOf(recording);
  }
}
