import type { DatabaseSync } from 'node:sqlite';
import type { JournalStore } from '../journal.ts';
import { everyRow } from './database.ts';

export function journalStore(database: DatabaseSync): JournalStore {
  const salt = database.prepare('SELECT text FROM salt');
  const find = database.prepare('SELECT digests FROM failed_rows WHERE group_id = ?');
  const save = database.prepare('INSERT OR REPLACE INTO failed_rows (group_id, digests) VALUES (?, ?)');
  const remove = database.prepare('DELETE FROM failed_rows WHERE group_id = ?');
  const clear = database.prepare(`DELETE FROM failed_rows ${everyRow}`);

  return {
    salt: () => salt.get()?.text as string,
    failedRows: (groupId) => JSON.parse((find.get(groupId)?.digests as string | undefined) ?? '[]'),
    setFailedRows(groupId, digests) {
      if (digests.length === 0) remove.run(groupId);
      else save.run(groupId, JSON.stringify(digests));
    },
    clearFailedRows: () => void clear.run(),
  };
}
