import type { World } from '../worlds/world.ts';
import type { Worlds } from '../worlds/worlds.ts';
import type { Query } from './database.ts';
import { unpack, unpackChangeset } from './packed.ts';
import { changesAfter, loadWorld } from './world-rows.ts';

/** A world as this replica has it in memory. */
export interface Copy {
  readonly id: string;
  readonly world: World;
  version: number;
  /** Whether the database has a newer version, or it is not known what it has. */
  isBehind: boolean;
  /** Whether its store was changed by something that the world does not know of yet. */
  isUnread: boolean;
}

/** The copies of worlds that this replica has in memory. */
export class Copies {
  readonly worlds: Worlds;
  readonly #max: number;
  /** The least recently used first. */
  readonly #copies = new Map<string, Copy>();

  constructor(worlds: Worlds, max: number) {
    this.worlds = worlds;
    this.#max = max;
  }

  /** The copy of a world; undefined if there is no such world. One that is behind is brought up to date first. */
  async current(query: Query, name: string): Promise<Copy | undefined> {
    const copy = this.#copies.get(name);
    if (copy === undefined) return this.#load(query, name);
    if (!copy.isBehind) return copy;
    const changesets = await changesAfter(query, copy.id, copy.version);
    if (changesets === undefined) {
      this.drop(name);
      return this.#load(query, name);
    }
    for (const changeset of changesets) copy.world.store.replication.apply(unpackChangeset(changeset));
    copy.version += changesets.length;
    copy.isUnread ||= changesets.length > 0;
    copy.isBehind = false;
    return copy;
  }

  async #load(query: Query, name: string): Promise<Copy | undefined> {
    const stored = await loadWorld(query, name);
    if (stored === undefined) return undefined;
    const { id, version, snapshot, changesets } = stored;
    const world = this.worlds.restore(name, (store) => {
      unpack(store, snapshot);
      for (const changeset of changesets) store.replication.apply(unpackChangeset(changeset));
      // What the world completes when it opens is part of the unit that needs it.
      store.replication.begin();
    });
    return this.add(name, { id, world, version });
  }

  add(name: string, known: Pick<Copy, 'id' | 'world' | 'version'>): Copy {
    const copy = { ...known, isBehind: false, isUnread: false };
    this.#copies.set(name, copy);
    return copy;
  }

  /** Takes back the unit of a copy. */
  undo(copy: Copy): void {
    copy.world.store.replication.undo();
    copy.isUnread = true;
  }

  markBehind(name: string): void {
    const copy = this.#copies.get(name);
    if (copy !== undefined) copy.isBehind = true;
  }

  /** Notes that a copy was used. */
  use(name: string, copy: Copy): void {
    this.#copies.delete(name);
    this.#copies.set(name, copy);
  }

  drop(name: string): void {
    this.#copies.delete(name);
    this.worlds.drop(name);
  }

  /** The copy of a world, current or not, if there is one. */
  peek(name: string): Copy | undefined {
    return this.#copies.get(name);
  }

  /** Drops the least recently used copies that are too many, unless somebody watches them. `dropping` is called before. */
  makeRoom(isBusy: (name: string) => boolean, dropping: (name: string, copy: Copy) => void): void {
    let surplus = this.#copies.size - this.#max;
    for (const [name, copy] of this.#copies) {
      if (surplus <= 0) return;
      if (isBusy(name) || copy.world.isWatched) continue;
      dropping(name, copy);
      this.drop(name);
      surplus -= 1;
    }
  }

  /** The names of the worlds that somebody watches in a console. */
  watched(): string[] {
    return [...this.#copies].filter(([, { world }]) => world.isWatched).map(([name]) => name);
  }
}
