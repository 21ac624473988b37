import { Problem, shown } from '../domain/problems.ts';
import type { World } from '../worlds/world.ts';
import { limitAndOffset, type NamedWorld, type Page, type Schemas } from './named-world.ts';

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
  /** Applies an action to a sync in flight. */
  const applyTo = (id: string, action: (world: World) => boolean): Schemas['Sync'] => {
    const world = existing();
    const { completed_at } = readSync(id);
    if (!action(world))
      throw new Problem('conflict', 'sync_completed', `The sync ${id} was already completed at ${completed_at}.`);
    return readSync(id);
  };

  return {
    /** Newest first. */
    listSyncs: (page: Page = {}): Schemas['SyncList'] => ({
      syncs: existing()
        .store.overview.syncs(...limitAndOffset(page))
        .map(withProgress),
    }),

    readSync,

    /** Completes a sync, once the earlier syncs of its group have completed. */
    completeSync: (id: string) => applyTo(id, ({ queue }) => queue.complete(id)),
    /** Holds a sync until it is released or completed. */
    stallSync: (id: string) => applyTo(id, ({ queue }) => queue.stall(id)),
    /** Releases a held sync. */
    unstallSync: (id: string) => applyTo(id, ({ queue }) => queue.unstall(id)),
  };
}
