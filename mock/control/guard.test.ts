import { expect, onTestFinished, test } from 'vitest';
import { createApp } from '../app.ts';
import { defaultQuirks } from '../domain/quirks.ts';
import { randomStream } from '../domain/random.ts';
import { stoppedHost } from '../test-support/frozen-mock.ts';
import { directAccess } from '../worlds/access.ts';
import { defaultSeed } from '../worlds/seed.ts';
import { Worlds } from '../worlds/worlds.ts';
import { sameProcess } from './guard.ts';

function app(controlToken?: string) {
  const settings = {
    quirks: defaultQuirks,
    progress: { after: 'manual' },
    seed: defaultSeed,
    host: stoppedHost,
    random: randomStream('guard'),
  } as const;
  const worlds = new Worlds(settings);
  onTestFinished(() => worlds.close());
  return createApp(directAccess(worlds), settings, { controlToken });
}

const statusOf = async (path: string, env: object | undefined, headers = {}, token?: string): Promise<number> =>
  (await app(token).fetch(new Request(`http://127.0.0.1${path}`, { headers }), env)).status;

test.for(['/_mock/worlds', '/_mock/'])('%s trusts no request only because of what is missing', async (path) => {
  for (const env of [undefined, {}, { incoming: {} }, { incoming: { socket: {} } }])
    expect(await statusOf(path, env, { host: '127.0.0.1' })).toBe(403);
  expect(await statusOf(path, sameProcess)).toBe(200);
});

test('every machine may read the description of the control plane and its reference', async () => {
  for (const path of ['/_mock/docs', '/_mock/openapi.json', '/_mock/openapi.yaml'])
    expect(await statusOf(path, {}, { host: 'mock.internal' })).toBe(200);
});

test('the token admits a request whatever serves it', async () => {
  expect(await statusOf('/_mock/worlds', {}, { authorization: 'Bearer open-sesame' }, 'open-sesame')).toBe(200);
  expect(await statusOf('/_mock/worlds', {}, { authorization: 'Bearer guess' }, 'open-sesame')).toBe(403);
});
