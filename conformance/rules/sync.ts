import contract from '../../generated/openapi.json' with { type: 'json' };
import type { Answer } from '../run/answer.ts';
import { rule, should } from '../run/check.ts';
import type { CheckContext } from '../run/context.ts';
import { claim, expect } from '../run/expect.ts';
import type { MemberRow } from '../run/people.ts';
import { NotApplicable, PreconditionFailed } from '../run/preconditions.ts';
import { isCompleted, type Results, results, sorted } from '../run/sync-results.ts';
import type { TestGroup } from '../run/test-group.ts';
import { backOff, pause } from '../run/waiting.ts';
import { expectInvalid, expectNoViolation, isInvalid, momentOf, unknownId } from './support.ts';

const { state: stateSchema } = contract.components.schemas.Address.properties;
const maxRows = contract.components.schemas.SubmitMemberSyncRequest.properties.members.maxItems;
const longest = contract.components.schemas.MemberRow.properties.reference_id.maxLength;

const nothing: Results = { added: [], removed: [], failures: [] };

/** Expects that a sync adds, removes and fails nothing. */
function expectNothing(found: Results, what: string): void {
  expect(found, what).toEqual(nothing);
}

/** A row with fields replaced, whatever their type; undefined leaves one out. */
function altered(
  row: MemberRow,
  fields: Readonly<Record<string, unknown>>,
  address: Readonly<Record<string, unknown>> = {},
) {
  return { ...row, address: { ...row.address, ...address }, ...fields };
}

/**
 * Submits faulty rosters, each of which would also drop and add someone if it were applied, and expects that each is
 * refused as invalid and membership is as before.
 */
async function expectRosterRefused(
  run: CheckContext,
  faults: readonly (readonly [what: string, faulty: (row: MemberRow) => unknown])[],
): Promise<void> {
  const group = await run.group();
  const [kept, dropped] = run.people.many(2) as [MemberRow, MemberRow];
  const { added } = await run.sync(group, [kept, dropped]);
  for (const [what, faulty] of faults)
    expectInvalid(
      await group.submit([kept, run.people.one(), faulty(run.people.one()), run.people.one()]),
      `a roster with ${what}`,
    );
  expect(await run.removeAllMembers(group), 'members after the refused rosters').toEqual(sorted(added));
}

const required = ['reference_id', 'first_name', 'last_name', 'date_of_birth', 'plan_id', 'address'] as const;
const requiredOfAddress = ['address_line_1', 'city', 'state', 'zipcode'] as const;

/** Rosters of one row that a careful service refuses: what is wrong, and the row. */
function carelessRows(row: MemberRow): [string, unknown][] {
  const over = 'x'.repeat(longest + 1);
  return [
    ['an unknown state code', altered(row, {}, { state: 'ZZ' })],
    ...['1910', '191066', 'ABCDE', '19106-12'].map((zipcode): [string, unknown] => [
      `zipcode ${zipcode}`,
      altered(row, {}, { zipcode }),
    ]),
    ...['12345', '215555010', 'not a number', '21555501OO', '+1234567890123456'].map((phone): [string, unknown] => [
      `phone ${phone}`,
      altered(row, { phone }),
    ]),
    ...['nobody', 'nobody@', '@example.com'].map((email): [string, unknown] => [
      `email ${email}`,
      altered(row, { email }),
    ]),
    ...(['reference_id', 'first_name', 'last_name', 'plan_id'] as const).map((name): [string, unknown] => [
      `an empty ${name}`,
      altered(row, { [name]: '' }),
    ]),
    ...(['address_line_1', 'city'] as const).map((name): [string, unknown] => [
      `an empty ${name}`,
      altered(row, {}, { [name]: '' }),
    ]),
    ...(['reference_id', 'first_name', 'last_name'] as const).map((name): [string, unknown] => [
      `an over-long ${name}`,
      altered(row, { [name]: over }),
    ]),
    ...(['address_line_1', 'city'] as const).map((name): [string, unknown] => [
      `an over-long ${name}`,
      altered(row, {}, { [name]: over }),
    ]),
    ['a numeric email', altered(row, { email: 7 })],
    ['a numeric phone', altered(row, { phone: 2155550101 })],
    ['a numeric address_line_2', altered(row, {}, { address_line_2: 7 })],
  ];
}

