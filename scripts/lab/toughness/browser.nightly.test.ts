import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { type Mock, startMock } from '../../../mock/index.ts';
import { browserOrSkip } from '../../test-support/browser.ts';

/** An empty mock with a frozen clock, so that any change is visible. */
async function startStill(): Promise<Mock & { readonly port: string; readonly state: () => string }> {
  const mock = await startMock({ port: 0 });
  onTestFinished(() => mock.close());
  mock.clock().freeze();
  const state = () => JSON.stringify([mock.worlds(), mock.control().exportSnapshot(), mock.control().listFaults()]);
  return { ...mock, port: new URL(mock.url).port, state };
}

/** Serves another site and returns its port. */
async function otherSite(): Promise<number> {
  const server = createServer((_, response) =>
    response.setHeader('content-type', 'text/html').end('<h1>Elsewhere</h1>'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

interface Attempt {
  readonly path: string;
  readonly init?: { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string };
}

const key = { authorization: 'Bearer vit_apk_acme' };
const json = { 'content-type': 'application/json' };
const body = '{"name": "Theirs"}';
const control = '/_mock/worlds/main';
/** Requests with which a page would try to read or drive the mock. */
const attempts: readonly Attempt[] = [
  { path: '/v1/groups', init: { headers: key } },
  { path: '/v1/groups', init: { method: 'POST', headers: { ...key, ...json }, body } },
  { path: '/v1/groups', init: { method: 'POST', body } },
  { path: '/v1/plans?access_token=vit_apk_acme' },
  { path: '/_mock/worlds' },
  { path: `${control}/snapshot` },
  { path: `${control}/clock/resume`, init: { method: 'POST' } },
  { path: `${control}/reset`, init: { method: 'POST' } },
  { path: `${control}/faults`, init: { method: 'POST', headers: json, body: '{"status": 503}' } },
  {
    path: `${control}/faults`,
    init: { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{"status": 503}' },
  },
  { path: control, init: { method: 'DELETE' } },
];

/** What a script of the page can read: a status, or nothing. */
const send = (page: Page, url: string, { path, init }: Attempt, mode: 'cors' | 'no-cors' | 'same-origin') =>
  page.evaluate(
    ([target, options]) =>
      fetch(target, options).then(
        ({ type, status }) => (type === 'opaque' ? 'nothing' : String(status)),
        () => 'nothing',
      ),
    [url + path, { ...init, mode }] as const,
  );

test.for([
  ['another site', 'elsewhere.localhost'],
  ['another port of this machine', '127.0.0.1'],
] as const)('a page of %s learns nothing of the mock and changes nothing', async ([, name], context) => {
  const browser = await browserOrSkip(context);
  const { url, state } = await startStill();
  const before = state();
  const page = await browser.newPage();
  await page.goto(`http://${name}:${await otherSite()}/`);
  for (const attempt of attempts)
    for (const mode of ['cors', 'no-cors'] as const)
      expect(await send(page, url, attempt, mode), `${mode} ${JSON.stringify(attempt)}`).toBe('nothing');
  expect(state()).toBe(before);
});

test.for([
  ['/v1/groups', 401],
  [`${control}/clock/resume`, 403],
  [`${control}/reset`, 403],
  [`${control}/faults`, 403],
] as const)('a form that another site sends to %s is refused', async ([path, status], context) => {
  const browser = await browserOrSkip(context);
  const { url, state } = await startStill();
  const before = state();
  const page = await browser.newPage();
  await page.goto(`http://elsewhere.localhost:${await otherSite()}/`);
  // This is the only way for a form to send something that looks like JSON.
  await page.setContent(
    `<form method="post" enctype="text/plain" action="${url}${path}">
      <input name='{"status": 503, "x": "' value='"}'><button>Win a prize</button></form>`,
  );
  const [response] = await Promise.all([page.waitForNavigation(), page.getByRole('button').click()]);
  expect(response?.status()).toBe(status);
  expect(state()).toBe(before);
});

test('a foreign name that resolves to this machine (DNS rebinding) cannot use the control plane', async (context) => {
  const browser = await browserOrSkip(context);
  const { port, state } = await startStill();
  const before = state();
  const page = await browser.newPage();
  // The browser takes page and mock for one site; only the Host header shows that the name is foreign.
  const rebound = `http://rebound.localhost:${port}`;
  await page.goto(`${rebound}/v1/plans`);
  for (const attempt of attempts.filter(({ path }) => path.startsWith('/_mock')))
    expect(await send(page, rebound, attempt, 'same-origin'), JSON.stringify(attempt)).toBe('403');
  expect(state()).toBe(before);
});
