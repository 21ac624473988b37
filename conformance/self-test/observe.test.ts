import { expect, test } from 'vitest';
import { type QuirkName, quirks } from '../../generated/quirks.ts';
import { parseQuirks } from '../../mock/domain/quirks.ts';
import { parseReadings } from '../../mock/readings.ts';
import type { ObservedExchange } from '../observe/exchange.ts';
import { createObserver, type Observer } from '../observe/observer.ts';
import { keys } from './patched-mock.ts';
import { recordSuiteRun } from './traffic.ts';

function observe(exchanges: readonly ObservedExchange[]): Observer {
  const observer = createObserver({ others: 'none' });
  for (const exchange of exchanges) observer.see(exchange);
  return observer;
}

const brokenMusts = (observer: Observer): string[] =>
  observer
    .findings()
    .parts.filter(({ level, broken }) => level === 'must' && broken > 0)
    .map(({ part, violations: [first] }) => `${part} ${JSON.stringify(first)}`);

/** Sends what the suite does not, so that every reading can be observed: an overlap, formatted and absent phones, a bad body to an unknown group. */
async function ask(fetch: (request: Request) => Response | Promise<Response>): Promise<void> {
  const headers = { authorization: `Bearer ${keys.apiKey}`, 'content-type': 'application/json' };
  const call = async (method: string, path: string, body?: unknown) => {
    const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const response = await fetch(new Request(`http://127.0.0.1${path}`, init));
    return (await response.json()) as {
      data: Record<string, string> & { id: string; request_id: string; completed_at: unknown };
    };
  };
  const plans = (await call('GET', '/v1/plans')) as unknown as { data: { id: string }[] };
  const row = (n: number, fields: object) => ({
    reference_id: `observe-${n}`,
    first_name: 'Ana',
    last_name: `Abara-${n}`,
    date_of_birth: '1990-01-01',
    email: `observe-${n}@example.com`,
    phone: `21555501${n}`,
    plan_id: plans.data[0]?.id,
    address: { address_line_1: '1 Orchard Street', city: 'Philadelphia', state: 'PA', zipcode: '19106' },
    ...fields,
  });
  const { data: group } = await call('POST', '/v1/groups', {
    name: 'Overlap',
    external_reference_id: 'observe-overlap',
  });
  const path = `/v1/groups/${group.id}/members/sync`;
  const { data: first } = await call('POST', path, { members: [row(10, {})] });
  const { data: second } = await call('POST', path, { members: [row(10, {}), row(11, {})] });
  const completed = async (id: string): Promise<void> => {
    while ((await call('GET', `${path}/${id}`)).data.completed_at === null);
  };
  await completed(first.request_id);
  if (second) await completed(second.request_id);
  for (const members of [[row(12, { phone: '(215) 555-0112' })], [row(13, { phone: undefined })]]) {
    const { data } = await call('POST', path, { members });
    if (data) await completed(data.request_id);
  }
  const nobody = `/v1/groups/grp_${'A'.repeat(22)}`;
  await call('GET', nobody);
  await call('PATCH', nobody, { name: '' });
}

/** A sync completes with its second retrieval, so that two overlap for sure. */
const progress = { after: 'polls', count: 2 } as const;

// A run of the suite for each value takes minutes, so this is a short form of three questions unless KIT_ALL_READINGS is set.
const all = process.env.KIT_ALL_READINGS;
const asked = Object.keys(quirks).filter(
  (name) => all || ['external-reference', 'overlap', 'unknown-plan'].includes(name),
) as QuirkName[];
const only = all ? undefined : ['GRP', 'LIFE-10'];

for (const name of asked)
  for (const { value } of quirks[name].values)
    test(`with ${name}=${value} nothing is accused, the reading is ${value}, and it gives the mock the same settings`, async () => {
      const setting = { quirks: parseQuirks([`${name}=${value}`]), progress };
      const observer = observe(await recordSuiteRun(setting, ask, only));
      // The older shape of a 401 breaks ERR-1, which is a must.
      const musts = brokenMusts(observer).filter((part) => value !== 'legacy' || !part.startsWith('ERR-1'));
      expect(musts).toEqual([]);
      const readings = observer.readings();
      expect(readings.questions[name]).toMatchObject({ value });
      expect(readings.syncMilliseconds).not.toBeNull();
      const { quirks: settings } = parseReadings(JSON.stringify({ readings }));
      expect(parseQuirks(settings)).toEqual(setting.quirks);
    });
