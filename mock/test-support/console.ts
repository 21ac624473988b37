import { expect, onTestFinished } from 'vitest';
import { type Mock, type MockOptions, startMock } from '../index.ts';
import { stoppedHost } from './frozen-mock.ts';

/** The path of the pages of world `main`. */
export const main = '/_mock/console/worlds/main';

/** A mock without a port whose time stands still until a test advances it. */
export async function startConsole(options: MockOptions = {}): Promise<Mock> {
  const mock = await startMock({ port: false, host: stoppedHost, ...options });
  onTestFinished(() => mock.close());
  return mock;
}

/** The text of a page. Expects status 200. */
export async function readPage(mock: Mock, path: string): Promise<string> {
  const response = await mock.fetch(path);
  const text = await response.text();
  expect(response.status, text).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^text\/html/);
  return text;
}

/** Submits a form as the scripts of the page do, which get the updated page as the answer. */
export async function submit(mock: Mock, path: string, fields: Record<string, string | File>, scripts = true) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  const headers = { 'sec-fetch-site': 'same-origin', ...(scripts && { 'hx-request': 'true' }) };
  const response = await mock.fetch(path, { method: 'POST', body, headers, redirect: 'manual' });
  return { status: response.status, headers: response.headers, text: await response.text() };
}
