import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { type Hostile, toEachWrite, wellFramed } from './case.ts';

const deep = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);
const MiB = 1024 * 1024;
const bomb = gzipSync(Buffer.alloc(64 * MiB, ' '));
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');

/** Bodies that are not JSON, incomplete, not UTF-8 or absurdly large, sent to every operation that takes a body. */
export const malformedBodies: Hostile[] = toEachWrite('malformed bodies', (send) => ({
  'a body that is a space': send({ body: ' ' }),
  'an incomplete object': send({ body: '{"name": "A", "members": [' }),
  'a string that does not end': send({ body: '{"name": "A' }),
  'a trailing comma': send({ body: '{"name": "A", "members": [], "ms": 1,}' }),
  'two documents': send({ body: '{"name": "A"} {"name": "B"}' }),
  'a comment': send({ body: '{"name": "A" /* B */}' }),
  'single quotes': send({ body: "{'name': 'A'}" }),
  'a bare word that is not JSON': send({ body: '{"name": undefined}' }),
  'a NUL after the document': send({ body: '{"name": "A", "members": []}\0' }),
  'an unescaped NUL in a string': send({ body: '{"name": "A\0"}' }),
  'a lone surrogate': send({ body: '{"name": "\\ud800", "members": [], "reason": "\\udc00"}' }),
  'a lone surrogate as a name': send({ body: '{"\\ud800": 1, "name": 5, "members": 5, "ms": "x"}' }),
  'bytes that are not UTF-8': send({ body: Buffer.from('{"name": "\xff\xfe"}', 'latin1') }),
  'an overlong encoding of a slash': send({ body: Buffer.from('{"name": "\xc0\xaf"}', 'latin1') }),
  'UTF-16': send({ body: utf16('{"name": "A", "members": []}') }),
  'a number that is too large for a double': send({
    body: '{"name": 1e999, "members": 1e999, "ms": 1e999, "format": 1e999}',
  }),
  'a number of 100,000 digits': send({
    body: `{"name": ${'9'.repeat(100_000)}, "members": 1, "ms": -1, "status": 1e9}`,
  }),
  '10,000 nested arrays': send({ body: deep(10_000, '[', ']') }),
  '10,000 nested objects': send({ body: `${'{"name":'.repeat(10_000)}1${'}'.repeat(10_000)}` }),
  '100,000 arrays that do not end': send({ body: '['.repeat(100_000) }),
  'a prototype instead of fields': send({
    body: '{"__proto__": {"name": "A", "members": [], "ms": 1, "reference_id": "a", "reason": "b", "status": 503, "format": 1, "tables": {}, "organizations": 1, "at": 1}, "name": 5, "members": 5}',
  }),
  'a constructor with a prototype': send({
    body: '{"constructor": {"prototype": {"name": "A"}}, "name": 5, "members": 5}',
  }),
  'a name that occurs twice, the last one wrong': send({
    body: '{"name": "A", "name": 5, "members": [], "members": 5, "ms": 1, "ms": "x", "at": 1, "at": 1}',
  }),
  'a body in gzip': send({ body: gzipSync('{"name": "A"}'), headers: { 'content-encoding': 'gzip' } }),
  'a gzip bomb of 64 MiB of spaces': send({ body: bomb, headers: { 'content-encoding': 'gzip' } }),
  'a gzip bomb compressed twice': send({ body: gzipSync(bomb), headers: { 'content-encoding': 'gzip, gzip' } }),
  brotli: send({ body: brotliCompressSync(Buffer.alloc(MiB, ' ')), headers: { 'content-encoding': 'br' } }),
  deflate: send({ body: deflateSync('{"name": "A"}'), headers: { 'content-encoding': 'deflate' } }),
}));

const content = '{"name": "A", "members": [], "ms": 1, "reference_id": "a", "reason": "b", "status": 503}';

/** A valid body with a wrong Content-Type. */
export const wrongMediaTypes: Hostile[] = toEachWrite('wrong Content-Type', (send) =>
  Object.fromEntries(
    [
      'text/plain',
      'text/json',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/jsonx',
      'application/json-patch+json',
      'application/json, text/plain',
      'application',
      ';',
      '*/*',
      'x'.repeat(4000),
    ].map((type) => [type.slice(0, 40), send({ body: content, headers: { 'content-type': type } })]),
  ),
);

/** With `Connection: close` the answer may be lost, because the mock does not read a refused body to its end. */
const open = { connection: 'keep-alive' };

/** 20 MB, with a length or in chunks, with and without a key. */
export const largeBodies: Hostile[] = [
  ...toEachWrite('20 MB', (send) => ({
    'declared in Content-Length': send({ body: `{"name": "${'x'.repeat(20 * MiB)}"}`, headers: open }),
  })),
  ...['POST /v1/groups', 'POST /_mock/worlds/main/seed'].flatMap((line): Hostile[] => {
    const [method = '', path = ''] = line.split(' ');
    const chunk = `${(MiB).toString(16)}\r\n${'x'.repeat(MiB)}\r\n`;
    return [
      {
        area: '20 MB',
        name: `${line} in chunks`,
        bytes: (place) => {
          const headers = { 'transfer-encoding': 'chunked', 'content-type': 'application/json', ...open };
          const head = wellFramed({ method, path, headers }, place);
          return Buffer.concat([head, Buffer.from(chunk.repeat(20)), Buffer.from('0\r\n\r\n')]);
        },
        outcome: 'refused',
      },
      {
        area: '20 MB',
        name: `${line} of something else than JSON`,
        bytes: (place) =>
          wellFramed(
            { method, path, headers: { 'content-type': 'text/plain', ...open }, body: 'x'.repeat(20 * MiB) },
            place,
          ),
        outcome: 'refused',
      },
    ];
  }),
  {
    area: '20 MB',
    name: 'without a key',
    bytes: (place) =>
      wellFramed(
        { method: 'POST', path: '/v1/groups', headers: { authorization: null, ...open }, body: 'x'.repeat(20 * MiB) },
        place,
      ),
    outcome: 'refused',
  },
];
