import type { components } from '../../generated/api.ts';
import { type Database, isUniqueViolation } from './database.ts';

export type Group = Required<components['schemas']['Group']>;

/** A group, frozen, with the key under which other tables name it. The key is not enumerable: JSON is the group alone. */
export interface StoredGroup extends Group {
  readonly key: number;
}

/** How many groups are remembered at once: those that clients work with, not all that there are. */
const mostRemembered = 10_000;

const columns = 'key, id, organization_id, name, external_reference_id, created_at, updated_at';

const stored = (key: number, group: Group): StoredGroup =>
  Object.freeze(Object.defineProperty(group as StoredGroup, 'key', { value: key, enumerable: false }));

function fromRow(row: Record<string, unknown> | undefined): StoredGroup | undefined {
  if (row === undefined) return undefined;
  const { key, ...group } = row as unknown as StoredGroup;
  return stored(key, group);
}

/**
 * Groups. Every read is bound to an organization, so that one cannot see another's (AUTH-3). What was read or written
 * once is remembered, until `forget`: after a transaction that was rolled back, and where the tables change otherwise.
 */
export function groupStore(database: Database) {
  const insert = database.prepare(
    `INSERT INTO groups (id, organization_id, name, external_reference_id, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const update = database.prepare(
    'UPDATE groups SET name = :name, external_reference_id = :reference, updated_at = :updated WHERE key = :key',
  );
  const byId = database.prepare(`SELECT ${columns} FROM groups WHERE id = ?`);
  const byKey = database.prepare(`SELECT ${columns} FROM groups WHERE key = ?`);
  const keyOf = database.prepare('SELECT key FROM groups WHERE organization_id = ? AND external_reference_id = ?');
  const keysOf = database.prepare('SELECT key FROM groups WHERE organization_id = ? ORDER BY key');

  const known = new Map<number, StoredGroup>();
  const knownById = new Map<string, StoredGroup>();
  /** The keys of an organization's groups, in the order in which they were created. */
  const ordered = new Map<string, number[]>();

  const remember = (group: StoredGroup | undefined): StoredGroup | undefined => {
    if (group === undefined) return undefined;
    if (known.size >= mostRemembered) for (const groups of [known, knownById]) groups.clear();
    known.set(group.key, group);
    knownById.set(group.id, group);
    return group;
  };

  const withKey = (key: number): StoredGroup => known.get(key) ?? (remember(fromRow(byKey.get(key))) as StoredGroup);

  const keys = (organizationId: string): number[] => {
    let list = ordered.get(organizationId);
    if (list === undefined) {
      list = keysOf.all(organizationId).map(({ key }) => key as number);
      ordered.set(organizationId, list);
    }
    return list;
  };

  /** Runs a write; undefined where another group of the organization has the reference (GRP-12). */
  const unlessTaken = <T>(write: () => T): T | undefined => {
    try {
      return write();
    } catch (error) {
      if (isUniqueViolation(error)) return undefined;
      throw error;
    }
  };

  return {
    insert(group: Group): boolean {
      const { id, organization_id, name, external_reference_id, created_at, updated_at } = group;
      const written = unlessTaken(() =>
        insert.run(id, organization_id, name, external_reference_id, created_at, updated_at),
      );
      if (written === undefined) return false;
      const key = Number(written.lastInsertRowid);
      remember(stored(key, { ...group }));
      ordered.get(group.organization_id)?.push(key);
      return true;
    },
    update(key: number, group: Group): boolean {
      const { name, external_reference_id: reference, updated_at: updated } = group;
      if (unlessTaken(() => update.run({ key, name, reference, updated })) === undefined) return false;
      remember(stored(key, { ...group }));
      return true;
    },
    find(organizationId: string, id: string): StoredGroup | undefined {
      const group = knownById.get(id) ?? remember(fromRow(byId.get(id)));
      return group?.organization_id === organizationId ? group : undefined;
    },
    byKey: withKey,
    byReference(organizationId: string, reference: string): StoredGroup | undefined {
      const row = keyOf.get(organizationId, reference);
      return row && withKey(row.key as number);
    },
    /** A page of the organization's groups, newest first (§8.9). */
    page(organizationId: string, limit: number, offset: number): StoredGroup[] {
      const list = keys(organizationId);
      const end = Math.max(0, list.length - offset);
      return list
        .slice(Math.max(0, end - limit), end)
        .reverse()
        .map(withKey);
    },
    count: (organizationId: string) => keys(organizationId).length,
    forget(): void {
      known.clear();
      knownById.clear();
      ordered.clear();
    },
  };
}
