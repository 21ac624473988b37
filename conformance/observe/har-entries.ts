/** The file is not a HAR, or is truncated; the message is one line that says what came instead. */
export class HarError extends Error {
  override readonly name = 'HarError';
}

/** How long an entry may be, in bytes; a longer one is skipped. */
const maxEntry = 64 * 1024 * 1024;

/** One entry of a HAR, and where it is in the file. */
export interface HarEntry {
  readonly start: number;
  readonly length: number;
  /** Null if the entry is too long. */
  readonly text: string | null;
}

const [quote, backslash, colon, openBrace, closeBrace, openBracket, closeBracket] = Buffer.from(
  '"\\:{}[]',
) as unknown as [number, number, number, number, number, number, number];
const byteOrderMark = [0xef, 0xbb, 0xbf];

/** Finds `log.entries` in a JSON text that arrives byte by byte. */
class Scanner {
  depth = 0;
  isInString = false;
  hasStarted = false;
  hasEntries = false;
  #isEscaped = false;
  #isInLog = false;
  #isInEntries = false;
  /** The string that is being read or was read last, and the last key. */
  #word = '';
  #key = '';

  /** Reads a byte; returns whether an entry begins or ends with it. */
  read(byte: number): 'begins' | 'ends' | undefined {
    if (this.isInString) this.#readString(byte);
    else if (byte === quote) {
      this.isInString = true;
      this.#word = '';
    } else if (byte === colon) {
      if (this.depth <= 2) this.#key = this.#word;
    } else if (byte === openBrace || byte === openBracket) return this.#open(byte);
    else if (byte === closeBrace || byte === closeBracket) return this.#close();
    else if (!this.hasStarted && byte > 0x20 && !byteOrderMark.includes(byte))
      throw new HarError('it is not a HAR: it does not start like JSON');
    return undefined;
  }

  #readString(byte: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (byte === backslash) this.#isEscaped = true;
    else if (byte === quote) this.isInString = false;
    if (this.isInString && this.depth <= 2 && this.#word.length < 20) this.#word += String.fromCharCode(byte);
  }

  #open(byte: number): 'begins' | undefined {
    if (this.depth === 0 && byte === openBracket)
      throw new HarError('it is a JSON array, not a HAR: expected an object with "log"');
    this.hasStarted = true;
    this.depth += 1;
    if (this.depth === 2) this.#isInLog = this.#key === 'log' && byte === openBrace;
    if (this.depth === 3) this.#isInEntries = this.#isInLog && this.#key === 'entries' && byte === openBracket;
    this.hasEntries ||= this.#isInEntries;
    return this.depth === 4 && this.#isInEntries && byte === openBrace ? 'begins' : undefined;
  }

  #close(): 'ends' | undefined {
    this.depth -= 1;
    return this.depth === 3 && this.#isInEntries ? 'ends' : undefined;
  }
}

/** The entries of a HAR, one after another as the file is read, so that its size does not matter. Throws HarError. */
export async function* harEntries(chunks: AsyncIterable<Buffer>): AsyncGenerator<HarEntry> {
  const scanner = new Scanner();
  let offset = 0;
  let entries = 0;
  let start = -1;
  let parts: Buffer[] = [];
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const event = scanner.read(chunk[at] as number);
      if (event === 'begins') {
        start = offset + at;
        from = at;
      } else if (event === 'ends' && start >= 0) {
        const length = offset + at + 1 - start;
        parts.push(chunk.subarray(from, at + 1));
        entries += 1;
        yield { start, length, text: length > maxEntry ? null : Buffer.concat(parts).toString('utf8') };
        start = -1;
        parts = [];
      }
    }
    offset += chunk.length;
    if (start >= 0 && offset - start <= maxEntry) parts.push(chunk.subarray(from));
  }
  if (!scanner.hasStarted) throw new HarError('it is empty');
  if (scanner.depth > 0 || scanner.isInString)
    throw new HarError(`it is truncated after ${entries} complete entries; record or export it again`);
  if (!scanner.hasEntries) throw new HarError('it is JSON but not a HAR: expected "entries" in "log"');
}
