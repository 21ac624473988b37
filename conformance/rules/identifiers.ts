import { rule, should } from '../run/check.ts';
import type { CheckContext } from '../run/context.ts';
import type { Exchange } from '../run/exchange.ts';
import { claim, expect } from '../run/expect.ts';
import { PreconditionFailed } from '../run/preconditions.ts';
import { canonicalIdPattern, idPattern } from './support.ts';

/** Makes the exchange that issued an id evidence of a check, if it is not yet. */
function showEvidence(run: CheckContext, exchange: Exchange | undefined): void {
  if (exchange && !run.exchanges.includes(exchange)) run.keep(exchange);
}

/** Expects a form of an id that was issued in this run, maybe to another check. */
function expectForm(run: CheckContext, what: string, id: string, form: RegExp, exchange: Exchange | undefined): void {
  if (!form.test(id)) showEvidence(run, exchange);
  expect(id, what).toMatch(form);
}

/** An id with another prefix; one without a prefix stays as it is. */
const withPrefix = (prefix: string, id: unknown): string => String(id).replace(/^[a-z]*_/, prefix);

export const identifierChecks = [
  rule(
    'ID-1',
    'the id of every group of this run starts with grp_',
    async (run) => {
      await run.atLeastGroups(1);
      for (const { id, exchange } of run.session.creations.groups)
        expectForm(run, 'id of a group', String(id), /^grp_/, exchange);
    },
    { audit: true },
  ),
  // All groups are checked, because one id in five of standard base64 has neither + nor /.
  rule(
    'ID-2',
    'what follows the prefix of every group of this run is 1 to 64 URL-safe characters',
    async (run) => {
      await run.atLeastGroups(1);
      for (const { id, exchange } of run.session.creations.groups)
        expectForm(run, 'id after its prefix', withPrefix('', id), /^[A-Za-z0-9_-]{1,64}$/, exchange);
    },
    { audit: true },
  ),
  should(
    'ID-2',
    'it is the canonical base64 of 16 bytes',
    async (run) => {
      await run.atLeastGroups(1);
      for (const { id, exchange } of run.session.creations.groups)
        expectForm(run, 'id of a group', withPrefix('grp_', id), canonicalIdPattern('grp'), exchange);
    },
    { audit: true },
  ),
  rule('ID-3', 'a group has one id in every answer, before and after updates', async (run) => {
    const group = await run.group();
    const query = { external_reference_id: String(group.created.external_reference_id) };
    const idInList = async () => (await run.send({ operation: 'listGroups', query })).rows[0]?.id;
    expect((await group.send('retrieveGroup')).data.id, 'id in retrieve').toBe(group.id);
    expect(await idInList(), 'id in the list').toBe(group.id);
    const receipt = await group.submit([run.people.one()]);
    run.accepted(receipt, 1);
    expect(receipt.data.group_id, 'group_id of a sync').toBe(group.id);
    const updated = await group.send('updateGroup', { body: { name: 'Renamed' } });
    expect(updated.data.id, 'id in update').toBe(group.id);
    expect((await group.send('retrieveGroup')).data.id, 'id in retrieve after an update').toBe(group.id);
    expect(await idInList(), 'id in the list after an update').toBe(group.id);
  }),
  rule('ID-5', 'each submission has its own request id, even of the same roster', async (run) => {
    const group = await run.group();
    const members = [run.people.one()];
    const ids: string[] = [];
    for (const roster of [members, members, [...members, run.people.one()], [...members, run.people.one()]]) {
      const { data, status } = await group.submit(roster);
      if (status >= 300) throw new PreconditionFailed(`submitting a roster answered ${status}`, 'SYNC-1');
      ids.push(String(data.request_id));
      // Checked before the sync completes, because a sync with a malformed id cannot be polled.
      expect(data.request_id, 'request_id').toMatch(idPattern('grpmsr'));
    }
    expect(new Set(ids).size, 'number of distinct request ids of four submissions').toBe(4);
  }),
  should(
    'ID-5',
    'the request ids of this run are the canonical base64 of 16 bytes',
    async (run) => {
      if (run.session.requestIds.size === 0) await run.submit(await run.group(), []);
      for (const [id, receipt] of run.session.requestIds)
        expectForm(run, 'request_id', id, canonicalIdPattern('grpmsr'), receipt);
    },
    { audit: true },
  ),
  rule(
    'ID-4',
    'no two groups of this run share an id, not even two with the same name',
    async (run) => {
      await run.atLeastGroups(1);
      const seen = new Set<unknown>();
      for (const { id, exchange } of run.session.creations.groups) {
        if (seen.has(id)) showEvidence(run, exchange);
        claim(!seen.has(id), 'id of a new group', 'an id that no other group of this run has', id);
        seen.add(id);
      }
    },
    { audit: true },
  ),
  rule(
    'ID-5',
    'the request ids of this run are well-formed',
    async (run) => {
      if (run.session.requestIds.size === 0) await run.submit(await run.group(), []);
      for (const [id, receipt] of run.session.requestIds)
        expectForm(run, 'request_id', id, idPattern('grpmsr'), receipt);
    },
    { audit: true },
  ),
  should('ID-6', 'it is the canonical base64 of 16 bytes', async (run) => {
    const { organization_id } = (await (await run.groupToRefuse()).send('retrieveGroup')).data;
    expect(organization_id, 'organization_id').toMatch(canonicalIdPattern('org'));
  }),
  rule(
    'ID-6',
    'organization_id is well-formed and the same for all groups',
    async (run) => {
      await run.atLeastGroups(2);
      const group = await run.groupToRefuse();
      const { organization_id } = (await group.send('retrieveGroup')).data;
      expect(organization_id, 'organization_id').toMatch(idPattern('org'));
      expect(group.created.organization_id, 'organization_id in create').toBe(organization_id);
      for (const row of (await run.send({ operation: 'listGroups', query: { limit: 100 } })).rows)
        if (run.ownGroupIds.has(String(row.id)))
          expect(row.organization_id, `organization_id of ${row.id} in the list`).toBe(organization_id);
    },
    { audit: true },
  ),
  rule(
    'ID-7',
    'plan ids start with pln_ or plan_',
    async (run) => {
      for (const { id } of (await run.send({ operation: 'listPlans' })).rows)
        expect(id, 'plan id').toMatch(/^(pln|plan)_/);
    },
    { readOnly: true },
  ),
  rule('ID-8', 'member ids are non-empty and unique in added and in removed', async (run) => {
    const group = await run.group();
    const { added } = await run.sync(group, run.people.many(4));
    const { removed } = await run.sync(group, []);
    for (const [name, ids] of Object.entries({ added, removed })) {
      for (const id of ids) expect(id, `an id in ${name}_group_member_ids`).toMatch(/./);
      expect(new Set(ids).size, `number of distinct ids in ${name}_group_member_ids`).toBe(ids.length);
    }
  }),
  should('ID-8', 'they start with grpmbr_', async (run) => {
    const { added } = await run.sync(await run.group(), run.people.many(3));
    for (const id of added) expect(id, 'an id in added_group_member_ids').toMatch(/^grpmbr_/);
  }),
];
