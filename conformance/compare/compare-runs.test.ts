import { expect, test } from 'vitest';
import { compareRuns } from './compare-runs.ts';
import type { RecordedExchange, RecordedRun } from './recorded-run.ts';
import { renderComparison } from './render.ts';

const base = 'http://127.0.0.1:4010/v1/groups';
const group = (id: string, fields: object = {}) => ({
  data: { id: `grp_${id.repeat(22)}`, name: 'Conformance GRP-1 ct-0123456789-group-0001', ...fields },
});
const answered = (status: number, body: unknown, fields: Partial<RecordedExchange> = {}): RecordedExchange => ({
  operation: 'createGroup',
  method: 'POST',
  url: base,
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
  ...fields,
});
const run = (exchanges: readonly RecordedExchange[], fields: Partial<RecordedRun> = {}): RecordedRun => ({
  target: 'http://127.0.0.1:4010',
  startedAt: '2026-11-24T12:00:00.000Z',
  verdict: 'conformant',
  outcomes: new Map([['GRP-1', 'pass']]),
  readings: {},
  checks: [{ part: 'GRP-1', title: 'create answers a group', exchanges }],
  ...fields,
});
const differences = (a: readonly RecordedExchange[], b: readonly RecordedExchange[]) =>
  compareRuns(run(a), run(b)).answers.map(({ where, a, b }) => [where, a, b]);

test('ids, references, times and people of a run do not count as differences', () => {
  const a = group('A', { created_at: '2026-01-01T10:00:00.123Z', member: 'Ana Abara-0123456789' });
  const b = JSON.parse(
    JSON.stringify(group('B', { created_at: '2027-02-02T11:11:11.1Z', member: 'Bo Brandt-abcdefabcd' })).replaceAll(
      'ct-0123456789-group-0001',
      'ct-abcdefabcd-group-0044',
    ),
  );
  expect(differences([answered(201, a)], [answered(201, b)])).toEqual([]);
});

test('a time in another format is a difference', () => {
  const [a, b] = ['2026-01-01T10:00:00Z', '2026-01-01T10:00:00+00:00'].map((at) => answered(201, group('A', { at })));
  expect(differences([a as RecordedExchange], [b as RecordedExchange])).toEqual([
    ['data.at', '"‹time›Z"', '"‹time›+00:00"'],
  ]);
});

test('differences in status, header, missing field, type and text are reported', () => {
  expect(differences([answered(201, group('A'))], [answered(409, { message: 'taken' })])).toEqual([
    ['status', '201', '409 "taken"'],
  ]);
  const headers = { 'content-type': 'text/plain', allow: 'GET' };
  expect(
    differences(
      [answered(201, { data: { count: 1, text: 'a', extra: null } })],
      [answered(201, { data: { count: '1', text: 'b' } }, { headers })],
    ),
  ).toEqual([
    ['header content-type', 'application/json', 'text/plain'],
    ['header allow', null, 'get'],
    ['data.count', '1', '"1"'],
    ['data.text', '"a"', '"b"'],
    ['data.extra', 'null', null],
  ]);
});

test('the number of polls is not a difference, and requests that only one run sent are counted', () => {
  const poll = answered(200, { data: {} }, { method: 'GET', url: `${base}/grp_1/members/sync/grpmsr_1` });
  const comparison = compareRuns(run([poll, poll, poll]), run([poll, answered(201, {})]));
  expect(comparison).toMatchObject({ answers: [], compared: 1, withoutCounterpart: { a: 0, b: 1 } });
});

test('if a list has everything that the service holds, only its shape is compared', () => {
  const list = (names: readonly string[], fields: Partial<RecordedExchange> = {}) =>
    answered(
      200,
      { data: names.map((name) => ({ name })), pagination: { total: names.length } },
      { operation: 'listGroups', method: 'GET', ...fields },
    );
  expect(differences([list(['a', 'b'])], [list(['c'])])).toEqual([]);
  const url = `${base}?external_reference_id=x`;
  expect(differences([list(['a', 'b'], { url })], [list(['a'], { url })]).map(([where]) => where)).toEqual([
    'number of data',
    'data[].name',
    'pagination.total',
  ]);
});

test('an empty list is not reported as lacking the fields of its items', () => {
  const url = `${base}?external_reference_id=x`;
  const [none, one] = [[], [{ name: 'a' }]].map((data) => answered(200, { data }, { url }));
  expect(differences([none as RecordedExchange], [one as RecordedExchange]).map(([where]) => where)).toEqual([
    'number of data',
  ]);
});

test('changed outcomes and readings are reported, with those that are worse', () => {
  const a = run([], {
    readings: {
      'cross-group': { value: 'move', evidence: 7, request: 'GET /v1/groups → 200' },
      phone: { unseen: 'not seen' },
    },
  });
  const b = run([], {
    outcomes: new Map([['GRP-1', 'fail']]),
    readings: {
      'cross-group': { value: 'reject', evidence: 9, request: 'GET /v1/groups → 200' },
      phone: { value: 'optional', evidence: 9, request: 'GET /v1/groups → 200' },
    },
  });
  expect(compareRuns(a, b)).toMatchObject({
    outcomes: [{ part: 'GRP-1', a: 'pass', b: 'fail', isWorse: true }],
    readings: [{ question: 'cross-group', a: 'move', b: 'reject' }],
  });
  expect(compareRuns(b, a).outcomes).toMatchObject([{ isWorse: false }]);
});

test('a difference in many answers is one line, with their number', () => {
  const comparison = compareRuns(
    run([answered(201, {}), answered(201, {})]),
    run([answered(200, {}), answered(200, {})]),
  );
  expect(renderComparison(comparison, 'text')).toContain(
    'createGroup, status: 201 → 200\n    2 times, first in GRP-1: create answers a group',
  );
});

test('nothing that a service answers becomes markup', () => {
  const evil = '<img src=x> | [link](x) `code`';
  const text = renderComparison(
    compareRuns(run([answered(201, { a: 1 })]), run([answered(201, { a: evil })])),
    'markdown',
  );
  expect(text).not.toMatch(/(?<!\\)[<`]img|[^\\]\| \[link/);
});
