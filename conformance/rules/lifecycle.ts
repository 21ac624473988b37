import contract from '../../generated/openapi.json' with { type: 'json' };
import { rule } from '../run/check.ts';
import type { CheckContext } from '../run/context.ts';
import { expect } from '../run/expect.ts';
import type { MemberRow } from '../run/people.ts';
import { NotApplicable, PreconditionFailed } from '../run/preconditions.ts';
import { type Results, sorted } from '../run/sync-results.ts';
import type { TestGroup } from '../run/test-group.ts';
import { isInvalid, unknownId } from './support.ts';

/** Adds people to a group one by one, so that it is known whose each id is. */
async function enrolled(
  run: CheckContext,
  group: TestGroup,
  count: number,
): Promise<{ rows: MemberRow[]; ids: string[] }> {
  const rows: MemberRow[] = [];
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) {
    rows.push(run.people.one());
    const { added } = await run.sync(group, rows);
    const id = added.find((candidate) => !ids.includes(candidate));
    if (id === undefined) throw new PreconditionFailed('adding one person reported no new member id', 'LIFE-1');
    ids.push(id);
  }
  return { rows, ids };
}

/** The same person's row under another organization: its own reference and plan, and the e-mail in another case. */
function asKnownElsewhere(run: CheckContext, row: MemberRow): MemberRow {
  const { reference_id, plan_id } = run.otherPeople.one();
  return { ...row, reference_id, plan_id, email: row.email?.toUpperCase() ?? null };
}

/** Makes a person active under the second organization; `row` is what the first organization would send. */
async function blockedPerson(
  run: CheckContext,
): Promise<{ other: TestGroup; elsewhere: MemberRow; row: MemberRow; id: string }> {
  const other = await run.otherGroup();
  const row = run.people.one();
  const elsewhere = asKnownElsewhere(run, row);
  const { added } = await run.sync(other, [elsewhere]);
  const [id] = added;
  if (id === undefined)
    throw new PreconditionFailed('adding a person under the second organization reported no member id', 'LIFE-1');
  return { other, elsewhere, row, id };
}

/** A group without a reference. Skips the check if the service refuses one. */
async function groupWithoutReference(run: CheckContext): Promise<TestGroup> {
  const answer = await run.send({ operation: 'createGroup', body: { name: 'Conformance LIFE-8' } });
  if (isInvalid(answer))
    throw new NotApplicable({ because: 'reading', message: 'a group without a reference is refused (§8.2)' });
  return run.createdGroup(run.session.settings.apiKey, answer);
}

/** A person, and different people who each share something with that person, by what they share. */
function similarPeople(run: CheckContext): { base: MemberRow; sharing: Readonly<Record<string, MemberRow>> } {
  const base = run.people.one();
  const { email, phone, first_name, last_name, date_of_birth, address } = base;
  const { email: none, ...withoutEmail } = run.people.one();
  const [local = '', host = ''] = String(email).split('@');
  const sharing = {
    'the same e-mail': run.people.one({ email: String(email) }),
    'the same birth date': run.people.one({ date_of_birth }),
    'the same name': run.people.one({ first_name, last_name }),
    'the same phone': run.people.one({ phone: phone ?? null }),
    'a twin': run.people.one({ last_name, date_of_birth, phone: phone ?? null, address }),
    'the same e-mail but for a tag': run.people.one({ email: `${local}+tag@${host}`, date_of_birth }),
    'the same e-mail on another host': run.people.one({ email: `${local}@mail.${host}`, date_of_birth }),
    'no e-mail': withoutEmail,
    'no e-mail either': run.people.one({ email: null }),
  };
  return { base, sharing };
}

/** What each failed row shares with the person, and why it failed. */
const named = (failures: Results['failures'], sharing: Readonly<Record<string, MemberRow>>): string[] =>
  failures.map(({ reference_id, reason }) => {
    const [what] = Object.entries(sharing).find(([, row]) => row.reference_id === reference_id) ?? ['the first'];
    return `${what}: ${reason}`;
  });

/** The largest roster that is accepted (§8.12). */
const maxRows = contract.components.schemas.SubmitMemberSyncRequest.properties.members.maxItems;

/** More people than a service is likely to handle or report at a time. */
const many = 101;

