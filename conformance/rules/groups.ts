import contract from '../../generated/openapi.json' with { type: 'json' };
import type { Answer, Call } from '../run/answer.ts';
import { rule, should } from '../run/check.ts';
import type { CheckContext } from '../run/context.ts';
import { CheckFailed, claim, expect } from '../run/expect.ts';
import { NotApplicable, PreconditionFailed } from '../run/preconditions.ts';
import type { TestGroup } from '../run/test-group.ts';
import { showValue } from '../show-value.ts';
import { contractFields, expectRefused, isInvalid, momentOf, utcTimestamp, withoutUpdatedAt } from './support.ts';

const longest = contract.components.schemas.CreateGroupRequest.properties.name.maxLength;

const create = (run: CheckContext, body: unknown, rawBody?: string) =>
  run.send({ operation: 'createGroup', body, ...(rawBody !== undefined && { rawBody }) });

const listed = async (run: CheckContext, reference: unknown) =>
  (await run.send({ operation: 'listGroups', query: { external_reference_id: String(reference) } })).rows;

/** The group with a reference as the list has it. Fails the check if it is not there. */
async function listedGroup(run: CheckContext, reference: unknown): Promise<Answer['data']> {
  const [group] = await listed(run, reference);
  if (group === undefined) throw new CheckFailed(`the group with reference ${showValue(reference)} is not in the list`);
  return group;
}

/** The group as retrieve returns it now. */
async function current(group: TestGroup): Promise<TestGroup['created']> {
  const { data, status } = await group.send('retrieveGroup');
  if (status !== 200) throw new PreconditionFailed(`retrieving a group answered ${status}`, 'GRP-4');
  return data as TestGroup['created'];
}

/** Expects that a group is as it was retrieved before, but perhaps for `updated_at`. */
async function expectUnchanged(group: TestGroup, before: TestGroup['created'], what: string): Promise<void> {
  expect(withoutUpdatedAt(await current(group)), `the group after ${what}`).toEqual(withoutUpdatedAt(before));
}

/** Names that a careless service alters. */
const names = [
  'Bäckerei Łódź & Söhne',
  'Cafe\u0301 with a combining accent',
  '株式会社サンプル 👩‍🍳',
  '  two spaces before,  between  and after  ',
  `O'Brien "& Co" <b>/\\%`,
  'n'.repeat(longest),
];

/** Expects a success with whichever status; which it is to be is GRP-1's business. */
function expectAccepted({ status }: Answer, what: string): void {
  claim(status >= 200 && status < 300, `status of ${what}`, 'a 2xx', status);
}

const notStrings = [7, true, ['a'], { a: 1 }];

