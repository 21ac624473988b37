import { expect, onTestFinished, test } from 'vitest';
import { type Mock, startMock } from '../../mock/index.ts';
import { postgresOrSkip } from '../../mock/test-support/postgres-or-skip.ts';
import { ruleParts } from '../rule-parts.ts';
import { judgeTarget } from '../run-conformance.ts';
import { MockReply, MockRequest } from './mock-exchange.ts';
import { keys } from './patched-mock.ts';

test('three replicas on one database, asked in turn, keep every rule', async (context) => {
  const database = await (await postgresOrSkip(context)).createDatabase();
  const start = () => startMock({ database, port: false, syncDelay: 0 });
  const replicas = await Promise.all([start(), start(), start()]);
  onTestFinished(() => void Promise.all(replicas.map((replica) => replica.close())));
  let sent = 0;
  const { rules, verdict } = await judgeTarget(
    { baseUrl: 'http://127.0.0.1', ...keys, profile: 'certification' },
    () => ({
      async send(request) {
        const ask = new MockRequest(request);
        const replica = replicas[sent++ % replicas.length] as Mock;
        return (await MockReply.of(await replica.fetch(ask.forward()))).receivedBy(ask);
      },
      async close() {},
    }),
  );
  expect(rules.filter(({ outcome }) => outcome !== 'pass')).toEqual([]);
  expect(rules).toHaveLength(ruleParts.length);
  expect(verdict).toBe('conformant');
}, 300_000);