export const lifecycleChecks = [
  rule('LIFE-1', 'each new row yields one id', async (run) => {
    const group = await run.group();
    for (const count of [1, 5, many]) {
      const { added, failures } = await run.sync(group, run.people.many(count));
      expect(failures, `failures of a roster of ${count} new people`).toEqual([]);
      expect(added.length, `ids added by a roster of ${count} new people`).toBe(count);
      expect(new Set(added).size, 'distinct ids among them').toBe(count);
    }
  }),
  rule('LIFE-2', 'a missing member is removed under the id they were added under', async (run) => {
    const group = await run.group();
    const { rows, ids } = await enrolled(run, group, 4);
    const [first, second, third, fourth] = rows as [MemberRow, MemberRow, MemberRow, MemberRow];
    const one = await run.sync(group, [first, third, fourth]);
    expect(one.removed, `removed when ${second.reference_id}, the second of four, is missing`).toEqual([ids[1]]);
    const two = await run.sync(group, [fourth]);
    const missing = [ids[0] as string, ids[2] as string];
    expect(sorted(two.removed), 'removed when the first and the third are missing too').toEqual(sorted(missing));
  }),
  rule('LIFE-2', `of ${many} people, the ${many - 1} who are missing are all removed`, async (run) => {
    const group = await run.group();
    const rows = run.people.many(many);
    const { added } = await run.sync(group, rows);
    if (new Set(added).size !== many)
      throw new PreconditionFailed(`adding ${many} people reported other ids`, 'LIFE-1');
    const { removed } = await run.sync(group, rows.slice(-1));
    expect(removed.length, `number removed when ${many - 1} of ${many} are missing`).toBe(many - 1);
    expect(sorted([...removed, ...(await run.removeAllMembers(group))]), 'those removed, and the one left').toEqual(
      sorted(added),
    );
  }),
  rule(
    'LIFE-2',
    'a member who was removed and added again is removed under the id of the second addition',
    async (run) => {
      const group = await run.group();
      const rows = run.people.many(2) as [MemberRow, MemberRow];
      await run.sync(group, rows);
      await run.sync(group, [rows[0]]);
      const { added } = await run.sync(group, rows);
      if (added.length !== 1) throw new PreconditionFailed('a returning member was not reported as added', 'LIFE-5');
      const { removed } = await run.sync(group, [rows[0]]);
      expect(removed, 'removed when the returned member is missing again').toEqual(added);
    },
  ),
  rule('LIFE-3', 'a member who is still present is in neither list', async (run) => {
    const group = await run.group();
    const { rows, ids } = await enrolled(run, group, 2);
    const { added, removed } = await run.sync(group, [...rows, run.people.one()]);
    expect(
      added.filter((id) => ids.includes(id)),
      'present members among the added',
    ).toEqual([]);
    expect(
      removed.filter((id) => ids.includes(id)),
      'present members among the removed',
    ).toEqual([]);
    expect(added.length, 'ids added by one new row beside two present ones').toBe(1);
    expect(removed, 'removed by a roster that only grew').toEqual([]);
  }),
  rule('LIFE-4', 'one sync adds, removes and keeps', async (run) => {
    const group = await run.group();
    const { rows, ids } = await enrolled(run, group, 3);
    const { added, removed } = await run.sync(group, [...rows.slice(1), ...run.people.many(2)]);
    expect(removed, 'removed').toEqual([ids[0]]);
    expect(added.length, 'number added').toBe(2);
    const members = sorted([...ids.slice(1), ...added]);
    expect(await run.removeAllMembers(group), 'members afterwards: those kept and those added').toEqual(members);
  }),
  rule('LIFE-5', 'a removed reference_id that returns is added again', async (run) => {
    const group = await run.group();
    const rows = run.people.many(2) as [MemberRow, MemberRow];
    await run.sync(group, rows);
    await run.sync(group, [rows[0]]);
    for (const time of ['once', 'again']) {
      const { added, failures } = await run.sync(group, rows);
      expect(failures, `failures when a member returns ${time}`).toEqual([]);
      expect(added.length, `number added when a member returns ${time}`).toBe(1);
      await run.sync(group, [rows[0]]);
    }
    await run.sync(group, []);
    expect((await run.sync(group, rows)).added.length, 'number added when both return').toBe(2);
    expect((await run.removeAllMembers(group)).length, 'number of members afterwards').toBe(2);
  }),
  rule('LIFE-6', 'changed personal fields of a present member add and remove nothing', async (run) => {
    const group = await run.group();
    const [row, beside] = run.people.many(2) as [MemberRow, MemberRow];
    const { added } = await run.sync(group, [row, beside]);
    const { reference_id, plan_id } = row;
    const changes: [string, MemberRow][] = [
      ['name', { ...row, first_name: 'Renamed', last_name: 'Newly-Wed' }],
      [
        'phone and address',
        { ...row, phone: '2675550199', address: { ...row.address, city: 'Pittsburgh', zipcode: '15222' } },
      ],
      ['email', { ...row, email: run.people.one().email ?? null }],
      ['every field', { ...run.people.one(), reference_id, plan_id }],
    ];
    for (const [what, changed] of changes) {
      const found = await run.sync(group, [changed, beside]);
      expect(found, `results when ${what} of a present member changes`).toEqual({
        added: [],
        removed: [],
        failures: [],
      });
    }
    expect(await run.removeAllMembers(group), 'members afterwards').toEqual(sorted(added));
  }),
  rule('LIFE-7', 'a changed plan_id of a present member adds and removes nothing', async (run) => {
    const group = await run.group();
    const [row, beside] = run.people.many(2) as [MemberRow, MemberRow];
    const { rows: plans } = await run.send({ operation: 'listPlans' });
    const plan = plans.find(({ id }) => id !== row.plan_id);
    if (typeof plan?.id !== 'string') throw new NotApplicable({ because: 'need', need: 'second-plan' });
    const { added } = await run.sync(group, [row, beside]);
    const found = await run.sync(group, [{ ...row, plan_id: plan.id }, beside]);
    expect(found.added, 'added when plan_id changes').toEqual([]);
    expect(found.removed, 'removed when plan_id changes').toEqual([]);
    expect(await run.removeAllMembers(group), 'members afterwards').toEqual(sorted(added));
  }),
  rule('LIFE-8', 'syncing one group leaves the members of another alone', async (run) => {
    const [group, other] = [await run.group(), await run.group()];
    const { added } = await run.sync(group, run.people.many(2));
    await run.sync(other, run.people.many(2));
    await run.sync(other, [run.people.one()]);
    await run.sync(other, []);
    expect(await run.removeAllMembers(group), 'members of the group that was left alone').toEqual(sorted(added));
  }),
  rule('LIFE-8', 'groups that use the same reference_ids for different people leave each other alone', async (run) => {
    const [group, other] = [await run.group(), await run.group()];
    const rows = run.people.many(2);
    const { added } = await run.sync(group, rows);
    const namesakes = rows.map(({ reference_id }) => run.people.one({ reference_id }));
    const second = await run.sync(other, namesakes);
    expect(second.failures, 'failures of a roster whose reference_ids another group uses').toEqual([]);
    expect(second.added.length, 'number added of it').toBe(2);
    await run.sync(other, namesakes.slice(1));
    await run.sync(other, []);
    const { added: again, removed } = await run.sync(group, rows);
    expect({ added: again, removed }, 'results of the first roster again').toEqual({ added: [], removed: [] });
    expect(await run.removeAllMembers(group), 'members of the first group').toEqual(sorted(added));
  }),
  rule('LIFE-8', 'groups without external_reference_id leave each other alone', async (run) => {
    const [first, other] = [await groupWithoutReference(run), await groupWithoutReference(run)];
    const rows = run.people.many(2);
    const { added } = await run.sync(first, rows);
    await run.sync(other, run.people.many(1));
    const again = await run.sync(first, rows);
    expect([...again.added, ...again.removed], 'added and removed by the first roster again').toEqual([]);
    await run.sync(other, []);
    expect(await run.removeAllMembers(first), 'members of the first group').toEqual(sorted(added));
  }),
  rule(
    'LIFE-9',
    'a person who is active under another organization is blocked, and stays active there',
    async (run) => {
      const { other, elsewhere, row, id } = await blockedPerson(run);
      const group = await run.group();
      const { added, failures } = await run.sync(group, [row]);
      expect(added, 'added of a person who is active under another organization').toEqual([]);
      const found = failures.map(({ reference_id, operation }) => ({ reference_id, operation }));
      expect(found, 'the failure of their row').toEqual([{ reference_id: row.reference_id, operation: 'add' }]);
      expect(await run.removeAllMembers(group), 'members of the group afterwards').toEqual([]);
      const again = await run.sync(other, [elsewhere]);
      expect(again.added, 'added by the same roster of the other organization, where they should still be').toEqual([]);
      expect(await run.removeAllMembers(other), "the other organization's members").toEqual([id]);
    },
  ),
  rule('LIFE-10', 'a row with an unknown plan does not stop the others', async (run) => {
    const group = await run.group();
    const { rows, ids } = await enrolled(run, group, 2);
    const bad = run.people.one({ plan_id: unknownId('pln') });
    const answer = await group.submit([rows[1], run.people.one(), bad, run.people.one()]);
    if (isInvalid(answer))
      throw new NotApplicable({
        because: 'reading',
        message: 'a roster with an unknown plan is refused as a whole (§8.4), so that no row can fail this way',
      });
    const { added, removed } = await run.resultsOf(group, run.accepted(answer, 4));
    expect(added.length, 'number added by the two good rows around a failing one').toBe(2);
    expect(removed, 'removed beside a failing row').toEqual([ids[0]]);
    expect(await run.removeAllMembers(group), 'members afterwards').toEqual(sorted([ids[1] as string, ...added]));
  }),
  rule(
    'LIFE-10',
    'a blocked row does not stop the others',
    async (run) => {
      const { row } = await blockedPerson(run);
      const group = await run.group();
      const { rows, ids } = await enrolled(run, group, 2);
      const roster = [rows[1] as MemberRow, run.people.one(), row, run.people.one()];
      const { added, removed, failures } = await run.sync(group, roster);
      if (!failures.some(({ reference_id }) => reference_id === row.reference_id))
        throw new PreconditionFailed('the row of a person active under another organization did not fail', 'LIFE-9');
      expect(added.length, 'number added by the two good rows around a blocked one').toBe(2);
      expect(removed, 'removed beside a blocked row').toEqual([ids[0]]);
      expect(await run.removeAllMembers(group), 'members afterwards').toEqual(sorted([ids[1] as string, ...added]));
    },
    { needs: ['other-key'] },
  ),
  rule('LIFE-11', 'a person who was added to a second group is no longer present in the first', async (run) => {
    const [first, second] = [await run.group(), await run.group()];
    const person = run.people.one();
    const beside = run.people.one();
    await run.sync(first, [person, beside]);
    const { reference_id } = run.people.one();
    const moved = await run.sync(second, [{ ...person, reference_id, email: person.email?.toUpperCase() ?? null }]);
    // Refusing the addition is legal too (§8.3): then they are active in one group, the first.
    if (moved.added.length === 0) {
      expect(
        moved.failures.map((failure) => failure.reference_id),
        'the failure of their row',
      ).toEqual([reference_id]);
      return;
    }
    const back = await run.sync(first, [person, beside]);
    const touched = back.added.length + back.failures.length;
    expect(touched, 'additions and failures when the first group lists them again, where they were no longer').toBe(1);
  }),
  rule('LIFE-12', 'a blocked row succeeds once the block is gone', async (run) => {
    const { other, row } = await blockedPerson(run);
    const group = await run.group();
    const before = await run.sync(group, [row]);
    if (before.added.length > 0)
      throw new PreconditionFailed('a person active under another organization was added', 'LIFE-9');
    const { removed } = await run.sync(other, []);
    if (removed.length === 0) throw new PreconditionFailed('an empty roster removed nobody', 'SYNC-9');
    const { added, failures } = await run.sync(group, [row]);
    expect(failures, 'failures after the other subscription ended').toEqual([]);
    expect(added.length, 'number added after the other subscription ended').toBe(1);
  }),
  rule('LIFE-13', 'the same person under a new reference_id is one removal and one addition', async (run) => {
    const group = await run.group();
    const { rows, ids } = await enrolled(run, group, 2);
    const [person, beside] = rows as [MemberRow, MemberRow];
    const { reference_id } = run.people.one();
    const { added, removed, failures } = await run.sync(group, [{ ...person, reference_id }, beside]);
    expect(removed, 'removed').toEqual([ids[0]]);
    expect(added.length, 'number added').toBe(1);
    expect(failures, 'failures').toEqual([]);
  }),
  rule('LIFE-14', 'people who share some details, but not those that identify a person, are all added', async (run) => {
    const group = await run.group();
    const { base, sharing } = similarPeople(run);
    const rows = [base, ...Object.values(sharing)];
    const { added, failures } = await run.sync(group, rows);
    expect(named(failures, sharing), 'different people whose row failed').toEqual([]);
    expect(added.length, 'number added of different people').toBe(rows.length);
    expect(new Set(added).size, 'distinct ids among them').toBe(rows.length);
  }),
  rule('LIFE-14', 'nor are they treated as a person who is active in another group', async (run) => {
    const [group, other] = [await run.group(), await run.group()];
    const { base, sharing } = similarPeople(run);
    await run.sync(group, [base]);
    const { failures } = await run.sync(other, Object.values(sharing));
    expect(named(failures, sharing), 'different people whose row failed').toEqual([]);
    const { added, removed } = await run.sync(group, [base]);
    expect([...added, ...removed], 'added and removed by the roster of the first group again').toEqual([]);
  }),
  rule('LIFE-15', 'what holds for a small roster holds for the largest', async (run) => {
    const group = await run.group();
    const rows = run.people.many(maxRows);
    const { added, failures } = await run.sync(group, rows);
    expect(failures.length, `number of failures of ${maxRows} rows`).toBe(0);
    expect(new Set(added).size, `distinct ids added by ${maxRows} rows`).toBe(maxRows);
    const again = await run.sync(group, rows);
    const counts = [again.added, again.removed, again.failures].map(({ length }) => length);
    expect(counts, 'numbers added, removed and failed by the same roster again').toEqual([0, 0, 0]);
    const { removed } = await run.sync(group, []);
    expect(removed.length, `number removed by an empty roster of ${maxRows}`).toBe(maxRows);
    const known = new Set(added);
    const unknown = removed.filter((id) => !known.has(id));
    expect(unknown.slice(0, 5), 'ids removed that were never added').toEqual([]);
    const returned = await run.sync(group, [rows[maxRows - 1] as MemberRow]);
    expect(returned.added.length, 'number added when the last row returns').toBe(1);
  }),
];
