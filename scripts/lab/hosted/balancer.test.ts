import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent, request } from 'undici';
import { expect, onTestFinished, type TestContext, test } from 'vitest';
import { skipWithWarning } from '../../../mock/test-support/skip-with-warning.ts';
import { noBalancer, startBalancer } from './balancer.ts';

interface Answer {
  readonly status: number;
  readonly retryAfter: unknown;
  readonly body: { readonly app_error_code?: string; readonly message?: string };
}

/** A balancer in front of a replica that answers each request with the status that it asks for. */
async function open(context: TestContext) {
  if (noBalancer !== undefined) skipWithWarning(context, noBalancer);
  const replica = createServer(({ headers }, response) => {
    const isFault = headers['x-fault'] !== undefined;
    response.writeHead(Number(headers['x-status'] ?? 200), isFault ? { 'x-mock-fault': 'fault-1' } : {}).end('{}');
  });
  replica.listen(0, '127.0.0.1');
  await once(replica, 'listening');
  onTestFinished(() => void replica.close());
  const balancer = await startBalancer([(replica.address() as AddressInfo).port]);
  onTestFinished(balancer.stop);

  return {
    /** Clients at an address of their own. */
    at(localAddress: string) {
      const agent = new Agent({ connections: 20, localAddress });
      onTestFinished(() => agent.destroy());
      const send = async (authorization: string, status = 200, path = '/v1/plans', headers = {}): Promise<Answer> => {
        const {
          statusCode,
          headers: answered,
          body,
        } = await request(balancer.url + path, {
          dispatcher: agent,
          headers: { authorization, 'x-status': String(status), ...headers },
        });
        return { status: statusCode, retryAfter: answered['retry-after'], body: (await body.json()) as Answer['body'] };
      };
      const flood = (count: number, one: (index: number) => Promise<Answer>) =>
        Promise.all(Array.from({ length: count }, (_, index) => one(index)));
      return { send, flood };
    },
    /** How many refusals count, for each address or key. */
    async counted(table: 'addresses' | 'keys') {
      const rows = await balancer.ask(`show table ${table}`);
      return [...rows.matchAll(/ gpc0=(\d+)/g)].map(([, count]) => Number(count));
    },
  };
}

test('who guesses keys or tokens is refused by address, except with keys that were accepted', async (context) => {
  const { at, counted } = await open(context);
  const [guesser, other] = [at('127.0.0.2'), at('127.0.0.3')];
  expect((await guesser.send('Bearer neighbour')).status).toBe(200);
  // Everybody may read this, with any key.
  await guesser.flood(20, (index) => guesser.send(`Bearer guess-${index}`, 200, '/openapi.json'));
  await guesser.flood(60, (index) => guesser.send(`Bearer guess-${index}`, 401));
  await guesser.flood(60, (index) => guesser.send(`Bearer guess-${index}`, 403, '/%5Fmock/worlds'));
  for (const { status, retryAfter, body } of await guesser.flood(20, (index) =>
    guesser.send(`Bearer guess-${index}`),
  )) {
    expect([status, retryAfter, body.app_error_code]).toEqual([429, '10', 'too_many_refusals']);
    expect(body.message).toMatch(/from your address had no valid key or token in 5 s; send none for 10 s/);
  }
  const before = await counted('addresses');
  expect(before).toEqual([140]);
  const neighbours = await guesser.flood(150, () => guesser.send('Bearer neighbour'));
  expect(new Set(neighbours.map(({ status }) => status))).toEqual(new Set([200]));
  expect(await counted('addresses')).toEqual(before);
  expect((await other.send('Bearer guess-1')).status).toBe(200);
});

test('who sends much more than its tenant may is refused by key, however the key is written', async (context) => {
  const { at, counted } = await open(context);
  const { send, flood } = at('127.0.0.2');
  const key = (organization: string, tenant = 'busy') => `vit_apk_${organization}_${tenant}_${'a'.repeat(26)}`;
  await flood(120, (index) => send(`Bearer${' '.repeat(1 + (index % 9))}${key(`acme-${index}`)}.world-${index}`, 429));
  expect(await counted('keys')).toEqual([120]);
  for (const { status, retryAfter, body } of await flood(150, () => send(`bearer ${key('globex')}`))) {
    expect([status, retryAfter, body.app_error_code]).toEqual([429, '10', 'too_many_refusals']);
    expect(body.message).toMatch(/with this key or token were refused in 5 s; send none for 10 s/);
  }
  expect((await send(`Bearer ${key('acme', 'other')}`)).status).toBe(200);
});

test('faults that a tenant injects refuse neither its address nor its key', async (context) => {
  const { at } = await open(context);
  const { send, flood } = at('127.0.0.2');
  for (const status of [401, 403, 429]) {
    const answers = await flood(120, () => send('Bearer own', status, '/v1/plans', { 'x-fault': 'yes' }));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([status]));
  }
  expect((await send('Bearer own')).status).toBe(200);
});
