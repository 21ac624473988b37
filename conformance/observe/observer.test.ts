import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { detectors } from './detectors.ts';
import type { ObservedExchange } from './exchange.ts';
import type { ObserverOptions } from './memory.ts';
import { createObserver } from './observer.ts';

const id = (prefix: string, n: number): string => `${prefix}_${String(n).padStart(21, '0')}A`;
const group = {
  id: id('grp', 1),
  organization_id: id('org', 1),
  name: 'One',
  external_reference_id: 'one',
  created_at: null,
  updated_at: null,
};
const at = (second: number): string => new Date(Date.UTC(2026, 0, 15, 10, 0, second)).toISOString();

let clock = 0;
function exchange(
  method: string,
  path: string,
  status: number,
  answer: unknown,
  body?: unknown,
  times?: readonly [number, number],
): ObservedExchange {
  clock += 100;
  return {
    method,
    path,
    requestHeaders: { 'content-type': 'application/json' },
    requestBody: body === undefined ? null : JSON.stringify(body),
    status,
    responseHeaders: { 'content-type': 'application/json' },
    responseBody: JSON.stringify(answer),
    key: 'own',
    startedAt: times?.[0] ?? clock,
    endedAt: times?.[1] ?? clock + 10,
  };
}

const create = () =>
  exchange('POST', '/v1/groups', 201, { data: group }, { name: 'One', external_reference_id: 'one' });
const rename = (name: string, times?: readonly [number, number]) =>
  exchange('PATCH', `/v1/groups/${group.id}`, 200, { data: { ...group, name } }, { name }, times);
const retrieve = (name: string, times?: readonly [number, number]) =>
  exchange('GET', `/v1/groups/${group.id}`, 200, { data: { ...group, name } }, undefined, times);

const row = (n: number) => ({
  reference_id: `emp-${n}`,
  first_name: 'Ana',
  last_name: `Abara-${n}`,
  date_of_birth: '1990-01-01',
  email: `ana-${n}@example.com`,
  phone: `215555010${n}`,
  plan_id: id('pln', 1),
  address: { address_line_1: '1 Orchard Street', city: 'Philadelphia', state: 'PA', zipcode: '19106' },
});
const path = `/v1/groups/${group.id}/members/sync`;
const receipt = (n: number) => ({ request_id: id('grpmsr', n), group_id: group.id, accepted_at: at(n) });
const submit = (n: number, people: readonly number[]) =>
  exchange('POST', path, 202, { data: receipt(n) }, { members: people.map(row) });
const completed = (n: number, added: readonly number[], removed: readonly number[]) =>
  exchange('GET', `${path}/${receipt(n).request_id}`, 200, {
    data: {
      ...receipt(n),
      completed_at: at(n),
      results: {
        added_group_member_ids: added.map((one) => id('grpmbr', one)),
        removed_group_member_ids: removed.map((one) => id('grpmbr', one)),
        failures: [],
      },
    },
  });

function broken(exchanges: readonly ObservedExchange[], options: ObserverOptions = { others: 'none' }): string[] {
  const observer = createObserver(options);
  for (const one of exchanges) observer.see(one);
  return observer
    .findings()
    .parts.filter((part) => part.broken > 0)
    .map(({ part }) => part);
}

test('a read that does not show the last update breaks GRP-5', () => {
  expect(broken([create(), rename('Two'), retrieve('One')])).toEqual(['GRP-5']);
});

test('a read during an update may show either name, even if the update is seen later', () => {
  const first = create();
  const read = retrieve('Two', [clock + 100, clock + 300]);
  const update = rename('Two', [clock + 50, clock + 400]);
  expect(broken([first, read, update])).toEqual([]);
  expect(broken([first, update, retrieve('One', [clock + 60, clock + 390])])).toEqual([]);
});

test('a name that another client may have changed is not a violation', () => {
  expect(broken([create(), retrieve('Other')], { others: 'anywhere' })).toEqual([]);
  expect(broken([create(), retrieve('Other')], { others: 'elsewhere' })).toEqual(['GRP-4']);
});

