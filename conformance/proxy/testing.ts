import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { onTestFinished } from 'vitest';
import { type ProxyOptions, type RunningProxy, startProxy } from './proxy.ts';

export const host = '127.0.0.1';
export const urlOf = (server: { address(): unknown }): string =>
  `http://${host}:${(server.address() as AddressInfo).port}`;

export async function startTarget(listener: RequestListener): Promise<Server> {
  const server = createServer(listener).listen(0, host);
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return server;
}

export async function proxyTo(url: string, options: Partial<ProxyOptions> = {}): Promise<RunningProxy> {
  const proxy = await startProxy({ target: url, port: 0, ...options });
  onTestFinished(() => proxy.close());
  return proxy;
}

/** Everything that a server sends in answer to the bytes of one request. */
export async function raw(url: string, request: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), host);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.on('error', () => {});
  socket.write(request, 'latin1');
  await once(socket, 'close');
  return Buffer.concat(chunks).toString('latin1');
}

export const lines = (...all: string[]): string => `${all.join('\r\n')}\r\n\r\n`;
export const get = (path: string, ...headers: string[]): string =>
  lines(`GET ${path} HTTP/1.1`, 'Host: proxied.example', 'Connection: close', ...headers);
