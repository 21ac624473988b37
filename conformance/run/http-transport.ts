import { type Dispatcher, EnvHttpProxyAgent, interceptors, Pool } from 'undici';
import { runLimits } from './limits.ts';
import { connectOptionsOf, type TlsOptions } from './tls.ts';
import type { Transport } from './transport.ts';

/** How to connect to a target. */
export interface HttpOptions extends TlsOptions {
  /** Use the proxy that HTTP_PROXY, HTTPS_PROXY and NO_PROXY name. */
  readonly envProxy?: boolean | undefined;
}

export const connectTimeoutMs = 10_000;

/** Sends requests over HTTP, on one connection. */
export function openHttp(baseUrl: string, options: HttpOptions = {}): Transport {
  const { origin } = new URL(baseUrl);
  const dispatcher = dispatcherOf(origin, options).compose(
    // The suite does not ask for compression, but a gateway may compress anyway.
    interceptors.decompress({ skipErrorResponses: false, maxSize: runLimits.answerBytes }),
  );

  return {
    async send({ url, method, headers, body }, signal) {
      const path = url.pathname + url.search;
      const response = await dispatcher.request({ origin, path, method: method as 'GET', headers, body, signal });
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of response.body) {
        size += (chunk as Buffer).length;
        if (size > runLimits.answerBytes) throw new Error(`the answer is longer than ${runLimits.answerBytes} bytes`);
        chunks.push(chunk as Buffer);
      }
      const flat = Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(', ')]);
      return {
        status: response.statusCode,
        headers: Object.fromEntries(flat),
        text: Buffer.concat(chunks).toString('utf8'),
      };
    },
    close: () => dispatcher.destroy(),
  };
}

function dispatcherOf(origin: string, { envProxy, ...options }: HttpOptions): Dispatcher {
  const tls = connectOptionsOf(options);
  const pooling = {
    connections: 1,
    pipelining: 1,
    // The signal limits the time of each request, so a target cannot extend it by sending byte after byte.
    headersTimeout: 0,
    bodyTimeout: 0,
    clientTtl: null,
  };
  if (envProxy) return new EnvHttpProxyAgent({ ...pooling, connect: tls, requestTls: tls });
  return new Pool(origin, { ...pooling, connect: { ...tls, timeout: connectTimeoutMs } });
}
