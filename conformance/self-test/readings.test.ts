import { expect, test } from 'vitest';
import { type QuirkName, quirks } from '../../generated/quirks.ts';
import { parseQuirks } from '../../mock/domain/quirks.ts';
import type { MockOptions } from '../../mock/index.ts';
import { parseReadings } from '../../mock/readings.ts';
import { type FrozenMock, openMock, row as rowOf } from '../../mock/test-support/frozen-mock.ts';
import type { ObservedExchange } from '../observe/exchange.ts';
import { createObserver, type Observer } from '../observe/observer.ts';
import type { Readings } from '../observe/readings.ts';

/** Sends requests that show the reading of every question with several, to a mock whose syncs take `syncMs`. */
async function observe(options: MockOptions, syncMs: number): Promise<Observer> {
  const { mock, call } = await openMock({ ...options, port: false, progress: { after: 'delay', ms: syncMs } });
  const observer = createObserver({ others: 'none' });
  let now = 0;
  const send = async (method: string, path: string, body?: unknown, key: string | null = 'vit_apk_acme') => {
    const answer = await call(method, path, { key, body });
    const [pathname = '', query = ''] = path.split('?');
    now += 10;
    observer.see({
      method,
      path: pathname,
      query,
      requestHeaders: { 'content-type': 'application/json' },
      requestBody: body === undefined ? null : JSON.stringify(body),
      status: answer.status,
      responseHeaders: Object.fromEntries(answer.headers),
      responseBody: JSON.stringify(answer.body),
      key,
      startedAt: now,
      endedAt: now + 5,
    } satisfies ObservedExchange);
    return answer;
  };
  await tour(send, (ms) => mock.clock().advance(ms), syncMs);
  return observer;
}

type Send = (method: string, path: string, body?: unknown, key?: string | null) => ReturnType<FrozenMock['call']>;

const row = (name: string, fields: object = {}) => ({ ...rowOf(name), phone: '2155550100', ...fields });

async function tour(send: Send, advance: (ms: number) => void, syncMs: number): Promise<void> {
  await send('GET', '/v1/groups', undefined, null);
  await send('GET', '/v1/groups?limit=0');
  await send('GET', '/v1/groups?external_reference_id=nowhere');
  await send('GET', '/v1/plans');
  await send('POST', '/v1/groups', { name: 'No reference' });
  await send('POST', '/v1/groups', { name: '', external_reference_id: 'no-name' });
  const nobody = `/v1/groups/grp_${'A'.repeat(22)}`;
  await send('GET', nobody);
  await send('PATCH', nobody, { name: '' });

  const sync = async (reference: string) => {
    const { body } = await send('POST', '/v1/groups', { name: reference, external_reference_id: reference });
    const path = `/v1/groups/${body.data.id}/members/sync`;
    return async (members: readonly object[], { isFinal = true } = {}) => {
      const answer = await send('POST', path, { members });
      if (answer.status !== 202) return;
      const { request_id: id } = answer.body.data;
      if (!isFinal) return () => send('GET', `${path}/${id}`);
      advance(syncMs);
      await send('GET', `${path}/${id}`);
    };
  };
  const first = await sync('first');
  const second = await sync('second');
  await first([row('ana')]);
  await second([row('ana', { reference_id: 'ana-again' })]);
  await second([row('bea', { plan_id: `pln_${'A'.repeat(22)}` })]);
  const { phone, ...withoutPhone } = row('cid');
  await second([withoutPhone]);
  await second([row('dan', { phone: '(215) 555-0100' })]);
  const look = await first([row('eve')], { isFinal: false });
  const lookLater = await first([row('eve'), row('fay')], { isFinal: false });
  await look?.();
  advance(2 * syncMs);
  await look?.();
  await lookLater?.();
}

const all = Object.keys(quirks) as QuirkName[];
const withoutEvidence = ({ questions, syncMilliseconds }: Readings) => ({
  syncMilliseconds,
  values: Object.fromEntries(
    Object.entries(questions).map(([name, reading]) => [name, 'value' in reading ? reading.value : null]),
  ),
});

for (const name of all)
  for (const { value } of quirks[name].values)
    test(`${name}=${value} is detected in the answers of a mock, and a second mock with these readings gives the same`, async () => {
      const observer = await observe({ quirks: { [name]: value } }, 1500);
      // The older shape of a 401 breaks ERR-1.
      const accused = observer.findings().parts.filter(({ level, broken }) => level === 'must' && broken > 0);
      expect(accused.map(({ part }) => part)).toEqual(value === 'legacy' ? ['ERR-1'] : []);
      const readings = observer.readings();
      const { quirks: settings, notes, syncDelay } = parseReadings(JSON.stringify({ readings }));
      expect(readings.questions[name]).toMatchObject({ value });
      expect(settings).toHaveLength(all.length);
      expect([notes, syncDelay]).toEqual([[], 1500]);
      const again = await observe({ quirks: parseQuirks(settings) }, syncDelay as number);
      expect(withoutEvidence(again.readings())).toEqual(withoutEvidence(readings));
    });
