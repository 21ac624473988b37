import type { DatabaseSync } from 'node:sqlite';
import type { RejectionStore } from '../rejections.ts';

/** Few worlds have rejections, so statements are prepared when they are needed. */
export function rejectionStore(database: DatabaseSync): RejectionStore {
  const run = (sql: string, ...values: (string | number)[]) => database.prepare(sql).run(...values);

  return {
    load: () =>
      database
        .prepare('SELECT key, json FROM rejections ORDER BY key')
        .all()
        .map(({ key, json }) => ({ key: key as number, rejection: JSON.parse(json as string) })),
    add: (rejection) =>
      Number(run('INSERT INTO rejections (json) VALUES (?)', JSON.stringify(rejection)).lastInsertRowid),
    update: (key, rejection) =>
      void run('UPDATE rejections SET json = ? WHERE key = ?', JSON.stringify(rejection), key),
    remove: (key) => void run('DELETE FROM rejections WHERE key = ?', key),
    clear: () => database.exec('DELETE FROM rejections'),
  };
}
