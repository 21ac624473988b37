import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import openapi from '../../generated/openapi.json' with { type: 'json' };
import { startMock } from '../../mock/index.ts';
import { exchangesOf } from '../contract/usage/files.ts';
import { profileOf } from '../contract/usage/profile.ts';

test('the requests of a client to the mock become its usage profile, without any value that it sent', async () => {
  const mock = await startMock({ port: false });
  const send = (body: object) =>
    mock.fetch('/v1/groups', {
      method: 'POST',
      headers: { authorization: 'Bearer vit_apk_acme', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  await send({ name: 'Keystone Bakery', external_reference_id: 'employer-1042', colour: 'green' });
  await send({ name: 7 });
  const folder = mkdtempSync(join(tmpdir(), 'usage-of-mock-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'day.har');
  writeFileSync(file, JSON.stringify(mock.control().exportHar()));
  const profile = profileOf('a', exchangesOf(file, undefined).exchanges, openapi);
  expect(profile.operations).toMatchObject({
    createGroup: {
      count: 2,
      request: {
        '/name': [
          { type: 'string', form: 'Aa+ Aa+', count: 1 },
          { type: 'number', count: 1 },
        ],
        '/*': [{}],
      },
      responses: { '201': { count: 1 }, '400': { count: 1 } },
    },
  });
  for (const value of ['Keystone', 'employer-1042', 'green', 'colour'])
    expect(JSON.stringify(profile)).not.toContain(value);
});
