/** A complete request and its answer, without the key. Few are ever read, so nothing is decoded or formatted before. */
export interface Recording {
  readonly world: string;
  /** Of the entry in the world's journal. */
  readonly number: number;
  /** When the answer was sent, in milliseconds since the epoch by the machine's time. */
  readonly at: number;
  /** How long the request took. */
  readonly milliseconds: number;
  /** The organization of the key that was sent, or `unknown`; null if none was sent. */
  readonly key: string | null;
  readonly method: string;
  readonly url: string;
  /** The Content-Type of the request; undefined if it had none. */
  readonly contentType: string | undefined;
  /** Undefined if there was none. */
  readonly requestBody: Uint8Array | undefined;
  /** 0 if the connection was cut instead of an answer. */
  readonly status: number;
  readonly responseHeaders: Readonly<Record<string, string>> | undefined;
  readonly responseBody: string;
}

/** The maximum size of what all worlds of a mock keep, in bytes of requests and characters of answers. */
const maxSize = 64 * 1024 * 1024;

/** What one recording takes besides its bodies. */
const overhead = 500;

const sizeOf = ({ requestBody, responseBody }: Recording): number =>
  overhead + (requestBody?.length ?? 0) + responseBody.length;

/** The last complete requests and answers of a mock. */
export interface RecordingStore {
  add(recording: Recording): void;
  /** Those of a world, the oldest first. */
  of(world: string): readonly Recording[];
  clear(world: string): void;
}

/** The last complete requests and answers of a mock, in memory only. The oldest are dropped first. */
export class Recordings implements RecordingStore {
  readonly #max: number;
  #recordings: Recording[] = [];
  /** How many at the start of the list are dropped. They are removed together, because that is cheaper. */
  #dropped = 0;
  #size = 0;

  constructor(max = maxSize) {
    this.#max = max;
  }

  add(recording: Recording): void {
    this.#recordings.push(recording);
    this.#size += sizeOf(recording);
    while (this.#size > this.#max) {
      this.#size -= sizeOf(this.#recordings[this.#dropped] as Recording);
      this.#dropped += 1;
    }
    if (this.#dropped > this.#recordings.length / 2) this.#keep(() => true);
  }

  of(world: string): Recording[] {
    return this.#recordings.slice(this.#dropped).filter((recording) => recording.world === world);
  }

  clear(world: string): void {
    this.#keep((recording) => recording.world !== world);
    this.#size = this.#recordings.reduce((size, recording) => size + sizeOf(recording), 0);
  }

  #keep(isKept: (recording: Recording) => boolean): void {
    this.#recordings = this.#recordings.slice(this.#dropped).filter(isKept);
    this.#dropped = 0;
  }
}
