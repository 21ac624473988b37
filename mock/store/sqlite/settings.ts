import type { DatabaseSync } from 'node:sqlite';
import type { SettingsStore } from '../settings.ts';

export function settingsStore(database: DatabaseSync): SettingsStore {
  const load = database.prepare('SELECT json FROM settings');
  const save = database.prepare('INSERT OR REPLACE INTO settings (one, json) VALUES (1, ?)');

  return {
    load: () => load.get()?.json as string | undefined,
    save: (settings) => void save.run(settings),
  };
}
