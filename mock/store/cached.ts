import type { StoredGroup } from './groups.ts';
import type { Organization } from './organizations.ts';
import type { Store } from './store.ts';
import type { Sync } from './syncs.ts';

/** How many answers of one kind are kept, and how many entries the results of a sync may have to be kept. */
const maxAnswers = 10_000;
const maxResults = 500;

/** Answers by what was asked. What was not found is not kept: it may be created. */
class Answers<T> {
  readonly #byQuestion = new Map<string, T>();

  known(asked: string): T | undefined {
    return this.#byQuestion.get(asked);
  }

  keep(asked: string, found: T): T {
    if (this.#byQuestion.size >= maxAnswers) this.#byQuestion.clear();
    this.#byQuestion.set(asked, found);
    return found;
  }

  /** What is known, or else what is read now. */
  get<Found extends T | undefined>(asked: string, read: () => Found): Found {
    const known = this.known(asked) as Found;
    if (known !== undefined) return known;
    const found = read();
    if (found !== undefined) this.keep(asked, found);
    return found;
  }

  clear(): void {
    if (this.#byQuestion.size > 0) this.#byQuestion.clear();
  }
}

/** The store with what it was asked before in memory, frozen: to read SQLite takes more than half of a retrieval. */
export function cachedStore(store: Store): Store {
  const { organizations, groups, syncs, snapshot } = store;
  const organizationsBySlug = new Answers<Organization>();
  const groupsById = new Answers<StoredGroup>();
  const pages = new Answers<readonly StoredGroup[]>();
  const counts = new Answers<number>();
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
      count: (id) => counts.get(id, () => groups.count(id)),
      create(group) {
        pages.clear();
        const created = groups.create(group);
        const count = counts.known(group.organization_id);
        // Counting 100,000 groups again takes milliseconds.
        if (created && count !== undefined) counts.keep(group.organization_id, count + 1);
        return created;
      },
      update(key, group) {
        pages.clear();
        const updated = groups.update(key, group);
        return updated && groupsById.keep(`${group.organization_id} ${group.id}`, updated);
      },
    },
    syncs: {
      ...syncs,
      find(groupKey, id) {
        const asked = `${groupKey} ${id}`;
        const known = completed.known(asked);
        if (known !== undefined) return known;
        const sync = syncs.find(groupKey, id);
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
