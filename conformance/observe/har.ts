import { type FileHandle, open } from 'node:fs/promises';
import { decodedText } from './decoding.ts';
import { type Json, type ObservedExchange, recordOf, recordsOf, routeOf } from './exchange.ts';
import { HarError, harEntries } from './har-entries.ts';

/** The API's traffic in a recording. */
export interface HarRecording {
  /** Where the API is, without `/v1`; null if nothing in the file looks like it. */
  readonly baseUrl: string | null;
  readonly entries: number;
  /** Entries about other hosts and paths. */
  readonly ignored: number;
  /** Other addresses at which something answers like the API. */
  readonly otherBaseUrls: readonly string[];
  /** Entries that could not be read. */
  readonly unreadable: number;
  /** Exchanges with a body that was too large to be kept, or in an unknown encoding. */
  readonly unkept: number;
  /** Whether entries have the time at which they were sent, not that of the export. */
  readonly isChronological: boolean;
}

/** Where an entry of the API is in the file. */
interface Place {
  readonly start: number;
  readonly length: number;
  readonly startedAt: number;
  readonly base: string;
}

const maxBody = 64 * 1024 * 1024;
/** A prefix, and a path of the API. */
const apiPath = /^(.*?)(\/v1\/(?:groups|plans|members)(?:\/.*)?|\/v2\/members|\/v1\/auth\/access-tokens)$/;

/** The path, below the base URL, looks like the API's. */
export const isApiPath = (path: string): boolean => apiPath.exec(path)?.[1] === '';

/**
 * Reads a HAR as exchanges of the API, in chronological order. The file is read twice, so that neither its size nor the
 * order of its entries matters. Throws HarError, and errors of the file system.
 */
export async function readHar(
  path: string,
  baseUrl: string | undefined,
  onExchange: (exchange: ObservedExchange, isChronological: boolean) => void,
): Promise<HarRecording> {
  const file = await open(path);
  try {
    const index = await indexOf(file);
    const ranked = [...index.scores].sort(([, a], [, b]) => b - a).map(([base]) => base);
    const chosen = baseUrl?.replace(/\/+$/, '') ?? ranked[0] ?? null;
    const places = index.places.filter(({ base }) => base === chosen).sort((a, b) => a.startedAt - b.startedAt);
    // Insomnia writes the time of the export into every entry.
    const isChronological = places.length < 2 || places[0]?.startedAt !== places.at(-1)?.startedAt;
    const keys = new Map<string, string>();
    let ignored = index.entries - index.unreadable - places.length;
    for (const { start, length } of places) {
      const buffer = Buffer.alloc(length);
      await file.read(buffer, 0, length, start);
      const exchange = exchangeOf(JSON.parse(buffer.toString('utf8')), chosen as string, keys);
      if (exchange === undefined) ignored += 1;
      else onExchange(exchange, isChronological);
    }
    const otherBaseUrls = ranked.filter((base) => base !== chosen);
    const { entries, unreadable } = index;
    return { baseUrl: chosen, entries, ignored, otherBaseUrls, unreadable, unkept: 0, isChronological };
  } finally {
    await file.close();
  }
}

/** Finds entries that may be about the API, and scores how much each base URL looks like it. */
async function indexOf(file: FileHandle) {
  const places: Place[] = [];
  const scores = new Map<string, number>();
  let [entries, unreadable] = [0, 0];
  const stream = file.createReadStream({ start: 0, autoClose: false, highWaterMark: 256 * 1024 });
  for await (const { start, length, text } of harEntries(stream)) {
    entries += 1;
    const entry = text === null ? undefined : parsed(text, entries);
    const url = URL.parse(String(recordOf(entry?.request).url));
    const startedAt = Date.parse(String(entry?.startedDateTime));
    if (entry === undefined || url === null || Number.isNaN(startedAt)) {
      unreadable += 1;
      continue;
    }
    const [, prefix, path] = apiPath.exec(url.pathname) ?? [];
    if (prefix === undefined || path === undefined) continue;
    const base = url.origin + prefix;
    places.push({ start, length, startedAt, base });
    if (routeOf('GET', path)[0] !== null) scores.set(base, (scores.get(base) ?? 0) + (answersLikeApi(entry) ? 3 : 1));
  }
  return { places, scores, entries, unreadable };
}

function parsed(text: string, number: number): Json {
  try {
    return recordOf(JSON.parse(text));
  } catch {
    throw new HarError(`entry ${number} is not JSON`);
  }
}

function answersLikeApi({ response }: Json): boolean {
  const body = contentOf(recordOf(recordOf(response).content), undefined);
  return body !== undefined && /^\s*\{\s*"(data|timestamp|message|error|trace_id|access_token)"/.test(body);
}

const headersOf = (value: unknown): Record<string, string> =>
  Object.fromEntries(recordsOf(value).map(({ name, value: text }) => [String(name).toLowerCase(), String(text)]));

/** Returns undefined if the entry says nothing about the service. */
function exchangeOf(entry: Json, base: string, keys: Map<string, string>): ObservedExchange | undefined {
  const request = recordOf(entry.request);
  const response = recordOf(entry.response);
  const url = new URL(String(request.url));
  const method = String(request.method).toUpperCase();
  const status = Number(response.status);
  // The browser sends preflights itself, and a cache answers for the service.
  if (method === 'OPTIONS' || status === 304 || entry._fromCache) return undefined;
  const requestHeaders = headersOf(request.headers);
  const { authorization } = requestHeaders;
  if (authorization !== undefined && !keys.has(authorization)) keys.set(authorization, `key ${keys.size + 1}`);
  const postData = recordOf(request.postData);
  const responseHeaders = headersOf(response.headers);
  const responseBody = contentOf(recordOf(response.content), responseHeaders['content-encoding']);
  const type = requestHeaders['content-type'] || postData.mimeType;
  const sent = contentOf(postData, requestHeaders['content-encoding']) || null;
  const startedAt = Date.parse(String(entry.startedDateTime));
  return {
    method,
    path: (url.origin + url.pathname).slice(base.length),
    query: url.search,
    requestHeaders: typeof type === 'string' && type !== '' ? { 'content-type': type } : {},
    // A body that was sent but not recorded is unknown, not empty.
    ...(sent === null && Number(request.bodySize) > 0 ? {} : { requestBody: sent }),
    // Browsers write 0 or -1 if no answer came.
    status: status > 0 ? status : null,
    ...(Object.keys(responseHeaders).length > 0 && { responseHeaders }),
    ...(responseBody !== undefined && { responseBody }),
    key: authorization === undefined ? null : (keys.get(authorization) as string),
    startedAt,
    endedAt: startedAt + Math.max(0, Number(entry.time) || 0),
  };
}

/** The text of a body; undefined if there was one that was not recorded. */
function contentOf({ text, encoding, size }: Json, contentEncoding: string | undefined): string | undefined {
  if (typeof text !== 'string') return Number(size) > 0 || size === -1 ? undefined : '';
  if (encoding !== 'base64') return text;
  const bytes = Buffer.from(text, 'base64');
  // Most tools record the decoded body but keep the headers of the encoded one.
  return decodedText(bytes, contentEncoding, maxBody) ?? bytes.toString('utf8');
}
