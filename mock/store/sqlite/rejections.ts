import type { DatabaseSync } from 'node:sqlite';
import type { RejectionStore } from '../rejections.ts';
import { everyRow } from './database.ts';

export function rejectionStore(database: DatabaseSync): RejectionStore {
  const all = database.prepare('SELECT key, json FROM rejections ORDER BY key');
  const insert = database.prepare('INSERT INTO rejections (json) VALUES (?)');
  const update = database.prepare('UPDATE rejections SET json = ? WHERE key = ?');
  const remove = database.prepare('DELETE FROM rejections WHERE key = ?');
  const clear = database.prepare(`DELETE FROM rejections ${everyRow}`);

  return {
    load: () => all.all().map(({ key, json }) => ({ key: key as number, rejection: JSON.parse(json as string) })),
    add: (rejection) => Number(insert.run(JSON.stringify(rejection)).lastInsertRowid),
    update: (key, rejection) => void update.run(JSON.stringify(rejection), key),
    remove: (key) => void remove.run(key),
    clear: () => void clear.run(),
  };
}