/** The three values that a receipt and every retrieval share. */
const receiptOf = ({ data: { request_id, group_id, accepted_at } }: Answer) => ({
  request_id,
  group_id,
  accepted_at: momentOf(accepted_at),
});

/** The contract's values of a sync request, ids in any order. */
function outcomeOf(answer: Answer) {
  const { added, removed, failures } = results(answer);
  return {
    completed_at: momentOf(answer.data.completed_at),
    added: sorted(added),
    removed: sorted(removed),
    failures: [...failures].sort((a, b) => a.reference_id.localeCompare(b.reference_id)),
  };
}

/** A plan that the second organization has and the first has not. */
async function foreignPlan(run: CheckContext): Promise<string> {
  const query = { limit: 100 };
  const own = new Set((await run.send({ operation: 'listPlans', query })).rows.map(({ id }) => id));
  const foreign = (await run.sendAsOther({ operation: 'listPlans', query })).rows.find(({ id }) => !own.has(id));
  if (typeof foreign?.id !== 'string') throw new NotApplicable({ because: 'need', need: 'foreign-plan' });
  return foreign.id;
}

/** Submits a roster whose second row names a plan that is not the organization's, and expects that it adds nobody. */
async function expectPlanNeverAdds(run: CheckContext, plan_id: string): Promise<void> {
  const group = await run.group();
  const good = run.people.one();
  const bad = run.people.one({ plan_id });
  const answer = await group.submit([good, bad]);
  if (isInvalid(answer)) {
    expect(await run.removeAllMembers(group), 'members after the refused roster').toEqual([]);
    return;
  }
  expect(answer.status, 'status of a roster with a plan that is not the organization’s').toBe(202);
  const { added, failures } = await run.resultsOf(group, run.accepted(answer, 2));
  expect(added.length, 'number added of one row with a valid plan and one without').toBe(1);
  expect(
    failures.map(({ reference_id }) => reference_id),
    'reference_id of the failures',
  ).toEqual([bad.reference_id]);
  expect(await run.removeAllMembers(group), 'members afterwards').toEqual(sorted(added));
}

/** Expects that valid rows are accepted and all added. */
async function expectAllAdded(
  run: CheckContext,
  group: TestGroup,
  rows: readonly MemberRow[],
  what: string,
): Promise<void> {
  const answer = await group.submit(rows);
  expect(answer.status, `status of ${what} (${answer.text.slice(0, 300)})`).toBe(202);
  const { added, failures } = await run.resultsOf(group, run.accepted(answer, rows.length));
  expect(failures, `failures of ${what}`).toEqual([]);
  expect(added.length, `number added of ${what}`).toBe(rows.length);
}

