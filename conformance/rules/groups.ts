import { rule, should } from '../run/check.ts';
import type { CheckContext } from '../run/context.ts';
import { claim, expect } from '../run/expect.ts';
import type { TestGroup } from '../run/test-group.ts';
import {
  create,
  current,
  expectAccepted,
  expectUnchanged,
  listed,
  listedGroup,
  maxLength,
  notStrings,
} from './group-steps.ts';
import { contractFields, expectRefused, momentOf, utcTimestamp, withoutUpdatedAt } from './support.ts';

/** Names that a careless service alters. */
const names = [
  'Bäckerei Łódź & Söhne',
  'Cafe\u0301 with a combining accent',
  '株式会社サンプル 👩‍🍳',
  '  two spaces before,  between  and after  ',
  `O'Brien "& Co" <b>/\\%`,
  'n'.repeat(maxLength),
];

/** Updates both fields of a group twice, and expects both to be what every later answer shows. */
async function expectBothUpdated(run: CheckContext, group: TestGroup): Promise<void> {
  for (const name of ['  Renamed  with its reference  ', 'Renamed once more']) {
    const body = { name, external_reference_id: run.reference() };
    const { external_reference_id: old } = await current(group);
    const expected = { ...withoutUpdatedAt(await current(group)), ...body };
    const answer = await group.send('updateGroup', { body });
    expectAccepted(answer, 'an update of both fields');
    expect(withoutUpdatedAt(answer.data), 'the group in update').toEqual(expected);
    expect(withoutUpdatedAt(await current(group)), 'the group afterwards').toEqual(expected);
    const inList = await listedGroup(run, body.external_reference_id, group.key);
    expect(withoutUpdatedAt(inList), 'the group listed by its new reference').toEqual(expected);
    expect(await listed(run, old, group.key), 'groups with its old reference').toEqual([]);
  }
}

