import packageJson from '../../package.json' with { type: 'json' };
import type { Recording } from '../worlds/recordings.ts';
import type { NamedWorld, Schemas } from './named-world.ts';

export const harControl = ({ stored, existing }: NamedWorld) => ({
  /** Complete requests and answers of the world, or one by its number in the journal, without keys, as HAR 1.2. */
  exportHar: ({ entry: only }: { readonly entry?: number } = {}): Schemas['Har'] => ({
    log: {
      version: '1.2',
      creator: { name: 'groups-mock', version: packageJson.version },
      entries: (existing().recordings?.of(stored) ?? [])
        .filter(({ number }) => only === undefined || number === only)
        .map(entry),
    },
  }),
});

const pairs = (all: Readonly<Record<string, string>>) => Object.entries(all).map(([name, value]) => ({ name, value }));

function entry({ number, at, milliseconds, key, method, url, contentType, status, ...recording }: Recording) {
  const time = Math.round(milliseconds);
  const requestBody = Buffer.from(recording.requestBody ?? []).toString();
  const text = status === 0 ? '' : recording.responseBody;
  const responseHeaders = { 'content-type': 'application/json', ...recording.responseHeaders };
  return {
    startedDateTime: new Date(at - time).toISOString(),
    time,
    comment: `entry ${number} of the journal`,
    request: {
      method,
      url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairs({
        ...(key !== null && { authorization: `Bearer [redacted: ${key}]` }),
        ...(contentType !== undefined && { 'content-type': contentType }),
      }),
      queryString: [...new URL(url).searchParams].map(([field, value]) => ({ name: field, value })),
      headersSize: -1,
      bodySize: Buffer.byteLength(requestBody),
      ...(requestBody !== '' && { postData: { mimeType: contentType ?? '', text: requestBody } }),
    },
    response: {
      // Like browsers, write 0 if there was no answer.
      status,
      statusText: '',
      httpVersion: status === 0 ? '' : 'HTTP/1.1',
      cookies: [],
      headers: pairs(responseHeaders),
      content: { size: Buffer.byteLength(text), mimeType: responseHeaders['content-type'], text },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
    },
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
  };
}
