import { interceptors, Pool } from 'undici';
import { limits } from './limits.ts';
import type { Transport } from './transport.ts';

/** Sends requests over HTTP, on one connection. */
export function openHttp(baseUrl: string): Transport {
  const pool = new Pool(new URL(baseUrl).origin, {
    connections: 1,
    pipelining: 1,
    // The signal limits the time of each request, so a target cannot extend it by sending byte after byte.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: 10_000 },
    clientTtl: null,
    // The suite does not ask for compression, but a gateway may compress anyway.
  }).compose(interceptors.decompress({ skipErrorResponses: false, maxSize: limits.answerBytes }));

  return {
    async send({ url, method, headers, body }, signal) {
      const path = url.pathname + url.search;
      const response = await pool.request({ path, method: method as 'GET', headers, body, signal });
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of response.body) {
        size += (chunk as Buffer).length;
        if (size > limits.answerBytes) throw new Error(`the answer is longer than ${limits.answerBytes} bytes`);
        chunks.push(chunk as Buffer);
      }
      const flat = Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(', ')]);
      return {
        status: response.statusCode,
        headers: Object.fromEntries(flat),
        text: Buffer.concat(chunks).toString('utf8'),
      };
    },
    close: () => pool.destroy(),
  };
}
