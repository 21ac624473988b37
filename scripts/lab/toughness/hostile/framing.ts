import { type Hostile, type HostileTarget, key } from './case.ts';

const creation = '{"name": "Smuggled"}';
/** A complete request that would create a group, to be smuggled inside another one. */
const hidden = ({ host }: HostileTarget) =>
  `POST /v1/groups HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/json\r\nContent-Length: ${creation.length}\r\n\r\n${creation}`;

type Lines = readonly string[];
const common = ({ host }: HostileTarget): Lines => [`Host: ${host}`, `Authorization: Bearer ${key}`];
const json = 'Content-Type: application/json';

/** A request made of a first line, header lines and a body. */
const framed =
  (line: string, further: Lines = [], body: string | ((place: HostileTarget) => string) = '') =>
  (place: HostileTarget): Buffer => {
    const head = [line, ...common(place), ...further].join('\r\n');
    return Buffer.from(`${head}\r\n\r\n${typeof body === 'string' ? body : body(place)}`, 'latin1');
  };
const post = (further: Lines, body: string | ((place: HostileTarget) => string) = creation) =>
  framed('POST /v1/groups HTTP/1.1', [json, ...further], body);
const whole = (bytes: string | Buffer) => () => Buffer.from(bytes as string);

const ambiguous: Readonly<Record<string, Hostile['bytes']>> = {
  'Content-Length and Transfer-Encoding': post(
    ['Content-Length: 4', 'Transfer-Encoding: chunked'],
    (place) => `0\r\n\r\n${hidden(place)}`,
  ),
  'two different Content-Lengths': post(['Content-Length: 0', `Content-Length: ${creation.length}`]),
  'two equal Content-Lengths': post([`Content-Length: ${creation.length}`, `Content-Length: ${creation.length}`]),
  'a list of Content-Lengths': post([`Content-Length: ${creation.length}, ${creation.length}`]),
  'a negative Content-Length': post(['Content-Length: -1']),
  'a Content-Length with a sign': post([`Content-Length: +${creation.length}`]),
  'a Content-Length in hexadecimal': post(['Content-Length: 0x14']),
  'a Content-Length of 40 digits': post([`Content-Length: ${'9'.repeat(40)}`]),
  'a Content-Length with a letter': post(['Content-Length: 20a']),
  'an empty Content-Length': post(['Content-Length:']),
  'two Content-Types': post([`Content-Length: ${creation.length}`, 'Content-Type: text/plain']),
  'two keys': post([`Content-Length: ${creation.length}`, 'authorization: Bearer vit_apk_globex']),
  'chunked twice': post(['Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'], '0\r\n\r\n'),
  'chunked, but not last': post(['Transfer-Encoding: chunked, identity'], '0\r\n\r\n'),
  'an unknown Transfer-Encoding': post(['Transfer-Encoding: xchunked'], '0\r\n\r\n'),
  'gzip as Transfer-Encoding': post(['Transfer-Encoding: gzip'], creation),
  'a space before the colon': post(['Transfer-Encoding : chunked'], '0\r\n\r\n'),
  'a vertical tab in Transfer-Encoding': post(['Transfer-Encoding: \vchunked'], '0\r\n\r\n'),
  'a folded header': post(['X-Folded: a\r\n b', 'Content-Length: 0'], ''),
  'line feeds only': () => Buffer.from('GET /v1/groups HTTP/1.1\nHost: 127.0.0.1\n\n'),
  'carriage returns only': () => Buffer.from('GET /v1/groups HTTP/1.1\rHost: 127.0.0.1\r\r'),
  'a NUL in a header': framed('GET /v1/groups HTTP/1.1', ['X-Nul: a\0b']),
  'a NUL in the name of a header': framed('GET /v1/groups HTTP/1.1', ['X\0Nul: a']),
  'a header without a colon': framed('GET /v1/groups HTTP/1.1', ['nonsense']),
  'a header without a name': framed('GET /v1/groups HTTP/1.1', [': value']),
  'a chunk size that is not a number': post(['Transfer-Encoding: chunked'], `xyz\r\n${creation}\r\n0\r\n\r\n`),
  'a chunk size of 20 digits': post(['Transfer-Encoding: chunked'], `${'f'.repeat(20)}\r\n${creation}`),
  'a negative chunk size': post(['Transfer-Encoding: chunked'], `-1\r\n${creation}\r\n0\r\n\r\n`),
  'a chunk longer than it says': post(['Transfer-Encoding: chunked'], `5\r\n${creation}\r\n0\r\n\r\n`),
  'endless chunk extensions': post(
    ['Transfer-Encoding: chunked'],
    `14;${'x'.repeat(20_000)}\r\n${creation}\r\n0\r\n\r\n`,
  ),
  'more body than Content-Length says': post(['Content-Length: 1'], (place) => `{${'x'.repeat(9)}${hidden(place)}`),
};