export const sync = [
  rule('SYNC-1', 'an accepted sync is 202 with request_id, group_id and accepted_at', async (run) => {
    const answer = await (await run.group()).submit(run.people.many(1));
    expect(answer.status, 'status').toBe(202);
    for (const name of ['request_id', 'group_id', 'accepted_at']) expect(answer.data[name], name).toMatch(/./);
    const { accepted_at } = answer.data;
    claim(!Number.isNaN(Date.parse(String(accepted_at))), 'accepted_at', 'a date that exists', accepted_at);
  }),
  rule('SYNC-2', 'the receipt names the group of the path, and retrievals repeat the receipt', async (run) => {
    const group = await run.group();
    const receipt = await group.submit(run.people.many(1));
    expect(receipt.data.group_id, 'group_id of the receipt').toBe(group.id);
    const params = { group_id: group.id, request_id: String(receipt.data.request_id) };
    const first = await run.send({ operation: 'retrieveMemberSync', params });
    expect(first.status, 'status of retrieving it at once').toBe(200);
    expect(receiptOf(first), 'the same values at once').toEqual(receiptOf(receipt));
    const last = await run.settled(group, params.request_id);
    expect(receiptOf(last), 'the same values later').toEqual(receiptOf(receipt));
  }),
  rule('SYNC-3', 'completed_at and results are present in every retrieval, both null or both set', async (run) => {
    const group = await run.group();
    const request_id = await run.submit(group, run.people.many(50));
    for (const ms of backOff(run.session.patienceMs)) {
      const answer = await run.send({ operation: 'retrieveMemberSync', params: { group_id: group.id, request_id } });
      if (answer.status !== 200)
        throw new PreconditionFailed(`retrieving a sync request answered ${answer.status}`, 'SYNC-2');
      expect(answer.data, 'a retrieved sync request').toHaveProperty('completed_at');
      expect(answer.data, 'a retrieved sync request').toHaveProperty('results');
      const { completed_at, results } = answer.data;
      claim((results === null) === (completed_at === null), 'completed_at and results', 'both null, or both set', {
        completed_at,
        results,
      });
      if (isCompleted(answer)) return;
      await pause(ms);
    }
  }),
  rule('SYNC-4', 'a sync completes in time', async (run) => {
    const group = await run.group();
    const answer = await run.settled(group, await run.submit(group, run.people.many(3)));
    if (answer.status !== 200)
      throw new PreconditionFailed(`retrieving a sync request answered ${answer.status}`, 'SYNC-2');
    const allowed = `${run.session.settings.syncTimeoutMs / 1000} s`;
    claim(isCompleted(answer), 'a sync of three rows', `completed within ${allowed}`, answer.data);
  }),
  rule('SYNC-4', 'every sync of this run completed in time', async (run) => expectNoViolation(run, 'SYNC-4'), {
    audit: true,
  }),
  rule('SYNC-5', 'results has its three arrays, and failures their three fields', async (run) => {
    const group = await run.group();
    const good = run.people.many(2);
    const bad = run.people.one({ plan_id: unknownId('pln') });
    const mixed = await group.submit([...good, bad]);
    // Where the whole roster is refused (§8.4), no failure can be provoked with one key.
    const withFailure = isInvalid(mixed) ? [] : [await run.completed(group, run.accepted(mixed, 3))];
    for (const answer of [...withFailure, await run.completed(group, await run.submit(group, good))]) {
      const found = answer.data.results as Readonly<Record<string, unknown>>;
      for (const name of ['added_group_member_ids', 'removed_group_member_ids', 'failures'])
        expect(found[name], `results.${name}`).toBeInstanceOf(Array);
      for (const failure of results(answer).failures) {
        expect(failure.reference_id, 'reference_id of a failure').toBe(bad.reference_id);
        const { operation } = failure;
        claim(['add', 'remove'].includes(operation), 'operation of a failure', 'add or remove', operation);
        expect(failure.reason, 'reason of a failure').toMatch(/\S/);
      }
    }
  }),
  rule('SYNC-6', 'a completed request is the same after later syncs', async (run) => {
    const group = await run.group();
    const [a, b, c] = run.people.many(3) as [MemberRow, MemberRow, MemberRow];
    const completed: { request_id: string; outcome: unknown }[] = [];
    const complete = async (request_id: string) =>
      completed.push({ request_id, outcome: outcomeOf(await run.completed(group, request_id)) });
    const expectSame = async (when: string) => {
      for (const [n, { request_id, outcome }] of completed.entries()) {
        const params = { group_id: group.id, request_id };
        const now = outcomeOf(await run.send({ operation: 'retrieveMemberSync', params }));
        expect(now, `completed request ${n + 1} read ${when}`).toEqual(outcome);
      }
    };
    await complete(await run.submit(group, [a, b]));
    await expectSame('again');
    // Who is added, who is removed and, where the whole roster is not refused (§8.4), who fails.
    const mixed = await group.submit([b, c, run.people.one({ plan_id: unknownId('pln') })]);
    await complete(isInvalid(mixed) ? await run.submit(group, [b, c]) : run.accepted(mixed, 3));
    await expectSame('after a later sync');
    await run.sync(group, []);
    await expectSame('after everyone was removed');
  }),
  rule('SYNC-7', 'completed_at is not before accepted_at', async (run) => {
    const group = await run.group();
    const { data } = await run.completed(group, await run.submit(group, run.people.many(2)));
    const moment = (name: string) => Date.parse(String(data[name]));
    if (Number.isNaN(moment('accepted_at'))) throw new PreconditionFailed('accepted_at is not a timestamp', 'ERR-8');
    const isInOrder = moment('completed_at') >= moment('accepted_at');
    claim(isInOrder, 'completed_at', `accepted_at, ${data.accepted_at}, or later`, data.completed_at);
  }),
  rule('SYNC-8', 'a repeated reference_id is 400 wherever it stands, and membership is as before', async (run) => {
    const group = await run.group();
    const [kept, dropped, c, d] = run.people.many(4) as [MemberRow, MemberRow, MemberRow, MemberRow];
    const { added } = await run.sync(group, [kept, dropped]);
    const sameReference = run.people.one({ reference_id: c.reference_id });
    const rosters: [string, MemberRow[]][] = [
      ['next to each other', [kept, c, sameReference]],
      ['far apart', [c, kept, d, sameReference]],
      ['as the same row twice', [kept, c, d, c]],
      ['of a present member', [kept, c, kept]],
      ['a hundred rows apart', [c, ...run.people.many(100), sameReference]],
    ];
    for (const [what, rows] of rosters)
      expect((await group.submit(rows)).status, `status of a roster with a reference_id twice, ${what}`).toBe(400);
    expect(await run.removeAllMembers(group), 'members after the refused rosters').toEqual(sorted(added));
  }),
  rule('SYNC-9', 'an empty roster is accepted and removes everyone', async (run) => {
    const group = await run.group();
    const { added } = await run.sync(group, run.people.many(3));
    if (new Set(added.filter(Boolean)).size !== 3)
      throw new PreconditionFailed('adding three people reported other ids', 'LIFE-1');
    const answer = await group.submit([]);
    expect(answer.status, 'status of an empty roster').toBe(202);
    const { removed } = await run.resultsOf(group, run.accepted(answer, 0));
    expect(sorted(removed), 'removed by an empty roster').toEqual(sorted(added));
    const second = await group.submit([]);
    expect(second.status, 'status of an empty roster for an empty group').toBe(202);
    const again = await run.resultsOf(group, run.accepted(second, 0));
    expect(again.removed, 'removed by a second empty roster').toEqual([]);
  }),
  rule(
    'SYNC-10',
    'a row without a required field, or with one of the wrong type, is refused and no row is applied',
    async (run) => {
      await expectRosterRefused(run, [
        ...required.flatMap((name): [string, (row: MemberRow) => unknown][] => [
          [`a row without ${name}`, (row) => altered(row, { [name]: undefined })],
          [`a row whose ${name} is null`, (row) => altered(row, { [name]: null })],
          [`a row whose ${name} is a number`, (row) => altered(row, { [name]: 7 })],
          [`a row whose ${name} is in a list`, (row) => altered(row, { [name]: [row[name]] })],
        ]),
        ...requiredOfAddress.flatMap((name): [string, (row: MemberRow) => unknown][] => [
          [`an address without ${name}`, (row) => altered(row, {}, { [name]: undefined })],
          [`an address whose ${name} is null`, (row) => altered(row, {}, { [name]: null })],
          [`an address whose ${name} is a number`, (row) => altered(row, {}, { [name]: 7 })],
          [`an address whose ${name} is in a list`, (row) => altered(row, {}, { [name]: [row.address[name]] })],
        ]),
        ['a row that is null', () => null],
        ['a row that is a string', () => 'row'],
      ]);
    },
  ),
  rule('SYNC-10', 'a faulty row is refused wherever it stands in a roster', async (run) => {
    const group = await run.group();
    const { added } = await run.sync(group, [run.people.one()]);
    const length = 120;
    for (const position of [0, 51, length - 1]) {
      const rows: unknown[] = run.people.many(length);
      rows[position] = { ...run.people.one(), last_name: undefined };
      expectInvalid(await group.submit(rows), `a roster of ${length} whose row ${position + 1} has no last_name`);
    }
    expect(await run.removeAllMembers(group), 'members after the refused rosters').toEqual(sorted(added));
  }),
  should('SYNC-10', 'the status is 400', async (run) => {
    const group = await run.groupToRefuse();
    const row = run.people.one();
    const bodies: [string, unknown][] = [
      ['no members', {}],
      ['a row that is a text', { members: ['row'] }],
      ...required.map((name): [string, unknown] => [
        `a row without ${name}`,
        { members: [altered(row, { [name]: undefined })] },
      ]),
      ['a row whose last_name is a number', { members: [altered(row, { last_name: 7 })] }],
    ];
    for (const [what, body] of bodies) {
      const { status } = await group.send('submitMemberSync', { body });
      expect(status, `status of a roster with ${what}`).toBe(400);
    }
  }),
  rule('SYNC-10', 'a body without members, or with members of the wrong type, is refused', async (run) => {
    const group = await run.group();
    const { added } = await run.sync(group, [run.people.one()]);
    for (const body of [{}, { members: null }, { members: {} }, { members: 'none' }, [], 'none']) {
      const answer = await group.send('submitMemberSync', { body });
      expectInvalid(answer, `the body ${JSON.stringify(body)}`);
    }
    expect(await run.removeAllMembers(group), 'members after the refused bodies').toEqual(sorted(added));
  }),
  rule(
    'SYNC-11',
    'an impossible or badly formatted birth date, or a state that is not two characters, is refused',
    async (run) => {
      const dates = [
        '1990-02-30',
        '1991-02-29',
        '1990-13-01',
        '1990-00-10',
        '01/02/1990',
        '1990-1-2',
        '19900102',
        '',
        '1990-01-02T00:00:00Z',
      ];
      const states = ['P', 'PEN', '', 'Pennsylvania'];
      await expectRosterRefused(run, [
        ...dates.map((date_of_birth): [string, (row: MemberRow) => unknown] => [
          `date_of_birth ${JSON.stringify(date_of_birth)}`,
          (row) => altered(row, { date_of_birth }),
        ]),
        ...states.map((state): [string, (row: MemberRow) => unknown] => [
          `state ${JSON.stringify(state)}`,
          (row) => altered(row, {}, { state }),
        ]),
      ]);
    },
  ),
  should('SYNC-11', 'the status is 400', async (run) => {
    const group = await run.groupToRefuse();
    const row = run.people.one();
    const { status } = await group.submit([altered(row, { date_of_birth: '1990-02-30' })]);
    expect(status, 'status of a roster with an impossible date_of_birth').toBe(400);
    const answer = await group.submit([altered(row, {}, { state: 'Pennsylvania' })]);
    expect(answer.status, 'status of a roster with a state of twelve characters').toBe(400);
  }),
  rule('SYNC-12', 'a value that is out of its set, format or length is 400', async (run) => {
    const group = await run.group();
    const accepted: string[] = [];
    for (const [what, row] of carelessRows(run.people.one())) {
      const { status } = await group.submit([row]);
      if (status !== 400) accepted.push(`${what}: ${status}`);
    }
    expect(accepted, 'faulty rows that were not answered with 400').toEqual([]);
  }),
  rule('SYNC-13', '5,000 rows are accepted and applied, 5,001 are 400', async (run) => {
    const group = await run.group();
    const rows = run.people.many(maxRows);
    const { status } = await group.submit([...rows, run.people.one()]);
    expect(status, `status of ${maxRows + 1} rows`).toBe(400);
    await expectAllAdded(run, group, rows, `${maxRows} rows`);
  }),
  rule('SYNC-14', 'a sync of an unknown group is 404, and so is an unknown request id', async (run) => {
    const body = { members: run.people.many(1) };
    const submitted = await run.send({ operation: 'submitMemberSync', params: { group_id: unknownId('grp') }, body });
    expect(submitted.status, 'status of a sync of an unknown group').toBe(404);
    const group = await run.groupToRefuse();
    const params = { group_id: group.id, request_id: unknownId('grpmsr') };
    const retrieved = await run.send({ operation: 'retrieveMemberSync', params });
    expect(retrieved.status, 'status of an unknown request id').toBe(404);
  }),
  should('SYNC-14', 'a request under another group is 404', async (run) => {
    const [group, other] = [await run.group(), await run.groupToRefuse()];
    const params = { group_id: other.id, request_id: await run.submit(group, []) };
    const { status } = await run.send({ operation: 'retrieveMemberSync', params });
    expect(status, 'status of a request asked for under another group').toBe(404);
  }),
  rule('SYNC-15', 'an unknown plan never adds a member', async (run) => {
    await expectPlanNeverAdds(run, unknownId('pln'));
  }),
  rule(
    'SYNC-15',
    'a plan of another organization never adds a member',
    async (run) => expectPlanNeverAdds(run, await foreignPlan(run)),
    { needs: ['other-key'] },
  ),
  rule('SYNC-16', 'email and address_line_2 may be omitted or null', async (run) => {
    const { email, ...withoutEmail } = run.people.one();
    const row = run.people.one();
    const rows: MemberRow[] = [
      withoutEmail,
      run.people.one({ email: null }),
      { ...row, address: { ...row.address, address_line_2: null } },
      run.people.one({ address: { ...row.address, address_line_2: 'Unit 4' } }),
    ];
    await expectAllAdded(run, await run.group(), rows, 'rows without email or address_line_2');
  }),
  should('SYNC-16', 'phone may be omitted or null', async (run) => {
    const { phone, ...withoutPhone } = run.people.one();
    const rows = [withoutPhone, run.people.one({ phone: null }), run.people.one({ phone: null, email: null })];
    await expectAllAdded(run, await run.group(), rows, 'rows without phone');
  }),
  rule('SYNC-17', 'the same roster again adds, removes and fails nothing', async (run) => {
    const group = await run.group();
    const rows = run.people.many(4);
    await run.sync(group, rows);
    expectNothing(await run.sync(group, rows), 'results of the same roster again');
    expectNothing(await run.sync(group, rows), 'results of the same roster a third time');
  }),
  rule('SYNC-18', 'the same rows in another order are the same roster', async (run) => {
    const group = await run.group();
    const rows = run.people.many(4);
    await run.sync(group, rows);
    expectNothing(await run.sync(group, rows.toReversed()), 'results of the same rows in reverse');
  }),
  rule('SYNC-19', 'of two overlapping syncs the later accepted decides', async (run) => {
    const group = await run.group();
    const [a, b, c] = run.people.many(3) as [MemberRow, MemberRow, MemberRow];
    // Back to back and several times, so that no coin passes.
    for (let race = 1; race <= 5; race += 1) {
      const earlier = await run.submit(group, [a, b]);
      const answer = await group.submitAtOnce([b, c]);
      if (answer.status === 409)
        throw new NotApplicable({ because: 'reading', message: 'a sync that overlaps another is refused (§8.27)' });
      const later = run.accepted(answer, 2);
      for (const id of [earlier, later]) await run.completed(group, id);
      const found = await run.sync(group, [b, c]);
      expectNothing(found, `results of the later roster again, after both completed (race ${race})`);
    }
  }),
  rule('SYNC-20', 'every listed state and territory is accepted', async (run) => {
    const rows = stateSchema.enum.map((state) => {
      const row = run.people.one();
      return { ...row, address: { ...row.address, state: state as MemberRow['address']['state'] } };
    });
    await expectAllAdded(run, await run.group(), rows, 'a roster with every state and territory');
  }),
  should('SYNC-20', 'names of 255 characters that are not ASCII are accepted', async (run) => {
    const rows = [run.people.one({ first_name: 'é'.repeat(longest), last_name: 'ß'.repeat(longest) })];
    await expectAllAdded(run, await run.group(), rows, 'a row with names of 255 non-ASCII characters');
  }),
  rule('SYNC-20', 'unusual but valid rows are accepted', async (run) => {
    const at = (zipcode: string) => ({ ...run.people.one().address, zipcode });
    const rows = [
      run.people.one({ address: at('19106') }),
      run.people.one({ address: at('19106-1234') }),
      run.people.one({ date_of_birth: '1992-02-29' }),
      run.people.one({ reference_id: run.reference().padEnd(longest, 'r') }),
      run.people.one({ reference_id: run.reference().padEnd(longest, 's') }),
      run.people.one({ first_name: 'F'.repeat(longest), last_name: 'L'.repeat(longest) }),
      run.people.one({ first_name: 'Zoë', last_name: 'Nuñez-Ó Briain' }),
      run.people.one({ first_name: '愛', last_name: '王' }),
      run.people.one({ phone: '2155550100' }),
      run.people.one({ email: run.people.one().email?.toUpperCase() ?? null }),
    ];
    await expectAllAdded(run, await run.group(), rows, 'a roster of unusual but valid rows');
  }),
];
