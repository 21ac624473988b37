import type { Store } from './store.ts';
import type { Sync } from './syncs.ts';

/** How many answers of one kind are kept, and how many entries the results of a sync may have to be kept. */
const maxAnswers = 10_000;
const maxResults = 500;

/** Answers by what was asked. What was not found is not kept: it may be created. */
class Answers<T extends object> {
  readonly #known = new Map<string, T>();

  get<Found extends T | undefined>(asked: string, read: () => Found): Found {
    const known = this.#known.get(asked) as Found;
    return known ?? this.keep(asked, read());
  }

  keep<Found extends T | undefined>(asked: string, found: Found): Found {
    if (found === undefined) return found;
    if (this.#known.size >= maxAnswers) this.#known.clear();
    this.#known.set(asked, found);
    return found;
  }

  clear(): void {
    if (this.#known.size > 0) this.#known.clear();
  }
}

/** The store with what it was asked before in memory, frozen: to read SQLite takes more than half of a retrieval. */
export function cachedStore(store: Store): Store {
  const { organizations, groups, syncs, snapshot } = store;
  const organizationsBySlug = new Answers<NonNullable<ReturnType<typeof organizations.find>>>();
  const groupsById = new Answers<NonNullable<ReturnType<typeof groups.find>>>();
  const pages = new Answers<ReturnType<typeof groups.page>>();
  const counts = new Answers<{ readonly total: number }>();
  const completed = new Answers<Sync>();
  const forget = (): void => {
    for (const answers of [organizationsBySlug, groupsById, pages, counts, completed]) answers.clear();
  };
  /** Does something after which nothing that was read need hold. */
  const afresh = <T>(work: () => T): T => {
    try {
      return work();
    } finally {
      forget();
    }
  };
  const isOver = ({ results }: Sync): boolean => results !== null && Object.values(results).flat().length <= maxResults;

  return {
    ...store,
    organizations: {
      ...organizations,
      find: (slug) => organizationsBySlug.get(slug, () => organizations.find(slug)),
    },
    groups: {
      ...groups,
      find: (organizationId, id) => groupsById.get(`${organizationId} ${id}`, () => groups.find(organizationId, id)),
      page: (id, limit, offset) =>
        pages.get(`${id} ${limit} ${offset}`, () => Object.freeze(groups.page(id, limit, offset))),
      count: (id) => counts.get(id, () => ({ total: groups.count(id) })).total,
      create(group) {
        for (const answers of [pages, counts]) answers.clear();
        return groups.create(group);
      },
      update(key, group) {
        pages.clear();
        const updated = groups.update(key, group);
        return groupsById.keep(`${group.organization_id} ${group.id}`, updated);
      },
    },
    syncs: {
      ...syncs,
      find(groupKey, id) {
        const asked = `${groupKey} ${id}`;
        const sync = completed.get(asked, () => undefined) ?? syncs.find(groupKey, id);
        return sync && isOver(sync) ? completed.keep(asked, Object.freeze(sync)) : sync;
      },
    },
    snapshot: {
      ...snapshot,
      clear: () => afresh(snapshot.clear),
      replace: (content) => afresh(() => snapshot.replace(content)),
    },
    transaction(work) {
      try {
        return store.transaction(work);
      } catch (error) {
        forget();
        throw error;
      }
    },
  };
}