/** The client ends the stream too early: none of these may take effect. */
const truncated: Readonly<Record<string, Hostile['bytes']>> = {
  'an incomplete first line': whole('POST /v1/gro'),
  'a head that does not end': framed('POST /v1/groups HTTP/1.1', [json, 'X-More: ']),
  'less body than Content-Length says': post(['Content-Length: 1000']),
  'a complete document, but shorter than Content-Length says': post([`Content-Length: ${creation.length + 1}`]),
  'chunks without the last one': post(['Transfer-Encoding: chunked'], `14\r\n${creation}\r\n`),
  'an incomplete chunk': post(['Transfer-Encoding: chunked'], '14\r\n{"name": '),
  'no body at all': post([`Content-Length: ${creation.length}`], ''),
};

const notHttp: Readonly<Record<string, Hostile['bytes']>> = {
  'no Host': () => Buffer.from(`GET /v1/groups HTTP/1.1\r\nAuthorization: Bearer ${key}\r\nConnection: close\r\n\r\n`),
  'a TLS handshake': whole(Buffer.from('1603010200010001fc0303', 'hex')),
  'the preface of HTTP/2': whole('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  'HTTP/0.9': whole('GET /v1/groups\r\n'),
  'HTTP/3.0': framed('GET /v1/groups HTTP/3.0'),
  'HTTP/1.x': framed('GET /v1/groups HTTP/1.x'),
  'an SSH greeting': whole('SSH-2.0-OpenSSH_9.6\r\n'),
  'a Redis command': whole('*1\r\n$8\r\nFLUSHALL\r\n'),
  'bytes of every value': whole(Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))),
  'empty lines': whole('\r\n'.repeat(100)),
  'an invalid method': framed('G@T /v1/groups HTTP/1.1'),
  'a method in lower case': framed('get /v1/groups HTTP/1.1'),
  'a method of 10,000 letters': framed(`${'A'.repeat(10_000)} /v1/groups HTTP/1.1`),
  'no target': framed('GET  HTTP/1.1'),
  'spaces in the target': framed('GET /v1/groups /v1/plans HTTP/1.1'),
  'bytes beyond ASCII in the target': framed('GET /v1/\xff\xfe HTTP/1.1'),
  'a target of 100,000 characters': framed(`GET /v1/${'a'.repeat(100_000)} HTTP/1.1`),
};

const heads: Readonly<Record<string, Hostile['bytes']>> = {
  'two Hosts': framed('GET /v1/groups HTTP/1.1', ['Host: evil.example', 'Connection: close']),
  'an invalid Host': () =>
    Buffer.from(
      `GET /v1/groups HTTP/1.1\r\nHost: a b/c?d#e@f\r\nAuthorization: Bearer ${key}\r\nConnection: close\r\n\r\n`,
    ),
  'an empty Host': () =>
    Buffer.from(`GET /v1/groups HTTP/1.1\r\nHost:\r\nAuthorization: Bearer ${key}\r\nConnection: close\r\n\r\n`),
  'a Host with an invalid port': () =>
    Buffer.from(
      `GET /v1/groups HTTP/1.1\r\nHost: 127.0.0.1:99999\r\nAuthorization: Bearer ${key}\r\nConnection: close\r\n\r\n`,
    ),
  'a header of 100,000 characters': framed('GET /v1/groups HTTP/1.1', [`X-Long: ${'a'.repeat(100_000)}`]),
  '20,000 headers': framed(
    'GET /v1/groups HTTP/1.1',
    Array.from({ length: 20_000 }, (_, n) => `X-${n}: a`),
  ),
  'an unknown expectation': post(['Expect: the-unexpected', 'Content-Length: 0', 'Connection: close'], ''),
  'an upgrade to WebSocket': framed('GET /v1/groups HTTP/1.1', [
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Key: x',
  ]),
  'an upgrade to HTTP/2': framed('GET /v1/groups HTTP/1.1', [
    'Connection: Upgrade, HTTP2-Settings',
    'Upgrade: h2c',
    'HTTP2-Settings: x',
  ]),
  'CONNECT to another host': framed('CONNECT evil.example:443 HTTP/1.1'),
  'OPTIONS *': framed('OPTIONS * HTTP/1.1', ['Connection: close']),
  'HTTP/1.0': framed('GET /v1/groups HTTP/1.0'),
  'a Range': framed('GET /v1/groups HTTP/1.1', ['Range: bytes=0-1,2-3', 'Connection: close']),
  'another method by header': framed('GET /v1/groups HTTP/1.1', ['X-HTTP-Method-Override: POST', 'Connection: close']),
  'another address by header': framed('GET /v1/groups HTTP/1.1', [
    'X-Forwarded-Host: evil.example',
    'X-Original-URL: /_mock/worlds',
    'Connection: close',
  ]),
};

const area = (
  name: string,
  cases: Readonly<Record<string, Hostile['bytes']>>,
  outcome: Hostile['outcome'],
): Hostile[] => Object.entries(cases).map(([each, bytes]) => ({ area: name, name: each, bytes, outcome }));

/** Requests that break HTTP framing or try to smuggle another request. */
export const brokenFraming: Hostile[] = [
  ...area('request smuggling', ambiguous, 'cut'),
  ...area('cut requests', truncated, 'cut'),
  ...area('not HTTP/1.1', notHttp, 'cut'),
  ...area('strange heads', heads, 'harmless'),
];