test('each wrong result names its rule: nobody added, a present member added again, an unknown member removed', () => {
  expect(broken([create(), submit(1, [1, 2]), completed(1, [1], [])])).toEqual(['LIFE-1']);
  expect(broken([create(), submit(1, [1]), completed(1, [1], []), submit(2, [1]), completed(2, [1], [])])).toEqual([
    'SYNC-17',
  ]);
  expect(broken([create(), submit(1, [1]), completed(1, [1], []), submit(2, [2]), completed(2, [2], [7])])).toEqual([
    'LIFE-2',
  ]);
  expect(broken([create(), submit(1, [1]), completed(1, [1], []), submit(2, []), completed(2, [], [])])).toEqual([
    'SYNC-9',
  ]);
});

test('overlapping syncs, an unknown roster and other clients are not judged', () => {
  const overlap = [create(), submit(1, [1]), submit(2, [1, 2]), completed(1, [], []), completed(2, [], [5])];
  expect(broken(overlap)).toEqual([]);
  expect(broken([submit(1, [1]), completed(1, [], [9])])).toEqual([]);
  expect(broken([create(), submit(1, [1, 2]), completed(1, [1], [])], { others: 'anywhere' })).toEqual([]);
});

function reading(name: string, exchanges: readonly ObservedExchange[]): string | undefined {
  const observer = createObserver();
  for (const one of exchanges) observer.see(one);
  const found = observer.readings().questions[name];
  return found && 'value' in found ? found.value : undefined;
}

const inFlight = (n: number) =>
  exchange('GET', `${path}/${receipt(n).request_id}`, 200, {
    data: { ...receipt(n), completed_at: null, results: null },
  });
const refusal = (status: number) => {
  const message = 'No.';
  return { timestamp: at(9), message, error: message, app_error_code: null, trace_id: `trace-${status}` };
};
const refused = (status: number, fields: object) =>
  exchange('POST', path, status, refusal(status), { members: [{ ...row(1), ...fields }] });

test('a sync still in flight after a later one was accepted shows a queue; one that is retrieved between them does not', () => {
  expect(reading('overlap', [submit(1, [1]), submit(2, [1]), inFlight(1)])).toBe('queue');
  expect(reading('overlap', [submit(1, [1]), inFlight(1), submit(2, [1]), inFlight(2)])).toBeUndefined();
});

test('a 409 shows that overlaps are refused only if a sync of the group is known to be in flight', () => {
  expect(reading('overlap', [submit(1, [1]), refused(409, {})])).toBe('reject');
  expect(reading('overlap', [submit(1, [1]), completed(1, [1], []), refused(409, {})])).toBeUndefined();
  expect(reading('overlap', [refused(409, {})])).toBeUndefined();
});

const plans = exchange('GET', '/v1/plans', 200, {
  data: [{ id: id('pln', 1), name: 'Core' }],
  pagination: { page: 1, limit: 20, total: 1, total_pages: 1 },
});

test('a refused row shows an open question only if nothing else of it breaks the schema', () => {
  const after = (fields: object) => [plans, create(), refused(400, fields)];
  expect(reading('future-birth', after({ date_of_birth: '2199-01-01' }))).toBe('other');
  expect(reading('future-birth', after({ date_of_birth: 'tomorrow' }))).toBeUndefined();
  expect(reading('unknown-plan', after({ plan_id: id('pln', 2) }))).toBe('reject');
  expect(reading('unknown-plan', after({ plan_id: [id('pln', 2)] }))).toBeUndefined();
  expect(reading('phone-format', after({ phone: '(215) 555-0101' }))).toBe('strict');
  expect(reading('phone-format', after({ phone: '(123) 555-0101' }))).toBeUndefined();
});

test('refusing a row whose area code may be unassigned is not a violation', () => {
  expect(broken([plans, create(), refused(400, {})])).toEqual(['SYNC-20']);
  expect(broken([plans, create(), refused(400, { phone: '5555550101' })])).toEqual([]);
});

test('every open question of the contract has a detector, or says why it is not seen', () => {
  const questions = parse(readFileSync(join(import.meta.dirname, '../../spec/quirks.yaml'), 'utf8')) as {
    name: string;
  }[];
  expect(Object.keys(detectors)).toEqual(questions.map(({ name }) => name));
  for (const reading of Object.values(createObserver().readings().questions)) expect(reading).toHaveProperty('unseen');
});
