import { request } from 'node:http';
import { expect, test } from 'vitest';
import { main, startConsole } from '../test-support/console.ts';

/** A request over a socket with any headers, including `Host`. */
function raw(url: string, headers: Record<string, string>, body?: string) {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; text: string }>((resolve, reject) => {
    const sent = { ...headers, ...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }) };
    request(url, { method: body === undefined ? 'GET' : 'POST', headers: sent, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    })
      .on('error', reject)
      .end(body);
  });
}

test('another web site cannot submit a form or read a page, but it may link to one', async () => {
  const mock = await startConsole({ port: 0 });
  const { host } = new URL(mock.url);
  const url = `${mock.url}${main}/groups`;
  const freeze = 'action=freezeClock';
  for (const headers of [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: `http://${host}` },
    { origin: 'http://evil.example' },
    { origin: 'null' },
    {},
  ] as Record<string, string>[])
    expect((await raw(url, { host, ...headers }, freeze)).status, JSON.stringify(headers)).toBe(403);
  expect(mock.clock().frozen).toBe(false);
  expect((await raw(url, { host, origin: `http://${host}` }, freeze)).status).toBe(303);
  expect(mock.clock().frozen).toBe(true);

  const visit = { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' };
  expect((await raw(url, { host, ...visit })).status).toBe(200);
  expect((await raw(url, { host, ...visit }, freeze)).status).toBe(403);
  expect((await raw(url, { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'iframe' })).status).toBe(403);
  expect((await raw(url, { host: 'rebind.example' })).status).toBe(403);
});

test('from another machine, only the token signs a browser in', async () => {
  const mock = await startConsole({ port: 0, controlToken: 'open-sesame' });
  const host = 'mock.internal';
  const origin = `http://${host}`;
  const url = `${mock.url}${main}/groups`;
  const asked = await raw(url, { host });
  expect(asked.status).toBe(401);
  expect(asked.text).toContain('type="password"');
  expect(asked.text).not.toContain('vit_apk');
  const wrong = await raw(url, { host, origin }, 'token=guess');
  expect(wrong.status).toBe(401);
  expect(wrong.headers['set-cookie']).toBeUndefined();
  expect((await raw(url, { host, origin: 'http://evil.example' }, 'token=open-sesame')).status).toBe(403);

  const right = await raw(url, { host, origin }, 'token=open-sesame');
  expect(right.status).toBe(303);
  const [cookie = ''] = right.headers['set-cookie'] ?? [];
  expect(cookie).toMatch(/; Path=\/_mock; HttpOnly; SameSite=Strict$/);
  expect(cookie).not.toContain('open-sesame');
  const signedIn = { host, cookie: cookie.split(';')[0] as string };
  expect((await raw(url, signedIn)).status).toBe(200);
  expect((await raw(url, { ...signedIn, cookie: 'groups_mock_console=guess' })).status).toBe(401);
  expect((await raw(`${mock.url}/_mock/worlds`, signedIn)).status).toBe(403);
});
