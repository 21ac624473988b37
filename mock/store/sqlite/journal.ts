import type { DatabaseSync } from 'node:sqlite';
import type { JournalStore } from '../journal.ts';

export function journalStore(database: DatabaseSync): JournalStore {
  const find = database.prepare('SELECT digests FROM failed_rows WHERE group_id = ?');

  return {
    salt: () => database.prepare('SELECT text FROM salt').get()?.text as string,
    failedRows: (groupId) => JSON.parse((find.get(groupId)?.digests as string | undefined) ?? '[]'),
    // Few syncs have failed rows, so these statements are prepared when they are needed.
    setFailedRows(groupId, digests) {
      if (digests.length > 0)
        database
          .prepare('INSERT OR REPLACE INTO failed_rows (group_id, digests) VALUES (?, ?)')
          .run(groupId, JSON.stringify(digests));
      else database.prepare('DELETE FROM failed_rows WHERE group_id = ?').run(groupId);
    },
    clearFailedRows: () => database.exec('DELETE FROM failed_rows'),
  };
}
