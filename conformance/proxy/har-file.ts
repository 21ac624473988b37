import { type FileHandle, open } from 'node:fs/promises';
import packageJson from '../../package.json' with { type: 'json' };
import type { ObservedExchange } from '../observe/exchange.ts';
import { redactedBody, redactedHeaders, redactedQuery } from '../observe/redaction.ts';

/** What is kept of one body, in characters. */
const maxCharacters = 100_000;

/** A HAR that is written entry by entry, redacted. */
export class HarFile {
  readonly #file: FileHandle;
  readonly #baseUrl: string;
  #entries = 0;
  /** Settles when the last write has finished. */
  #written: Promise<unknown> = Promise.resolve();

  private constructor(file: FileHandle, baseUrl: string) {
    this.#file = file;
    this.#baseUrl = baseUrl;
  }

  /** Throws errors of the file system. */
  static async create(path: string, baseUrl: string): Promise<HarFile> {
    const file = new HarFile(await open(path, 'w'), baseUrl);
    const creator = JSON.stringify({ name: packageJson.name, version: packageJson.version });
    file.#write(`{"log":{"version":"1.2","creator":${creator},"entries":[`);
    return file;
  }

  #write(text: string): void {
    this.#written = this.#written.then(() => this.#file.write(text));
    this.#written.catch(() => {});
  }

  add(exchange: ObservedExchange): void {
    this.#write(`${this.#entries > 0 ? ',' : ''}\n${JSON.stringify(entryOf(exchange, this.#baseUrl))}`);
    this.#entries += 1;
  }

  /** Throws if anything could not be written. */
  async close(): Promise<void> {
    this.#write('\n]}}\n');
    try {
      await this.#written;
    } finally {
      await this.#file.close();
    }
  }
}

function entryOf(exchange: ObservedExchange, baseUrl: string) {
  const { method, path, status, startedAt, endedAt, key, requestBody, responseBody } = exchange;
  const query = redactedQuery(exchange.query ?? '');
  const requestHeaders = redactedHeaders(exchange.requestHeaders ?? {}, key);
  const responseHeaders = redactedHeaders(exchange.responseHeaders ?? {});
  return {
    startedDateTime: new Date(startedAt).toISOString(),
    time: endedAt - startedAt,
    request: {
      method,
      url: `${baseUrl}${path}${query}`,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairs(requestHeaders),
      queryString: [...new URLSearchParams(query)].map(([name, value]) => ({ name, value })),
      headersSize: -1,
      bodySize: requestBody === null ? 0 : -1,
      ...(requestBody && {
        postData: { mimeType: requestHeaders['content-type'] ?? '', text: shortened(redactedBody(requestBody, path)) },
      }),
    },
    response: {
      status: status ?? 0,
      statusText: '',
      httpVersion: status === null ? '' : 'HTTP/1.1',
      cookies: [],
      headers: pairs(responseHeaders),
      content: {
        size: responseBody === undefined ? -1 : Buffer.byteLength(responseBody),
        mimeType: responseHeaders['content-type'] ?? '',
        ...(responseBody !== undefined && { text: shortened(redactedBody(responseBody, path)) }),
      },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
    },
    cache: {},
    timings: { send: 0, wait: endedAt - startedAt, receive: 0 },
  };
}

const pairs = (headers: Readonly<Record<string, string>>) =>
  Object.entries(headers).map(([name, value]) => ({ name, value }));

const shortened = (text: string): string =>
  text.length > maxCharacters
    ? `${text.slice(0, maxCharacters)} […cut: the first ${maxCharacters} of ${text.length} characters]`
    : text;
