import { inBatches } from './batches.ts';
import type { Query } from './database.ts';
import {
  type Appended,
  appendChange,
  appendChanges,
  areCurrent,
  type Change,
  isCurrent,
  type Version,
} from './world-rows.ts';

/** The versions of worlds, as the database has them. */
export interface Versions {
  /** Whether a version is the current one. */
  isCurrent(id: string, version: number): Promise<boolean>;
  /** Stores the next version of a world; undefined if the change was not made to the current one. */
  append(change: Change): Promise<Appended | undefined>;
}

/** How many worlds share one statement. */
const maxTogether = 100;

/** Larger changes are stored alone, so that others need not wait for them, in bytes. */
const maxShared = 64 * 1024;

/** Versions that are read and stored world by world, such as in a transaction. */
export const versionsIn = (query: Query): Versions => ({
  isCurrent: (id, version) => isCurrent(query, { id, version }),
  append: (change) => appendChange(query, change),
});

/**
 * Versions that requests to different worlds read and store together: what comes while a statement runs shares the next
 * one. Statements of their own take 1.7 times the processor time, of replica and database together.
 */
export function sharedVersions(query: Query): Versions {
  const checkTogether = inBatches(maxTogether, (asked: readonly Version[]) => areCurrent(query, asked));
  const appendTogether = inBatches(maxTogether, (changes: readonly Change[]) => appendChanges(query, changes));
  return {
    isCurrent: (id, version) => checkTogether({ id, version }),
    async append(change) {
      const appended = change.changeset.length > maxShared ? undefined : await appendTogether(change);
      // Others must not wait until a world is unlocked, but this change has to.
      return appended ?? appendChange(query, change);
    },
  };
}