export const groups = [
  rule('GRP-1', 'create answers 201 or 200 with a group', async (run) => {
    const answer = await create(run, run.groupBody());
    claim([200, 201].includes(answer.status), 'status of create', '201 or 200', answer.status);
    expect(answer.data.id, 'id').toBeTypeOf('string');
    // Which name is GRP-2's business.
    expect(answer.data.name, 'name').toBeTypeOf('string');
  }),
  should('GRP-1', 'the status is 201', async (run) => {
    expect((await create(run, run.groupBody())).status, 'status of create').toBe(201);
  }),
  rule('GRP-2', 'create and retrieve echo names and references exactly', async (run) => {
    for (const name of names) {
      const prefix = run.reference();
      const external_reference_id = `${prefix}${name}`.slice(0, longest);
      const answer = await create(run, { name, external_reference_id });
      expect(answer.data.name, `name in create, status ${answer.status}`).toBe(name);
      expect(answer.data.external_reference_id, 'external_reference_id in create').toBe(external_reference_id);
      const params = { group_id: String(answer.data.id) };
      const { data } = await run.send({ operation: 'retrieveGroup', params });
      expect(data.name, 'name in retrieve').toBe(name);
      expect(data.external_reference_id, 'external_reference_id in retrieve').toBe(external_reference_id);
    }
  }),
  rule('GRP-2', 'a reference of 255 characters is echoed whole', async (run) => {
    const reference = run.reference().padEnd(longest, 'r');
    const answer = await create(run, { ...run.groupBody(), external_reference_id: reference });
    expect(answer.data.external_reference_id, `external_reference_id, status ${answer.status}`).toBe(reference);
  }),
  rule('GRP-2', 'a name and a reference with a NUL are refused, or echoed whole', async (run) => {
    const body = { name: 'Before \u0000 after', external_reference_id: `${run.reference()}\u0000after` };
    const answer = await create(run, body);
    if (answer.status >= 400) return;
    const { data } = await run.send({ operation: 'retrieveGroup', params: { group_id: String(answer.data.id) } });
    for (const [where, group] of Object.entries({ create: answer.data, retrieve: data })) {
      expect(group.name, `name in ${where}`).toBe(body.name);
      expect(group.external_reference_id, `external_reference_id in ${where}`).toBe(body.external_reference_id);
    }
  }),
  should('GRP-2', '255 characters that are not ASCII are echoed whole', async (run) => {
    const prefix = run.reference();
    const name = 'é'.repeat(longest);
    const external_reference_id = prefix + 'é'.repeat(longest - prefix.length);
    const answer = await create(run, { name, external_reference_id });
    expect(answer.data.name, `name, status ${answer.status}`).toBe(name);
    expect(answer.data.external_reference_id, 'external_reference_id').toBe(external_reference_id);
  }),
  rule('GRP-3', 'created_at and updated_at are RFC 3339 in UTC, or null', async (run) => {
    const group = await run.group();
    const updated = await group.send('updateGroup', { body: { name: 'Renamed' } });
    const [inList = {}] = await listed(run, group.created.external_reference_id);
    for (const [where, data] of Object.entries({ create: group.created, update: updated.data, list: inList }))
      for (const name of ['created_at', 'updated_at']) {
        const value = data[name];
        // That it is present is ERR-8's business.
        if ((value ?? null) === null) continue;
        expect(value, `${name} in ${where}`).toMatch(utcTimestamp);
        claim(!Number.isNaN(Date.parse(String(value))), `${name} in ${where}`, 'a date that exists', value);
      }
  }),
  rule('GRP-4', 'retrieve and list return what create returned', async (run) => {
    const group = await run.group();
    expect(contractFields(await current(group)), 'the group in retrieve').toEqual(contractFields(group.created));
    const inList = await listedGroup(run, group.created.external_reference_id);
    expect(contractFields(inList), 'the group in the list').toEqual(contractFields(group.created));
  }),
  rule('GRP-5', 'an update of name alone changes only name', async (run) => {
    const group = await run.group();
    for (const name of ['Renamed – новое имя', 'r'.repeat(longest)]) {
      const expected = { ...withoutUpdatedAt(await current(group)), name };
      const answer = await group.send('updateGroup', { body: { name } });
      expectAccepted(answer, 'an update of name');
      expect(withoutUpdatedAt(answer.data), 'the group in update').toEqual(expected);
      expect(withoutUpdatedAt(await current(group)), 'the group afterwards').toEqual(expected);
      const inList = await listedGroup(run, group.created.external_reference_id);
      expect(withoutUpdatedAt(inList), 'the group in the list afterwards').toEqual(expected);
    }
  }),
  rule('GRP-5', 'an update of both fields changes both, in retrieve and in the list too', async (run) => {
    const group = await run.group();
    const body = { name: 'Renamed with its reference', external_reference_id: run.reference() };
    const expected = { ...withoutUpdatedAt(await current(group)), ...body };
    const answer = await group.send('updateGroup', { body });
    expectAccepted(answer, 'an update of both fields');
    expect(withoutUpdatedAt(answer.data), 'the group in update').toEqual(expected);
    expect(withoutUpdatedAt(await current(group)), 'the group afterwards').toEqual(expected);
    const inList = await listedGroup(run, body.external_reference_id);
    expect(withoutUpdatedAt(inList), 'the group listed by its new reference').toEqual(expected);
  }),
  rule('GRP-6', 'an update of external_reference_id alone changes only that', async (run) => {
    const group = await run.group();
    const external_reference_id = run.reference().padEnd(longest, 'r');
    const expected = { ...withoutUpdatedAt(await current(group)), external_reference_id };
    const answer = await group.send('updateGroup', { body: { external_reference_id } });
    expectAccepted(answer, 'an update of external_reference_id');
    expect(withoutUpdatedAt(answer.data), 'the group in update').toEqual(expected);
    expect(withoutUpdatedAt(await current(group)), 'the group afterwards').toEqual(expected);
    expect((await listed(run, external_reference_id))[0]?.id, 'the group listed by its new reference').toBe(group.id);
    expect(await listed(run, group.created.external_reference_id), 'groups with its old reference').toEqual([]);
  }),
  rule('GRP-6', 'an update to the reference that the group already has changes nothing', async (run) => {
    const group = await run.group();
    const before = await current(group);
    const { external_reference_id } = group.created;
    const answer = await group.send('updateGroup', { body: { external_reference_id } });
    expectAccepted(answer, 'an update to its own reference');
    await expectUnchanged(group, before, 'an update to its own reference');
  }),
  rule('GRP-7', 'an update without a body is a 200 that changes nothing', async (run) => {
    const group = await run.group();
    const before = await current(group);
    expect((await group.send('updateGroup')).status, 'status of an update without a body').toBe(200);
    await expectUnchanged(group, before, 'an update without a body');
  }),
  rule('GRP-7', 'an empty update, or one of nulls, is a 200 that changes nothing', async (run) => {
    const group = await run.group();
    const before = await current(group);
    for (const body of [
      {},
      { name: null },
      { external_reference_id: null },
      { name: null, external_reference_id: null },
    ]) {
      const what = `an update with ${JSON.stringify(body)}`;
      expect((await group.send('updateGroup', { body })).status, `status of ${what}`).toBe(200);
      await expectUnchanged(group, before, what);
    }
  }),
  rule('GRP-8', 'an update that speaks of members leaves them alone', async (run) => {
    const group = await run.group();
    const rows = run.people.many(2);
    const { added } = await run.sync(group, rows);
    const bodies = [
      { name: 'Renamed' },
      { name: 'Renamed', members: [] },
      { members: run.people.many(1) },
      { external_reference_id: run.reference() },
      { name: 'Renamed again', external_reference_id: run.reference() },
      { group_member_ids: [], removed_group_member_ids: added, plan_id: rows[0]?.plan_id },
    ];
    for (const body of bodies) await group.send('updateGroup', { body });
    expect(await run.removeAllMembers(group), 'members after the updates').toEqual([...added].sort());
  }),
  rule('GRP-9', 'updates keep id, organization_id and created_at, and updated_at does not go back', async (run) => {
    const group = await run.group();
    const kept = ({ id, organization_id, created_at }: Readonly<Record<string, unknown>>) => ({
      id,
      organization_id,
      created_at: momentOf(created_at),
    });
    const moment = (data: Readonly<Record<string, unknown>>) => Date.parse(String(data.updated_at));
    const bodies = [
      { name: 'Renamed once' },
      { external_reference_id: run.reference() },
      { name: 'Renamed twice', id: 'grp_0', organization_id: 'org_0', created_at: '2001-01-01T00:00:00Z' },
    ];
    const first = await current(group);
    let before = first;
    for (const body of bodies) {
      await group.send('updateGroup', { body });
      const after = await current(group);
      expect(kept(after), `the group after an update with ${JSON.stringify(body)}`).toEqual(kept(first));
      if (Number.isFinite(moment(before)) && Number.isFinite(moment(after)))
        claim(moment(after) >= moment(before), 'updated_at after an update', `${before} or later`, after);
      before = after;
    }
  }),
  rule('GRP-10', 'create refuses a bad name and creates nothing', async (run) => {
    const { name, ...withoutName } = run.groupBody();
    const bad: unknown[] = ['', 'n'.repeat(longest + 1), null, ...notStrings];
    const bodies = bad.map((value) => ({ ...withoutName, name: value }));
    for (const body of [withoutName, { ...withoutName, NAME: name }, ...bodies]) {
      const what = `create with ${'name' in body ? `name ${JSON.stringify(body.name).slice(0, 20)}` : Object.keys(body).join(' and ')}`;
      expectRefused(await create(run, body), what);
      expect(await listed(run, withoutName.external_reference_id), `groups after ${what}`).toEqual([]);
    }
  }),
  should('GRP-10', 'create and update refuse a body that is not an object', async (run) => {
    const group = await run.groupToRefuse();
    expectRefused(await create(run, undefined, 'null'), 'create with null');
    // Of a null in an update nothing is asserted: its body may be left out.
    for (const rawBody of ['[]', '"text"', '7', 'true', '[{"name": "In a list"}]']) {
      expectRefused(await create(run, undefined, rawBody), `create with ${rawBody}`);
      expectRefused(await group.send('updateGroup', { rawBody }), `update with ${rawBody}`);
    }
  }),
  rule('GRP-10', 'update refuses a bad name and changes nothing', async (run) => {
    const group = await run.group();
    const before = await current(group);
    for (const name of ['', 'n'.repeat(longest + 1), ...notStrings]) {
      const what = `an update with name ${JSON.stringify(name).slice(0, 20)}`;
      expectRefused(await group.send('updateGroup', { body: { name } }), what);
      await expectUnchanged(group, before, what);
    }
  }),
  rule('GRP-11', 'a group can be created without external_reference_id', async (run) => {
    const answer = await create(run, { name: 'Conformance GRP-11' });
    expectAccepted(answer, 'create without a reference');
    const reference = answer.data.external_reference_id ?? '';
    expect(reference, 'external_reference_id of a group without one (empty, null or absent)').toBe('');
  }),
  rule('GRP-11', 'two groups without external_reference_id do not clash', async (run) => {
    const [first, second] = [await create(run, { name: 'None' }), await create(run, { name: 'None either' })];
    if (isInvalid(first))
      throw new NotApplicable({ because: 'reading', message: 'a group without a reference is refused (§8.2)' });
    // The run may have created another one without a reference before.
    expectAccepted(first, 'create of a group without a reference, beside others');
    expectAccepted(second, 'create of a second group without a reference');
    expect(second.data.id, 'id of the second group').not.toBe(first.data.id);
  }),
  rule('GRP-12', 'a reference that is taken is refused on create, and nothing is created', async (run) => {
    const group = await run.groupToRefuse();
    const before = await current(group);
    const { external_reference_id } = group.created;
    expectRefused(
      await create(run, { name: 'Second', external_reference_id }),
      'create with a reference that is taken',
    );
    const ids = (await listed(run, external_reference_id)).map(({ id }) => id);
    expect(ids, 'groups with that reference').toEqual([group.id]);
    await expectUnchanged(group, before, 'the refused create');
  }),
  rule('GRP-12', 'a reference that is taken is refused on update, and nothing changes', async (run) => {
    const [first, second] = [await run.group(), await run.group()];
    const before = await current(second);
    const { external_reference_id } = first.created;
    const body = { name: 'Renamed', external_reference_id };
    expectRefused(await second.send('updateGroup', { body }), 'update to a reference that is taken');
    await expectUnchanged(second, before, 'the refused update');
  }),
  rule('GRP-12', 'a reference that a group got by an update is taken as well', async (run) => {
    const [group, other] = [await run.group(), await run.group()];
    const external_reference_id = run.reference();
    const updated = await group.send('updateGroup', { body: { external_reference_id } });
    if (updated.status !== 200)
      throw new PreconditionFailed(`updating a reference answered ${updated.status}`, 'GRP-6');
    const before = await current(other);
    expectRefused(await create(run, { name: 'Second', external_reference_id }), 'create with an updated reference');
    const update = await other.send('updateGroup', { body: { external_reference_id } });
    expectRefused(update, 'update to the reference that another group was updated to');
    await expectUnchanged(other, before, 'the refused update');
    const ids = (await listed(run, external_reference_id)).map(({ id }) => id);
    expect(ids, 'groups with that reference').toEqual([group.id]);
  }),
  should('GRP-12', 'the status is 409', async (run) => {
    const [first, second] = [await run.group(), await run.group()];
    const { external_reference_id } = first.created;
    expect((await create(run, { name: 'Second', external_reference_id })).status, 'status of create').toBe(409);
    const update = await second.send('updateGroup', { body: { external_reference_id } });
    expect(update.status, 'status of update').toBe(409);
  }),
  rule('GRP-13', 'two groups may share a name', async (run) => {
    const name = 'Conformance GRP-13';
    const bodies = [run.groupBody(), run.groupBody()].map((body) => ({ ...body, name }));
    for (const [index, body] of bodies.entries())
      expectAccepted(await create(run, body), `create of group ${index + 1} of one name`);
    for (const { external_reference_id } of bodies)
      expect((await listed(run, external_reference_id)).length, 'groups with the reference of one of the two').toBe(1);
  }),
  rule('GRP-14', 'create and update refuse a reference that is too long or not a string', async (run) => {
    const group = await run.group();
    const before = await current(group);
    for (const external_reference_id of [run.reference().padEnd(longest + 1, 'r'), ...notStrings]) {
      const what = `external_reference_id ${JSON.stringify(external_reference_id).slice(0, 20)}`;
      expectRefused(await create(run, { name: 'Conformance GRP-14', external_reference_id }), `create with ${what}`);
      expectRefused(await group.send('updateGroup', { body: { external_reference_id } }), `update with ${what}`);
      await expectUnchanged(group, before, `the refused update with ${what}`);
    }
  }),
  rule('GRP-15', 'a reference that an update freed can be used again', async (run) => {
    const group = await run.group();
    const { external_reference_id } = group.created;
    await group.send('updateGroup', { body: { external_reference_id: run.reference() } });
    expectAccepted(await create(run, { name: 'Successor', external_reference_id }), 'create with the freed reference');
  }),
  rule(
    'GRP-15',
    'a reference that another organization uses can be used too',
    async (run) => {
      const { external_reference_id } = (await run.otherGroup()).created;
      const call: Call = { operation: 'createGroup', body: { name: 'Namesake', external_reference_id } };
      expectAccepted(await run.send(call), "create with the other organization's reference");
    },
    { needs: ['other-key'] },
  ),
  rule('GRP-16', 'references of groups that differ in case or white space are different', async (run) => {
    const base = run.reference();
    const references = [`${base}-a`, `${base}-A`, ` ${base}-a`, `${base}-a `, `${base}  -a`];
    const ids = new Map<string, unknown>();
    for (const external_reference_id of references) {
      const answer = await create(run, { name: 'Conformance GRP-16', external_reference_id });
      expectAccepted(answer, `create with reference ${JSON.stringify(external_reference_id)}`);
      ids.set(external_reference_id, answer.data.id);
    }
    for (const [reference, id] of ids)
      expect(
        (await listed(run, reference)).map((group) => group.id),
        `groups with reference ${JSON.stringify(reference)}`,
      ).toEqual([id]);
  }),
  rule('GRP-16', 'reference_ids of rows that differ in case or white space are different', async (run) => {
    const group = await run.group();
    const base = `ct-${run.reference()}`;
    const ids = [`${base}-a`, `${base}-A`, ` ${base}-a`, `${base}-a `];
    const answer = await group.submit(ids.map((reference_id) => run.people.one({ reference_id })));
    expect(answer.status, 'status of a roster whose reference_ids differ in case or white space').toBe(202);
    const { added, failures } = await run.resultsOf(group, run.accepted(answer, ids.length));
    expect(failures, 'failures').toEqual([]);
    expect(added.length, 'number added').toBe(ids.length);
  }),
];
