import contract from '../../generated/openapi.json' with { type: 'json' };
import type { Answer, Call } from '../run/answer.ts';
import { rule, should } from '../run/check.ts';
import type { CheckContext } from '../run/context.ts';
import { claim, expect } from '../run/expect.ts';
import type { MemberRow } from '../run/people.ts';
import { NotApplicable, PreconditionFailed } from '../run/preconditions.ts';
import { isCompleted, type Results, results, sorted } from '../run/sync-results.ts';
import type { TestGroup } from '../run/test-group.ts';
import { backOff, pause } from '../run/waiting.ts';
import { expectAllAdded } from './rows.ts';
import { expectNoViolation, isInvalid, momentOf, otherCase, unknownId } from './support.ts';

const maxRows = contract.components.schemas.SubmitMemberSyncRequest.properties.members.maxItems;

const nothing: Results = { added: [], removed: [], failures: [] };

/** Expects that a sync adds, removes and fails nothing. */
function expectNothing(found: Results, what: string): void {
  expect(found, what).toEqual(nothing);
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

/** A plan that the second organization has and the first does not. */
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

/**
 * Submits pairs of rosters back to back, and expects the first of each pair to find the second of the previous pair applied.
 * Repeats this often enough that no service passes by luck.
 */
async function race(run: CheckContext, group: TestGroup): Promise<void> {
  const people = run.people.many(40);
  // A long roster and a short one, since a service may be slower with the former.
  let [earlier, later] = [people, people.slice(0, 2)];
  for (let pair = 1; pair <= 7; pair += 1) {
    const first = await run.submit(group, earlier);
    const answer = await group.submitAtOnce(later);
    if (answer.status === 409)
      throw new NotApplicable({ because: 'reading', message: 'a sync that overlaps another is refused (§8.27)' });
    const second = run.accepted(answer, later.length);
    const found = await run.resultsOf(group, first);
    await run.resultsOf(group, second);
    if (pair > 1) expectNothing(found, `results of the roster that pair ${pair - 1} of overlapping syncs ended with`);
    [earlier, later] = [later, earlier];
  }
}

/** Expects that an empty roster removes everyone from groups of these sizes, and a second one removes nobody. */
async function expectAllRemoved(run: CheckContext, group: TestGroup, sizes: readonly number[]): Promise<void> {
  const { plan_id } = (group.key === run.session.settings.apiKey ? run.people : run.otherPeople).one();
  for (const size of sizes) {
    const rows = run.people.many(size).map((row) => ({ ...row, plan_id }));
    const { added } = await run.sync(group, rows);
    if (new Set(added.filter(Boolean)).size !== size)
      throw new PreconditionFailed(`adding ${size} people reported other ids`, 'LIFE-1');
    const answer = await group.submit([]);
    expect(answer.status, 'status of an empty roster').toBe(202);
    const { removed } = await run.resultsOf(group, run.accepted(answer, 0));
    expect(sorted(removed), `removed by an empty roster of a group of ${size}`).toEqual(sorted(added));
    const second = await group.submit([]);
    expect(second.status, 'status of an empty roster for an empty group').toBe(202);
    const again = await run.resultsOf(group, run.accepted(second, 0));
    expect(again.removed, 'removed by a second empty roster').toEqual([]);
  }
}

export const syncChecks = [
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
    await run.submit(await run.group(), []);
    const last = await run.settled(group, params.request_id);
    expect(receiptOf(last), 'the same values after a sync of another group').toEqual(receiptOf(receipt));
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
  rule('SYNC-3', 'results are set in a completed request that changed nothing, too', async (run) => {
    const group = await run.group();
    const rows = run.people.many(1);
    for (const roster of [[], rows, rows]) {
      const answer = await run.settled(group, await run.submit(group, roster));
      if (answer.status !== 200)
        throw new PreconditionFailed(`retrieving a sync request answered ${answer.status}`, 'SYNC-2');
      const { completed_at, results } = answer.data;
      claim((results === null) === (completed_at === null), 'completed_at and results', 'both null, or both set', {
        completed_at,
        results,
      });
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
    // If the whole roster is refused (§8.4), no failure can be provoked with one key.
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
    // One row is added, one removed and, unless the whole roster is refused (§8.4), one fails.
    const mixed = await group.submit([b, c, run.people.one({ plan_id: unknownId('pln') })]);
    await complete(isInvalid(mixed) ? await run.submit(group, [b, c]) : run.accepted(mixed, 3));
    await expectSame('after a later sync');
    await run.sync(group, []);
    await expectSame('after everyone was removed');
  }),
  rule(
    'SYNC-6',
    'the first requests of this run can still be retrieved at its end',
    async (run) => {
      if (run.session.requestIds.size === 0) await run.sync(await run.group(), []);
      const synced = run.session.groups.filter(({ firstCompleted }) => firstCompleted !== undefined);
      for (const { id, key, firstCompleted } of synced.slice(0, 5)) {
        const params = { group_id: id, request_id: String(firstCompleted) };
        // The observer of the run judges whether its results are the same.
        const { status } = await run.sendWithKey(key, { operation: 'retrieveMemberSync', params });
        expect(status, 'status of a request from the beginning of the run').toBe(200);
      }
    },
    { audit: true },
  ),
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
  rule('SYNC-9', 'an empty roster is accepted and removes everyone, few or many', async (run) =>
    expectAllRemoved(run, await run.group(), [3, 101]),
  ),
  rule(
    'SYNC-9',
    'an empty roster of the second organization removes everyone as well',
    async (run) => expectAllRemoved(run, await run.otherGroup(), [3]),
    { needs: ['other-key'] },
  ),
  rule('SYNC-13', '5,000 rows are accepted and applied, 5,001 are 400', async (run) => {
    const group = await run.group();
    const rows = run.people.many(maxRows);
    const { status } = await group.submit([...rows, run.people.one()]);
    expect(status, `status of ${maxRows + 1} rows`).toBe(400);
    await expectAllAdded(run, group, rows, `${maxRows} rows`);
  }),
  rule(
    'SYNC-14',
    'a sync of an unknown group is 404, and so is an unknown request id, even one that differs only in case',
    async (run) => {
      const body = { members: run.people.many(1) };
      const submitted = await run.send({ operation: 'submitMemberSync', params: { group_id: unknownId('grp') }, body });
      expect(submitted.status, 'status of a sync of an unknown group').toBe(404);
      const group = await run.groupToRefuse();
      const params = { group_id: group.id, request_id: unknownId('grpmsr') };
      const retrieved = await run.send({ operation: 'retrieveMemberSync', params });
      expect(retrieved.status, 'status of an unknown request id').toBe(404);
      const synced = await run.group();
      const known = await run.submit(synced, []);
      const request_id = `grpmsr_${otherCase(known.slice('grpmsr_'.length, -1))}${known.slice(-1)}`;
      const call: Call = { operation: 'retrieveMemberSync', params: { group_id: synced.id, request_id } };
      if (request_id !== known)
        expect((await run.send(call)).status, `status of ${request_id}, for ${known}`).toBe(404);
    },
  ),
  should('SYNC-14', 'a request under another group is 404', async (run) => {
    const [group, other] = [await run.group(), await run.groupToRefuse()];
    const params = { group_id: other.id, request_id: await run.submit(group, []) };
    const { status } = await run.send({ operation: 'retrieveMemberSync', params });
    expect(status, 'status of a request asked for under another group').toBe(404);
  }),
  rule('SYNC-15', 'an unknown plan never adds a member, nor does one whose id differs only in case', async (run) => {
    await expectPlanNeverAdds(run, unknownId('pln'));
    const { plan_id } = run.people.one();
    const random = plan_id.slice(plan_id.indexOf('_') + 1);
    const other = plan_id.slice(0, -random.length) + otherCase(random);
    if (other !== plan_id) await expectPlanNeverAdds(run, other);
  }),
  rule(
    'SYNC-15',
    'a plan of another organization never adds a member',
    async (run) => expectPlanNeverAdds(run, await foreignPlan(run)),
    { needs: ['other-key'] },
  ),
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
  rule('SYNC-19', 'of two overlapping syncs, the one that was accepted later decides', async (run) => {
    const groups = [await run.group(), await run.group(), await run.group()];
    await Promise.all(groups.map((group) => race(run, group)));
  }),
];
