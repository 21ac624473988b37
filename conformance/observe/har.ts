import type { ObservedExchange } from './exchange.ts';
import { recordOf, recordsOf, routeOf } from './exchange.ts';
import { entryTexts, HarError } from './json-entries.ts';

/** What a recording holds of the API. */
export interface Recording {
  /** Where the API is, without `/v1`; null if nothing in the file looks like it. */
  baseUrl: string | null;
  entries: number;
  /** Of other hosts and paths. */
  ignored: number;
  /** Other addresses at which something answers like the API. */
  readonly otherBaseUrls: Set<string>;
  /** Entries that could not be read. */
  unreadable: number;
}

const apiPath = /^(.*?)(\/v1\/(?:groups|plans|members)(?:\/.*)?|\/v2\/members|\/v1\/auth\/access-tokens)$/;
/** Entries are put into the order of time within a window of so many: browsers write them as they end. */
const window = 500;

const headersOf = (value: unknown): Record<string, string> =>
  Object.fromEntries(recordsOf(value).map(({ name, value: text }) => [String(name).toLowerCase(), String(text)]));

/** Reads a HAR as exchanges of the API, in the order of time. Fills `recording` on the way. Throws HarError. */
export async function* exchangesOf(
  chunks: AsyncIterable<string>,
  recording: Recording,
): AsyncGenerator<ObservedExchange> {
  const keys = new Map<string, string>();
  const waiting: ObservedExchange[] = [];
  for await (const text of entryTexts(chunks)) {
    recording.entries += 1;
    const exchange = text === null ? undefined : exchangeOf(text, recording, keys);
    if (exchange === undefined) continue;
    let at = waiting.length;
    while (at > 0 && (waiting[at - 1] as ObservedExchange).startedAt > exchange.startedAt) at -= 1;
    waiting.splice(at, 0, exchange);
    if (waiting.length > window) yield waiting.shift() as ObservedExchange;
  }
  yield* waiting;
}

function exchangeOf(text: string, recording: Recording, keys: Map<string, string>): ObservedExchange | undefined {
  let entry: Record<string, unknown>;
  try {
    entry = JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new HarError(`entry ${recording.entries} is not JSON`);
  }
  const request = recordOf(entry.request);
  const response = recordOf(entry.response);
  const startedAt = Date.parse(String(entry.startedDateTime));
  const url = URL.parse(String(request.url));
  if (url === null || typeof request.method !== 'string' || Number.isNaN(startedAt)) {
    recording.unreadable += 1;
    return undefined;
  }
  const path = pathBelowBase(url, recording);
  const method = request.method.toUpperCase();
  const status = Number(response.status) || null;
  // A preflight is the browser's own, and what came from a cache says nothing of the service.
  if (path === null || method === 'OPTIONS' || status === 304 || entry._fromCache) {
    recording.ignored += 1;
    return undefined;
  }
  const requestHeaders = headersOf(request.headers);
  const authorization = requestHeaders.authorization;
  if (authorization !== undefined && !keys.has(authorization)) keys.set(authorization, `key ${keys.size + 1}`);
  const postData = recordOf(request.postData);
  const responseBody = contentOf(recordOf(response.content));
  const type = requestHeaders['content-type'] ?? postData.mimeType;
  const sent = typeof postData.text === 'string' && postData.text !== '' ? postData.text : null;
  return {
    method,
    path,
    query: url.search,
    requestHeaders: typeof type === 'string' && type !== '' ? { 'content-type': type } : {},
    // A body of unknown text is not the same as none.
    ...(sent === null && Number(request.bodySize) > 0 ? {} : { requestBody: sent }),
    status,
    ...(Array.isArray(response.headers) &&
      response.headers.length > 0 && { responseHeaders: headersOf(response.headers) }),
    ...(responseBody !== undefined && { responseBody }),
    key: authorization === undefined ? null : (keys.get(authorization) as string),
    startedAt,
    endedAt: startedAt + Math.max(0, Number(entry.time) || 0),
  };
}

function contentOf({ text, encoding, size }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof text !== 'string') return Number(size) > 0 || size === -1 ? undefined : '';
  return encoding === 'base64' ? Buffer.from(text, 'base64').toString('utf8') : text;
}

/** The path below the base URL, which is guessed from the first address that looks like the API's. */
function pathBelowBase(url: URL, recording: Recording): string | null {
  const [, prefix, path] = apiPath.exec(url.pathname) ?? [];
  if (prefix === undefined || path === undefined) return null;
  const base = url.origin + prefix;
  const isCertain = routeOf('GET', path)[0] !== null && !path.startsWith('/v1/members');
  if (recording.baseUrl === null && isCertain) recording.baseUrl = base;
  if (base === recording.baseUrl) return path;
  if (isCertain) recording.otherBaseUrls.add(base);
  return null;
}
