import type { World } from '../worlds/world.ts';
import type { Copies, Copy } from './copies.ts';
import type { Query } from './database.ts';
import { pack, packChangeset } from './packed.ts';
import type { Versions } from './versions.ts';
import { createWorld, hasChange, hasSnapshot, type Outlook, removeWorld } from './world-rows.ts';

/** How the change that a unit made to a world is stored, kept or taken back. */
export interface Storing {
  /** Stores the change. Returns false if it was not made to the current version. */
  readonly store: (query: Query, versions: Versions) => Promise<boolean>;
  /** Makes the change of the copy final. */
  readonly keep: () => void;
  /** Takes the change of the copy back. */
  readonly undo: () => void;
  /** Whether the database has the change, although it did not say so. */
  readonly wasStored: (query: Query) => Promise<boolean>;
}

/** What storing depends on, other than the world. */
export interface StoringOptions {
  /** Called if the changes of a copy should be folded into its snapshot. */
  readonly grown: (copy: Copy) => void;
  /** Creates a world that is one more. */
  readonly create: typeof createWorld;
}

export function storingOf(copies: Copies, name: string, copy: Copy | undefined, options: StoringOptions): Storing {
  const world = copies.worlds.peek(name);
  if (copy === undefined || world !== copy.world) return storingWhole(copies, name, copy, options);
  const changeset = world.store.replication.changes();
  return changeset.length === 0
    ? storingNothing(copies, name, copy)
    : storingChange(copies, name, copy, changeset, options);
}

const never = async () => false;

const outlookOf = ({ clock, queue }: World): Outlook => ({ dueAt: clock.nextDue(), hasSyncs: !queue.isEmpty });

/** The unit changed nothing, so its copy only has to be the current version. */
function storingNothing(copies: Copies, name: string, copy: Copy): Storing {
  const { id, world, version } = copy;
  return {
    store: (_query, versions) => versions.isCurrent(id, version),
    keep() {
      world.store.replication.keep();
      copies.use(name, copy);
    },
    undo: () => copies.undo(copy),
    wasStored: never,
  };
}

function storingChange(
  copies: Copies,
  name: string,
  copy: Copy,
  changeset: Uint8Array,
  { grown }: StoringOptions,
): Storing {
  const { id, world, version } = copy;
  const change = { id, version, changeset: packChangeset(changeset), ...outlookOf(world) };
  let isLarge = false;
  return {
    async store(_query, versions) {
      const appended = await versions.append(change);
      isLarge = appended?.isLarge ?? false;
      return appended !== undefined;
    },
    keep() {
      world.store.replication.keep();
      copy.version += 1;
      copies.use(name, copy);
      if (isLarge) grown(copy);
    },
    undo: () => copies.undo(copy),
    wasStored: (query) => hasChange(query, id, version + 1, change.changeset),
  };
}

/** The unit dropped the world of the copy, created a world, or both. */
function storingWhole(copies: Copies, name: string, dropped: Copy | undefined, { create }: StoringOptions): Storing {
  const world = copies.worlds.peek(name);
  const snapshot = world && pack(world.store);
  let id: string | undefined;
  return {
    async store(query) {
      if (dropped !== undefined && !(await removeWorld(query, dropped.id, dropped.version))) return false;
      if (world === undefined || snapshot === undefined) return true;
      const store = dropped === undefined ? create : createWorld;
      id = await store(query, name, snapshot, outlookOf(world));
      return id !== undefined;
    },
    keep() {
      if (world === undefined || id === undefined) copies.drop(name);
      else copies.add(name, { id, world, version: 1 });
    },
    undo: () => copies.drop(name),
    wasStored: async (query) => snapshot !== undefined && hasSnapshot(query, name, snapshot),
  };
}
