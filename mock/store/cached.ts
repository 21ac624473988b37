import type { StoredGroup } from './groups.ts';
import type { Organization } from './organizations.ts';
import type { Store } from './store.ts';
import type { Sync } from './syncs.ts';

/** How many results of one query are cached, and how many entries the results of a cached sync may have. */
const maxCached = 10_000;
const maxResults = 500;

/** Query results by key. What was not found is not cached, because it may be created later. */
class Cache<T> {
  readonly #entries = new Map<string, T>();

  peek(key: string): T | undefined {
    return this.#entries.get(key);
  }

  set(key: string, value: T): T {
    if (this.#entries.size >= maxCached) this.#entries.clear();
    this.#entries.set(key, Object.freeze(value));
    return value;
  }

  /** The cached value, or else the one that is read now. */
  get<Found extends T | undefined>(key: string, read: () => Found): Found {
    const cached = this.peek(key) as Found;
    if (cached !== undefined) return cached;
    const found = read();
    if (found !== undefined) this.set(key, found);
    return found;
  }

  clear(): void {
    if (this.#entries.size > 0) this.#entries.clear();
  }
}

/**
 * Caches what was read from the store, as frozen objects. Without this, a retrieval takes 1.4 times and a list of groups
 * 4 times the processor time.
 */
export function cachedStore(store: Store): Store {
  const { organizations, groups, syncs, snapshot, replication } = store;
  const organizationsBySlug = new Cache<Organization>();
  const groupsById = new Cache<StoredGroup>();
  const pages = new Cache<readonly StoredGroup[]>();
  const counts = new Cache<number>();
  const completed = new Cache<Sync>();
  const clearCaches = (): void => {
    for (const cache of [organizationsBySlug, groupsById, pages, counts, completed]) cache.clear();
  };
  /** Does work that invalidates every cached value. */
  const invalidating = <T>(work: () => T): T => {
    try {
      return work();
    } finally {
      clearCaches();
    }
  };
  const isCacheable = ({ results }: Sync): boolean =>
    results !== null && Object.values(results).flat().length <= maxResults;

  return {
    ...store,
    organizations: {
      ...organizations,
      find: (slug) => organizationsBySlug.get(slug, () => organizations.find(slug)),
    },
    groups: {
      ...groups,
      find(organizationId, id) {
        const group = groupsById.get(id, () => groups.find(organizationId, id));
        return group?.organization_id === organizationId ? group : undefined;
      },
      page: (id, limit, offset) => pages.get(`${id} ${limit} ${offset}`, () => groups.page(id, limit, offset)),
      count: (id) => counts.get(id, () => groups.count(id)),
      create(group) {
        pages.clear();
        const created = groups.create(group);
        const count = counts.peek(group.organization_id);
        // Counting 100,000 groups again takes milliseconds.
        if (created && count !== undefined) counts.set(group.organization_id, count + 1);
        return created;
      },
      update(key, group) {
        pages.clear();
        const updated = groups.update(key, group);
        return updated && groupsById.set(group.id, updated);
      },
    },
    syncs: {
      ...syncs,
      find(groupKey, id) {
        const key = `${groupKey} ${id}`;
        const cached = completed.peek(key);
        if (cached !== undefined) return cached;
        const sync = syncs.find(groupKey, id);
        return sync && isCacheable(sync) ? completed.set(key, sync) : sync;
      },
    },
    snapshot: {
      ...snapshot,
      clear: () => invalidating(snapshot.clear),
      replace: (content) => invalidating(() => snapshot.replace(content)),
      replaceAll: (content) => invalidating(() => snapshot.replaceAll(content)),
    },
    replication: {
      ...replication,
      undo: () => invalidating(replication.undo),
      apply: (changes) => invalidating(() => replication.apply(changes)),
    },
    dropCaches: clearCaches,
    transaction(work) {
      try {
        return store.transaction(work);
      } catch (error) {
        clearCaches();
        throw error;
      }
    },
  };
}