export const groupChecks = [
  rule('GRP-1', 'create answers 201 or 200 with a group', async (run) => {
    const answer = await create(run, run.groupBody());
    claim([200, 201].includes(answer.status), 'status of create', '201 or 200', answer.status);
    expect(answer.data.id, 'id').toBeTypeOf('string');
    // GRP-2 judges which name it is.
    expect(answer.data.name, 'name').toBeTypeOf('string');
  }),
  should('GRP-1', 'the status is 201', async (run) => {
    expect((await create(run, run.groupBody())).status, 'status of create').toBe(201);
  }),
  rule('GRP-2', 'create and retrieve echo names and references exactly', async (run) => {
    for (const name of names) {
      const prefix = run.reference();
      const external_reference_id = `${prefix}${name}`.slice(0, maxLength);
      const answer = await create(run, { name, external_reference_id });
      expect(answer.data.name, `name in create, status ${answer.status}`).toBe(name);
      expect(answer.data.external_reference_id, 'external_reference_id in create').toBe(external_reference_id);
      const params = { group_id: String(answer.data.id) };
      const { data } = await run.send({ operation: 'retrieveGroup', params });
      expect(data.name, 'name in retrieve').toBe(name);
      expect(data.external_reference_id, 'external_reference_id in retrieve').toBe(external_reference_id);
    }
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
    const name = 'é'.repeat(maxLength);
    const external_reference_id = prefix + 'é'.repeat(maxLength - prefix.length);
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
        // ERR-8 judges whether it is present.
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
    for (const name of ['  Renamed – новое  имя  ', 'r'.repeat(maxLength)]) {
      const expected = { ...withoutUpdatedAt(await current(group)), name };
      const answer = await group.send('updateGroup', { body: { name } });
      expectAccepted(answer, 'an update of name');
      expect(withoutUpdatedAt(answer.data), 'the group in update').toEqual(expected);
      expect(withoutUpdatedAt(await current(group)), 'the group afterwards').toEqual(expected);
      const inList = await listedGroup(run, group.created.external_reference_id);
      expect(withoutUpdatedAt(inList), 'the group in the list afterwards').toEqual(expected);
    }
  }),
  rule('GRP-5', 'an update of both fields changes both, in retrieve and in the list too', async (run) =>
    expectBothUpdated(run, await run.group()),
  ),
  rule(
    'GRP-5',
    'the second organization can update its groups as well',
    async (run) => expectBothUpdated(run, await run.otherGroup()),
    { needs: ['other-key'] },
  ),
  rule('GRP-6', 'an update of external_reference_id alone changes only that', async (run) => {
    const group = await run.group();
    const first = group.created.external_reference_id;
    let old = first;
    // The last update restores the reference that the group was created with.
    for (const external_reference_id of [`${run.reference()} Ünï `.padEnd(maxLength, 'R'), run.reference(), first]) {
      const expected = { ...withoutUpdatedAt(await current(group)), external_reference_id };
      const answer = await group.send('updateGroup', { body: { external_reference_id } });
      expectAccepted(answer, 'an update of external_reference_id');
      expect(withoutUpdatedAt(answer.data), 'the group in update').toEqual(expected);
      expect(withoutUpdatedAt(await current(group)), 'the group afterwards').toEqual(expected);
      expect((await listedGroup(run, external_reference_id)).id, 'the group listed by it').toBe(group.id);
      expect(await listed(run, old), 'groups with its old reference').toEqual([]);
      old = external_reference_id;
    }
  }),
  rule('GRP-6', 'an update to what the group already has changes nothing', async (run) => {
    const group = await run.groupToRefuse();
    const before = await current(group);
    const { name, external_reference_id } = group.created;
    for (const body of [{ external_reference_id }, { name, external_reference_id }, { name }]) {
      const what = `an update to its own ${Object.keys(body).join(' and ')}`;
      expectAccepted(await group.send('updateGroup', { body }), what);
      await expectUnchanged(group, before, what);
    }
  }),
  rule('GRP-7', 'an update without a body is a 200 that changes nothing', async (run) => {
    const group = await run.groupToRefuse();
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
  rule('GRP-8', 'no update changes membership, whatever its body and whether or not it is refused', async (run) => {
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
      {},
      { name: null, external_reference_id: null },
      { name: '' },
      { name: 'Refused', external_reference_id: (await run.groupToRefuse()).created.external_reference_id },
      undefined,
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
    const bad: unknown[] = ['', 'n'.repeat(maxLength + 1), null, ...notStrings];
    const bodies = bad.map((value) => ({ ...withoutName, name: value }));
    for (const body of [withoutName, { ...withoutName, NAME: name }, ...bodies]) {
      const what = `create with ${'name' in body ? `name ${JSON.stringify(body.name).slice(0, 20)}` : Object.keys(body).join(' and ')}`;
      expectRefused(await create(run, body), what);
      expect(await listed(run, withoutName.external_reference_id), `groups after ${what}`).toEqual([]);
    }
  }),
  rule(
    'GRP-10',
    'create refuses a bad name from the second organization as well',
    async (run) => {
      for (const name of ['', ...notStrings])
        expectRefused(
          await run.sendAsOther({ operation: 'createGroup', body: { ...run.groupBody(), name } }),
          `create with name ${JSON.stringify(name)}`,
        );
    },
    { needs: ['other-key'] },
  ),
  should('GRP-10', 'create and update refuse a body that is not an object', async (run) => {
    const group = await run.groupToRefuse();
    expectRefused(await create(run, undefined, 'null'), 'create with null');
    // Nothing is asserted about a null in an update, because an update may have no body.
    for (const rawBody of ['[]', '"text"', '7', 'true', '[{"name": "In a list"}]']) {
      expectRefused(await create(run, undefined, rawBody), `create with ${rawBody}`);
      expectRefused(await group.send('updateGroup', { rawBody }), `update with ${rawBody}`);
    }
  }),
  rule('GRP-10', 'update refuses a bad name and changes nothing', async (run) => {
    const group = await run.groupToRefuse();
    const before = await current(group);
    for (const name of ['', 'n'.repeat(maxLength + 1), ...notStrings]) {
      const what = `an update with name ${JSON.stringify(name).slice(0, 20)}`;
      expectRefused(await group.send('updateGroup', { body: { name } }), what);
      await expectUnchanged(group, before, what);
    }
  }),
  rule('GRP-13', 'two groups may share a name', async (run) => {
    const name = 'Conformance GRP-13';
    const bodies = [run.groupBody(), run.groupBody()].map((body) => ({ ...body, name }));
    for (const [index, body] of bodies.entries())
      expectAccepted(await create(run, body), `create of group ${index + 1} of one name`);
    for (const { external_reference_id } of bodies)
      expect((await listed(run, external_reference_id)).length, 'groups with the reference of one of the two').toBe(1);
  }),
];
