import type { Call } from '../run/answer.ts';
import { rule, should } from '../run/check.ts';
import { expect } from '../run/expect.ts';
import { NotApplicable, PreconditionFailed } from '../run/preconditions.ts';
import { create, current, expectAccepted, expectUnchanged, listed, maxLength, notStrings } from './group-steps.ts';
import { expectRefused, isInvalid } from './support.ts';

export const referenceChecks = [
  rule('GRP-11', 'a group can be created without external_reference_id', async (run) => {
    const answer = await create(run, { name: 'Conformance GRP-11' });
    expectAccepted(answer, 'create without a reference');
    const reference = answer.data.external_reference_id ?? '';
    expect(reference, 'external_reference_id of a group without one (empty, null or absent)').toBe('');
  }),
  rule('GRP-11', 'groups without external_reference_id are separate groups', async (run) => {
    const [first, second] = [await create(run, { name: 'None' }), await create(run, { name: 'None either' })];
    if (isInvalid(first))
      throw new NotApplicable({ because: 'reading', message: 'a group without a reference is refused (§8.2)' });
    // The run may have created another one without a reference before.
    expectAccepted(first, 'create of a group without a reference, beside others');
    expectAccepted(second, 'create of a second group without a reference');
    const params = { group_id: String(second.data.id) };
    expect(params.group_id, 'id of the second group').not.toBe(first.data.id);
    expect((await run.send({ operation: 'retrieveGroup', params })).data.name, 'its name').toBe('None either');
    for (const word of ['null', 'undefined', 'None'])
      expect(
        (await listed(run, word)).map(({ id }) => id),
        `groups with reference ${word}`,
      ).not.toContain(params.group_id);
    const external_reference_id = run.reference();
    await run.send({ operation: 'updateGroup', params, body: { external_reference_id } });
    const found = (await listed(run, external_reference_id)).map(({ id }) => id);
    expect(found, 'groups with the reference that an update gave it').toEqual([params.group_id]);
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
    const [first, second] = [await run.groupToRefuse(), await run.group()];
    const before = await current(second);
    const { external_reference_id } = first.created;
    const body = { name: 'Renamed', external_reference_id };
    expectRefused(await second.send('updateGroup', { body }), 'update to a reference that is taken');
    await expectUnchanged(second, before, 'the refused update');
  }),
  rule('GRP-12', 'a reference that a group got by an update is taken as well', async (run) => {
    const [group, other] = [await run.group(), await run.groupToRefuse()];
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
  rule(
    'GRP-12',
    'the reference of the first group of this run is still taken at its end',
    async (run) => {
      await run.atLeastGroups(1);
      const [id] = run.ownGroupIds;
      const { data } = await run.send({ operation: 'retrieveGroup', params: { group_id: String(id) } });
      const { external_reference_id } = data;
      expectRefused(await create(run, { name: 'Late', external_reference_id }), 'create with its reference');
    },
    { audit: true },
  ),
  rule(
    'GRP-12',
    'a reference that is taken is refused to the second organization as well',
    async (run) => {
      const { key, created } = await run.otherGroup();
      const body = { name: 'Second', external_reference_id: created.external_reference_id };
      expectRefused(await run.sendWithKey(key, { operation: 'createGroup', body }), 'create with a reference');
    },
    { needs: ['other-key'] },
  ),
  should('GRP-12', 'the status is 409', async (run) => {
    const [first, second] = [await run.groupToRefuse(), await run.group()];
    const { external_reference_id } = first.created;
    expect((await create(run, { name: 'Second', external_reference_id })).status, 'status of create').toBe(409);
    const update = await second.send('updateGroup', { body: { external_reference_id } });
    expect(update.status, 'status of update').toBe(409);
  }),
  rule('GRP-14', 'create and update refuse a reference that is too long or not a string', async (run) => {
    const group = await run.groupToRefuse();
    const before = await current(group);
    for (const external_reference_id of [run.reference().padEnd(maxLength + 1, 'r'), ...notStrings]) {
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
      const [own, other] = [await run.groupToRefuse(), await run.otherGroup()];
      const call = ({ created: { external_reference_id } }: typeof own): Call => ({
        operation: 'createGroup',
        body: { name: 'Namesake', external_reference_id },
      });
      expectAccepted(await run.send(call(other)), "create with the other organization's reference");
      expectAccepted(await run.sendAsOther(call(own)), "create by the other organization with this one's reference");
    },
    { needs: ['other-key'] },
  ),
  rule('GRP-16', 'references of groups that differ in case, accents or white space are different', async (run) => {
    const base = run.reference();
    const references = ['-a', '-A', '-á', '-a\u0301', '-a ', '  -a'].map((end) => base + end);
    references.push(` ${base}-a`);
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
];
