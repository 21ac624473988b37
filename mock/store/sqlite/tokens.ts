import type { DatabaseSync } from 'node:sqlite';
import type { TokenStore } from '../tokens.ts';
import { transaction } from './database.ts';

export function tokenStore(database: DatabaseSync): TokenStore {
  const insert = database.prepare(
    'INSERT INTO tokens (text, organization_id, expires_at, bound_entity) VALUES (?, ?, ?, ?)',
  );
  const drop = database.prepare('DELETE FROM tokens WHERE expires_at < ?');
  const find = database.prepare('SELECT organization_id, expires_at, bound_entity FROM tokens WHERE text = ?');

  return {
    issue: ({ text, organizationId, expiresAt, boundEntity }, forgetBefore) =>
      transaction(database, () => {
        drop.run(forgetBefore);
        insert.run(text, organizationId, expiresAt, boundEntity && JSON.stringify(boundEntity));
      }),
    find(text) {
      const row = find.get(text);
      return (
        row && {
          text,
          organizationId: row.organization_id as string,
          expiresAt: row.expires_at as number,
          boundEntity: JSON.parse((row.bound_entity as string | null) ?? 'null'),
        }
      );
    },
  };
}
