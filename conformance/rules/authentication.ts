import { type OperationId, operations } from '../../generated/operations.ts';
import { type Answer, type Call, fieldsIn } from '../run/answer.ts';
import { rule, should } from '../run/check.ts';
import type { CheckContext } from '../run/context.ts';
import { CheckFailed, expect } from '../run/expect.ts';
import type { TestGroup } from '../run/test-group.ts';
import { otherCase, unknownId, withoutUpdatedAt } from './support.ts';

/** Expects 401 with the error body from a call without a key. */
async function expectUnauthorized(run: CheckContext, operation: OperationId, call: Call = {}): Promise<void> {
  const answer = await run.sendWithKey(null, { operation, ...call });
  expect(answer.status, `${operation} without a key: status`).toBe(401);
  const fault = run.session.bodies.error(answer.json);
  if (fault !== null)
    throw new CheckFailed(`body of ${operation} without a key`, {
      expected: 'the error body of the contract',
      received: fault,
    });
}

/**
 * Keys that nobody has: well-formed ones, and variations of the run's own. Only the part before a dot varies, because the
 * rest may be the caller's choice, such as the name of a sandbox.
 */
function unknownKeys({ session: { settings } }: CheckContext): string[] {
  const [own = '', rest = ''] = settings.apiKey.split(/(?=\.)(.*)/s);
  const random = own.replace(/^vit_apk_/, '');
  return [
    `vit_apk_ct-${settings.runId}`,
    `vit_at_ct-${settings.runId}`,
    `${own}0${rest}`,
    own.slice(0, -1) + rest,
    random + rest,
    otherCase(own) + rest,
    own.slice(0, -random.length) + otherCase(random) + rest,
  ].filter((key) => key !== settings.apiKey && key !== '');
}

/** The run's own key, sent in other ways than with the Bearer scheme. */
function otherSchemes({ session: { settings } }: CheckContext): string[] {
  const { apiKey } = settings;
  return [apiKey, `Basic ${Buffer.from(`${apiKey}:`).toString('base64')}`, `Token ${apiKey}`, `Key ${apiKey}`];
}

/** The operations on groups, plans and syncs. */
type GroupOperation = Exclude<OperationId, 'issueAccessToken' | 'listMembers' | 'retrieveMember'>;

/** A call on a group of another organization, and the same call on an unknown group. */
interface Twins {
  readonly what: string;
  readonly foreign: Call;
  readonly unknown: Call;
}

/** Requests with valid and invalid bodies on a group, and on one that does not exist. */
function twinsOf(groupId: string, requestId: string): Twins[] {
  const stranger = { group_id: unknownId('grp'), request_id: unknownId('grpmsr') };
  const own = { group_id: groupId, request_id: requestId };
  const twins = (operation: OperationId, call: Call = {}): Twins => ({
    what: `${operation} with ${call.rawBody ?? JSON.stringify(call.body) ?? 'no body'}`,
    foreign: { operation, params: own, ...call },
    unknown: { operation, params: stranger, ...call },
  });
  return [
    twins('retrieveGroup'),
    twins('retrieveMemberSync'),
    ...[{ body: { name: 7 } }, { body: {} }, { rawBody: '{"name": ' }].map((call) => twins('updateGroup', call)),
    ...[{ body: {} }, { body: { members: [null] } }, { rawBody: '{"members": [' }].map((call) =>
      twins('submitMemberSync', call),
    ),
  ];
}

/** Masks an id in a text, which may quote or truncate it. */
function withoutId(text: string, id: string): string {
  const start = id.slice(0, 12).replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.replaceAll(new RegExp(`["']?${start}[^\\s"']*["']?`, 'g'), '<id>');
}

/** What an answer says, without what differs between any two answers: times, trace ids and the ids of the request. */
function toldBy({ status, json }: Answer, ids: Call['params'] = {}): Readonly<Record<string, unknown>> {
  const { message, app_error_code } = fieldsIn(json);
  const text = Object.values(ids).reduce(withoutId, String(message));
  return { status, message: text, app_error_code: app_error_code ?? null };
}

/** A call of every operation on an existing group and sync, valid except for the key. */
async function callsOnOwnGroup(run: CheckContext): Promise<[OperationId, Call][]> {
  const group = await run.group();
  const request_id = await run.submit(group, []);
  const params = { group_id: group.id };
  const calls: { readonly [Id in GroupOperation]: Call } = {
    createGroup: { body: run.groupBody() },
    listGroups: {},
    retrieveGroup: { params },
    updateGroup: { params, body: { name: 'Changed without a key' } },
    submitMemberSync: { params, body: { members: [] } },
    retrieveMemberSync: { params: { ...params, request_id } },
    listPlans: {},
  };
  return Object.entries(calls) as [GroupOperation, Call][];
}

/** Expects that another organization's key cannot reach a group by any operation, nor its sync under a group of its own. */
async function expectUnreachable(run: CheckContext, group: TestGroup, stranger: TestGroup): Promise<void> {
  const params = { group_id: group.id };
  const request_id = await run.submit(group, []);
  const body = { name: 'Changed by a stranger', external_reference_id: run.reference() };
  const calls: [OperationId, Call][] = [
    ['retrieveGroup', { params }],
    ['updateGroup', { params, body }],
    ['submitMemberSync', { params, body: { members: [] } }],
    ['retrieveMemberSync', { params: { ...params, request_id } }],
    ['retrieveMemberSync', { params: { group_id: stranger.id, request_id } }],
  ];
  for (const [operation, call] of calls) {
    const answer = await run.sendWithKey(stranger.key, { operation, ...call });
    expect(answer.status, `${operation} by another organization: status`).toBe(404);
  }
  const { data } = await group.send('retrieveGroup');
  expect(withoutUpdatedAt(data), 'the group after the update by another organization').toEqual(
    withoutUpdatedAt(group.created),
  );
}

