import type { DatabaseSync } from 'node:sqlite';
import { type Group, type GroupStore, StoredGroup } from '../groups.ts';
import { isUniqueViolation } from './database.ts';

/** Texts from clients are read as JSON, because Node before 24.16 cuts a text at a NUL. */
const columns = 'key, id, organization_id, json_array(name, external_reference_id) AS named, created_at, updated_at';

export function groupStore(database: DatabaseSync): GroupStore {
  const insert = database.prepare(
    `INSERT INTO groups (id, organization_id, name, external_reference_id, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const update = database.prepare(
    'UPDATE groups SET name = ?, external_reference_id = ?, updated_at = ? WHERE key = ?',
  );
  const byId = database.prepare(`SELECT ${columns} FROM groups WHERE id = ? AND organization_id = ?`);
  const byReference = database.prepare(
    `SELECT ${columns} FROM groups
     WHERE organization_id = ? AND external_reference_id = ? AND external_reference_id <> ''`,
  );
  const page = database.prepare(
    `SELECT ${columns} FROM groups WHERE organization_id = ? ORDER BY key DESC LIMIT ? OFFSET ?`,
  );
  const count = database.prepare('SELECT COUNT(*) AS total FROM groups WHERE organization_id = ?');

  const read = (row: Record<string, unknown>): StoredGroup => {
    const [name, external_reference_id] = JSON.parse(row.named as string);
    return new StoredGroup(row.key as number, { ...(row as unknown as Group), name, external_reference_id });
  };

  /** Runs a write; returns undefined if another group of the organization has the reference. */
  const unlessTaken = <T>(write: () => T): T | undefined => {
    try {
      return write();
    } catch (error) {
      if (isUniqueViolation(error)) return undefined;
      throw error;
    }
  };

  return {
    create(group) {
      const { id, organization_id, name, external_reference_id, created_at, updated_at } = group;
      const inserted = unlessTaken(() =>
        insert.run(id, organization_id, name, external_reference_id, created_at, updated_at),
      );
      return inserted && new StoredGroup(Number(inserted.lastInsertRowid), group);
    },
    update(key, group) {
      const { name, external_reference_id, updated_at } = group;
      const updated = unlessTaken(() => update.run(name, external_reference_id, updated_at, key));
      return updated && new StoredGroup(key, group);
    },
    find(organizationId, id) {
      const row = byId.get(id, organizationId);
      return row && read(row);
    },
    byReference(organizationId, reference) {
      const row = byReference.get(organizationId, reference);
      return row && read(row);
    },
    page: (organizationId, limit, offset) => page.all(organizationId, limit, offset).map(read),
    count: (organizationId) => count.get(organizationId)?.total as number,
  };
}
