import { storedReference } from '../domain/external-reference.ts';
import { issueId } from '../domain/identifiers.ts';
import { Problem, shown } from '../domain/problems.ts';
import type { Group, StoredGroup } from '../store/groups.ts';
import type { Caller } from '../worlds/worlds.ts';
import type { Handler } from './handlers.ts';
import { page } from './pages.ts';

/** The group with that id. Throws a Problem if the caller's organization has no such group (AUTH-3, ERR-5). */
export function groupOf({ world, organization }: Caller, id: string): StoredGroup {
  const group = world.store.groups.find(organization.id, id);
  if (group === undefined)
    throw new Problem('not-found', 'group_not_found', `There is no group ${shown(id)} in this organization.`, 'ERR-5');
  return group;
}

const referenceTaken = (reference: string | null): Problem =>
  new Problem(
    'conflict',
    'external_reference_id_taken',
    `external_reference_id: ${shown(reference)} already belongs to another group of this organization; ` +
      'find it with GET /v1/groups?external_reference_id=….',
    'GRP-12',
  );

export const createGroup: Handler<'createGroup'> = ({ world, organization, body, quirks, random }) => {
  const given = body.external_reference_id;
  if (!given && quirks['external-reference'] === 'required')
    throw new Problem(
      'invalid',
      'validation_failed',
      `external_reference_id: expected the partner's own identifier of the group, got ${given === undefined ? 'none' : shown(given)}.`,
      'GRP-11',
    );
  world.refuseTooManyGroups(1);
  const reference = storedReference(given, quirks);
  const now = world.clock.timestamp();
  const group: Group = {
    id: issueId('grp', random),
    organization_id: organization.id,
    name: body.name,
    external_reference_id: reference,
    created_at: now,
    updated_at: now,
  };
  const created = world.store.groups.create(group);
  if (created === undefined) throw referenceTaken(reference);
  return { status: quirks['create-status'], body: { data: created } };
};

export const retrieveGroup: Handler<'retrieveGroup'> = ({ group }) => ({ status: '200', body: { data: group } });

export const listGroups: Handler<'listGroups'> = ({ world, organization, query, quirks }) => {
  const { groups } = world.store;
  const reference = query.external_reference_id;
  if (typeof reference === 'string' && reference !== '') {
    const found = groups.byReference(organization.id, reference);
    return { status: '200', body: page(query, found ? 1 : 0, quirks, () => (found ? [found] : [])) };
  }
  const total = groups.count(organization.id);
  const rows = (limit: number, offset: number) => groups.page(organization.id, limit, offset);
  return { status: '200', body: page(query, total, quirks, rows) };
};

export const updateGroup: Handler<'updateGroup'> = ({ world, group, body, quirks }) => {
  const updated: Group = {
    ...group,
    name: body.name ?? group.name,
    external_reference_id:
      body.external_reference_id == null
        ? group.external_reference_id
        : storedReference(body.external_reference_id, quirks),
  };
  const changed = updated.name !== group.name || updated.external_reference_id !== group.external_reference_id;
  if (!changed) return { status: '200', body: { data: group } };
  const stamped = world.store.groups.update(group.key, { ...updated, updated_at: world.clock.timestamp() });
  if (stamped === undefined) throw referenceTaken(updated.external_reference_id);
  return { status: '200', body: { data: stamped } };
};