export const authenticationChecks = [
  rule(
    'AUTH-1',
    'the lists answer 401 without a key',
    async (run) => {
      await expectUnauthorized(run, 'listGroups');
      await expectUnauthorized(run, 'listGroups', { query: { page: 2, limit: 1 } });
      await expectUnauthorized(run, 'listPlans');
    },
    { readOnly: true },
  ),
  rule('AUTH-1', 'every operation on an existing group answers 401 without a key', async (run) => {
    for (const [operation, call] of await callsOnOwnGroup(run)) await expectUnauthorized(run, operation, call);
  }),
  rule(
    'AUTH-2',
    'the lists answer 401 to a key that nobody has',
    async (run) => {
      for (const key of unknownKeys(run))
        for (const operation of ['listGroups', 'listPlans'] as const) {
          const answer = await run.sendWithKey(key, { operation });
          expect(answer.status, `${operations[operation].path} with an unknown key: status`).toBe(401);
        }
    },
    { readOnly: true },
  ),
  rule('AUTH-2', 'every operation on an existing group answers 401 to a key that nobody has', async (run) => {
    const unknownKey = `vit_apk_ct-${run.session.settings.runId}`;
    for (const [operation, call] of await callsOnOwnGroup(run)) {
      const answer = await run.sendWithKey(unknownKey, { operation, ...call });
      expect(answer.status, `${operation} with an unknown key: status`).toBe(401);
    }
  }),
  should(
    'AUTH-2',
    "the list answers 401 to the run's own key without the Bearer scheme",
    async (run) => {
      for (const authorization of otherSchemes(run)) {
        const answer = await run.sendWithKey(null, { operation: 'listGroups', headers: { authorization } });
        const scheme = authorization.includes(' ') ? authorization.split(' ')[0] : 'no scheme';
        expect(answer.status, `status of a list with the key under ${scheme}`).toBe(401);
      }
    },
    { readOnly: true },
  ),
  rule(
    'AUTH-3',
    "another organization's group gets the same answer as an unknown one, whatever the body",
    async (run) => {
      const group = await run.group();
      for (const { what, foreign, unknown } of twinsOf(group.id, await run.submit(group, []))) {
        const [told, expected] = [await run.sendAsOther(foreign), await run.sendAsOther(unknown)];
        expect(toldBy(told, foreign.params), `${what} on another organization's group`).toEqual(
          toldBy(expected, unknown.params),
        );
      }
    },
  ),
  rule(
    'AUTH-3',
    'another organization cannot reach a group by any operation, and an update has no effect',
    async (run) => {
      const [own, other] = [await run.group(), await run.otherGroup()];
      await expectUnreachable(run, own, other);
      await expectUnreachable(run, other, own);
    },
  ),
  rule('AUTH-3', "another organization's syncs do not reach a group's members", async (run) => {
    const group = await run.group();
    const { added } = await run.sync(group, run.people.many(2));
    await run.sendAsOther({ operation: 'submitMemberSync', params: { group_id: group.id }, body: { members: [] } });
    expect(await run.removeAllMembers(group), 'members after a sync by another organization').toEqual(
      [...added].sort(),
    );
  }),
  rule('AUTH-3', "groups are absent from another organization's list, on its first pages and its last", async (run) => {
    await run.otherGroup();
    await run.groupToRefuse();
    const page = async (number: number, limit: number) =>
      run.sendAsOther({ operation: 'listGroups', query: { limit, page: number } });
    const first = await page(1, 100);
    const last = await page(Math.max(1, Number(first.pagination.total_pages) || 1), 100);
    for (const answer of [first, last, await page(2, 1), await page(3, 1)]) {
      const foreign = answer.rows.filter(({ id }) => run.ownGroupIds.has(String(id)));
      expect(foreign, "groups of this organization on a page of the other's list").toEqual([]);
    }
  }),
  rule('AUTH-3', "a group is absent from another organization's list by reference", async (run) => {
    const group = await run.groupToRefuse();
    const query = { external_reference_id: String(group.created.external_reference_id) };
    const found = await run.sendAsOther({ operation: 'listGroups', query });
    expect(found.rows, "another organization's list, filtered by the group's reference").toEqual([]);
    // PAGE-1 judges whether it is an integer.
    if (Number.isInteger(found.pagination.total)) expect(found.pagination.total, 'total of that list').toBe(0);
  }),
  rule(
    'AUTH-3',
    "a new group does not count in another organization's total",
    async (run) => {
      const total = async () =>
        (await run.sendAsOther({ operation: 'listGroups', query: { limit: 1 } })).pagination.total;
      // Others may write there too, so only a total that rises every time is a leak.
      for (let attempt = 1; attempt <= 3; attempt += 1) {
        const before = await total();
        await run.group();
        const after = await total();
        if (after === before) return;
        if (attempt === 3) expect(after, "another organization's total after a group was created here").toBe(before);
      }
    },
    { exclusive: true },
  ),
  rule(
    'AUTH-4',
    'a retrieval of an unknown group without a key is 401, not 404',
    async (run) => {
      const call: Call = { operation: 'retrieveGroup', params: { group_id: unknownId('grp') } };
      expect((await run.sendWithKey(null, call)).status, 'status').toBe(401);
    },
    { readOnly: true },
  ),
  rule('AUTH-4', 'an invalid or malformed body without a key is 401, not 400', async (run) => {
    for (const body of [{ body: { name: 7 } }, { rawBody: '{"name": ' }]) {
      const { status } = await run.sendWithKey(null, { operation: 'createGroup', ...body });
      expect(status, `status of create with ${JSON.stringify(body)}`).toBe(401);
    }
  }),
];
