import { Problem, shown } from '../domain/problems.ts';
import type { World } from '../worlds/world.ts';
import { type NamedWorld, type Page, type Schemas, slice } from './named-world.ts';

export function syncsControl({ name, existing }: NamedWorld) {
  const withProgress = (sync: Schemas['Sync']): Schemas['Sync'] => ({
    ...sync,
    progress: existing().queue.progress(sync.request_id) ?? sync.progress,
  });
  const readSync = (id: string): Schemas['Sync'] => {
    const sync = existing().store.overview.sync(id);
    if (sync === undefined)
      throw new Problem('not-found', 'sync_not_found', `There is no sync request ${shown(id)} in world ${name}.`);
    return withProgress(sync);
  };
  /** Does something to a sync in flight. */
  const steer = (id: string, step: (world: World) => boolean): Schemas['Sync'] => {
    const world = existing();
    const { completed_at } = readSync(id);
    if (!step(world))
      throw new Problem('conflict', 'sync_completed', `The sync ${id} was completed at ${completed_at} already.`);
    return readSync(id);
  };

  return {
    /** The latest first. */
    listSyncs: (page: Page = {}): Schemas['SyncList'] => ({
      syncs: existing()
        .store.overview.syncs(...slice(page))
        .map(withProgress),
    }),

    /** Completes a sync now, or as soon as those before it in its group are completed. */
    completeSync: (id: string) => steer(id, ({ queue }) => queue.complete(id)),
    /** Holds a sync until it is let go or told to complete. */
    stallSync: (id: string) => steer(id, ({ queue }) => queue.stall(id)),
    /** Lets a held sync go. */
    unstallSync: (id: string) => steer(id, ({ queue }) => queue.unstall(id)),
  };
}
