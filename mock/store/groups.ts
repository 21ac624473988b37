import type { components } from '../../generated/api.ts';
import { type Database, isUniqueViolation } from './database.ts';

export type Group = Required<components['schemas']['Group']>;

/** A group with the key under which other tables name it. */
export interface StoredGroup extends Group {
  readonly key: number;
}

const columns = 'key, id, organization_id, name, external_reference_id, created_at, updated_at';

/** Groups. Every read is bound to an organization, so that one cannot see another's (AUTH-3). */
export function groupStore(database: Database) {
  const insert = database.prepare(
    `INSERT INTO groups (id, organization_id, name, external_reference_id, created_at, updated_at)
     VALUES (:id, :organization_id, :name, :external_reference_id, :created_at, :updated_at)`,
  );
  const update = database.prepare(
    'UPDATE groups SET name = :name, external_reference_id = :reference, updated_at = :updated WHERE key = :key',
  );
  const find = database.prepare(`SELECT ${columns} FROM groups WHERE id = ? AND organization_id = ?`);
  const byKey = database.prepare(`SELECT ${columns} FROM groups WHERE key = ?`);
  const newest = database.prepare(
    `SELECT ${columns} FROM groups WHERE organization_id = ? ORDER BY key DESC LIMIT ? OFFSET ?`,
  );
  const byReference = database.prepare(
    `SELECT ${columns} FROM groups WHERE organization_id = ? AND external_reference_id = ?`,
  );
  const count = database.prepare('SELECT group_count AS total FROM organizations WHERE id = ?');

  /** Runs a write; false where another group of the organization has the reference (GRP-12). */
  const unlessTaken = (write: () => unknown): boolean => {
    try {
      write();
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  };

  return {
    insert: (group: Group): boolean => unlessTaken(() => insert.run({ ...group })),
    update: ({ key, name, external_reference_id: reference, updated_at: updated }: StoredGroup): boolean =>
      unlessTaken(() => update.run({ key, name, reference, updated })),
    find: (organizationId: string, id: string) => find.get(id, organizationId) as unknown as StoredGroup | undefined,
    byKey: (key: number) => byKey.get(key) as unknown as StoredGroup,
    byReference: (organizationId: string, reference: string) =>
      byReference.get(organizationId, reference) as unknown as StoredGroup | undefined,
    /** A page of the organization's groups, newest first (§8.9). */
    page: (organizationId: string, limit: number, offset: number) =>
      newest.all(organizationId, limit, offset) as unknown as StoredGroup[],
    count: (organizationId: string) => count.get(organizationId)?.total as number,
  };
}
