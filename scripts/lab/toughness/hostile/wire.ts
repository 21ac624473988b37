import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A hanging connection fails its test instead of blocking the whole run. */
const patienceMs = 10_000;

/** A raw TCP connection. */
export class Wire {
  readonly #socket: Socket;
  #received = Buffer.alloc(0);
  /** Settles when the other side has closed the connection, cleanly or with a reset. */
  readonly closed: Promise<void>;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk) => {
      this.#received = Buffer.concat([this.#received, chunk]);
    });
    // A reset after the answer is allowed: the mock does not wait for the rest of a body that it has refused.
    socket.on('error', () => {});
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
  }

  static async open(url: string): Promise<Wire> {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true, noDelay: true });
    await Promise.race([once(socket, 'connect'), once(socket, 'error').then(([error]) => Promise.reject(error))]);
    return new Wire(socket);
  }

  write(bytes: Buffer | string): void {
    this.#socket.write(bytes);
  }

  /** Closes the sending side and goes on receiving. */
  finish(): void {
    this.#socket.end();
  }

  /** Stops reading. */
  pause(): void {
    this.#socket.pause();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  /** The answers received so far. Throws if they are not HTTP. */
  answers(isHead = false): WireAnswer[] {
    return parsed(this.#received, isHead);
  }
}

/** Sends bytes, ends the stream, and returns every answer that arrives before the other side closes. */
export async function talk(url: string, bytes: Buffer): Promise<WireAnswer[]> {
  const wire = await Wire.open(url);
  wire.write(bytes);
  wire.finish();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the connection is still open after ${patienceMs} ms`)), patienceMs);
  });
  try {
    await Promise.race([wire.closed, late]);
  } finally {
    clearTimeout(timer);
    wire.destroy();
  }
  return wire.answers(bytes.subarray(0, 5).toString() === 'HEAD ');
}

/** Parses answers with a Content-Length or in chunks. */
function parsed(bytes: Buffer, isHead: boolean): WireAnswer[] {
  const answers: WireAnswer[] = [];
  for (let rest = bytes; rest.length > 0; ) {
    const end = rest.indexOf('\r\n\r\n');
    if (end < 0) throw new Error(`no head: ${rest.toString('latin1').slice(0, 200)}`);
    const [line = '', ...fields] = rest.subarray(0, end).toString('latin1').split('\r\n');
    const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(line) ?? [];
    if (status === undefined) throw new Error(`no status: ${line.slice(0, 200)}`);
    const headers = Object.fromEntries(
      fields.map((field) => {
        const colon = field.indexOf(':');
        return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()];
      }),
    );
    rest = rest.subarray(end + 4);
    let body = '';
    if (headers['transfer-encoding'] === 'chunked' && !isHead)
      for (let size = -1; size !== 0; ) {
        const newline = rest.indexOf('\r\n');
        size = Number.parseInt(rest.subarray(0, newline).toString(), 16);
        if (Number.isNaN(size)) throw new Error('a chunk of the answer has no size');
        body += rest.subarray(newline + 2, newline + 2 + size).toString();
        rest = rest.subarray(newline + size + 4);
      }
    else if (!isHead) {
      const length = Number(headers['content-length'] ?? 0);
      body = rest.subarray(0, length).toString();
      rest = rest.subarray(length);
    }
    answers.push({ status: Number(status), headers, body });
  }
  return answers;
}
