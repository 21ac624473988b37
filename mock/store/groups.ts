import type { components } from '../../generated/api.ts';
import { type Written, written } from '../domain/written.ts';
import { type Database, isUniqueViolation } from './database.ts';

export type Group = Required<components['schemas']['Group']>;

/** A group, frozen, with the key under which other tables name it. JSON is the group alone. */
export class StoredGroup implements Group, Written {
  readonly #key: number;
  #text: string | undefined;
  readonly id: Group['id'];
  readonly organization_id: Group['organization_id'];
  readonly name: Group['name'];
  readonly external_reference_id: Group['external_reference_id'];
  readonly created_at: Group['created_at'];
  readonly updated_at: Group['updated_at'];

  constructor(key: number, group: Group) {
    this.#key = key;
    this.id = group.id;
    this.organization_id = group.organization_id;
    this.name = group.name;
    this.external_reference_id = group.external_reference_id;
    this.created_at = group.created_at;
    this.updated_at = group.updated_at;
    Object.freeze(this);
  }

  get key(): number {
    return this.#key;
  }

  [written](): string {
    this.#text ??= JSON.stringify(this);
    return this.#text;
  }
}

/** How many groups are remembered at once: those that clients work with, not all that there are. */
const mostRemembered = 10_000;

/** How many pages are remembered, until a group is written. */
const mostPages = 100;

/** What clients name is read as JSON: a Node older than 24.16 cuts a text at a NUL. */
const columns = 'key, id, organization_id, json_array(name, external_reference_id) AS named, created_at, updated_at';

/**
 * Groups. Every read is bound to an organization, so that one cannot see another's (AUTH-3). What was read or changed
 * once is remembered, until `forget`: after a transaction that was rolled back, and where the tables change otherwise.
 */
export function groupStore(database: Database) {
  const insert = database.prepareSeries(
    `INSERT INTO groups (id, organization_id, name, external_reference_id, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const update = database.prepare(
    'UPDATE groups SET name = :name, external_reference_id = :reference, updated_at = :updated WHERE key = :key',
  );
  const byId = database.prepare(`SELECT ${columns} FROM groups WHERE id = ?`);
  const byKey = database.prepare(`SELECT ${columns} FROM groups WHERE key = ?`);
  const keyOf = database.prepare(
    "SELECT key FROM groups WHERE organization_id = ? AND external_reference_id = ? AND external_reference_id <> ''",
  );
  const keysOf = database.prepare('SELECT key FROM groups WHERE organization_id = ? ORDER BY key');

  const known = new Map<number, StoredGroup>();
  const knownById = new Map<string, StoredGroup>();
  /** The keys of an organization's groups, in the order in which they were created. */
  const ordered = new Map<string, number[]>();
  /** By organization, limit and offset; frozen, as their groups are. */
  const pages = new Map<string, readonly StoredGroup[]>();

  const remember = (group: StoredGroup): StoredGroup => {
    if (known.size >= mostRemembered) for (const groups of [known, knownById]) groups.clear();
    known.set(group.key, group);
    knownById.set(group.id, group);
    return group;
  };
  /** The group as it was just written, after which no remembered page holds. */
  const justWritten = (key: number, group: Group): StoredGroup => {
    if (pages.size > 0) pages.clear();
    return new StoredGroup(key, group);
  };
  const read = (row: Record<string, unknown> | undefined): StoredGroup | undefined => {
    if (row === undefined) return undefined;
    const [name, external_reference_id] = JSON.parse(row.named as string);
    return remember(new StoredGroup(row.key as number, { ...(row as unknown as Group), name, external_reference_id }));
  };

  const withKey = (key: number): StoredGroup => known.get(key) ?? (read(byKey.get(key)) as StoredGroup);

  const keys = (organizationId: string): number[] => {
    let list = ordered.get(organizationId);
    if (list === undefined) {
      list = keysOf.all(organizationId).map(({ key }) => key as number);
      ordered.set(organizationId, list);
    }
    return list;
  };

  /** Runs a write; undefined where another group of the organization has the reference (GRP-12). */
  const unlessTaken = <T>(write: () => T): T | undefined => {
    try {
      return write();
    } catch (error) {
      if (isUniqueViolation(error)) return undefined;
      throw error;
    }
  };

  return {
    /** The stored group; undefined where the organization has another with its reference. */
    insert(group: Group): StoredGroup | undefined {
      const { id, organization_id, name, external_reference_id, created_at, updated_at } = group;
      const inserted = unlessTaken(() =>
        insert.run(id, organization_id, name, external_reference_id, created_at, updated_at),
      );
      if (inserted === undefined) return undefined;
      const key = Number(inserted.lastInsertRowid);
      ordered.get(group.organization_id)?.push(key);
      // Not remembered: of many that are created few are asked for, and what is kept is dear to the collector.
      return justWritten(key, group);
    },
    /** As `insert`, for the group with that key. */
    update(key: number, group: Group): StoredGroup | undefined {
      const { name, external_reference_id: reference, updated_at: updated } = group;
      return unlessTaken(() => update.run({ key, name, reference, updated })) && remember(justWritten(key, group));
    },
    find(organizationId: string, id: string): StoredGroup | undefined {
      const group = knownById.get(id) ?? read(byId.get(id));
      return group?.organization_id === organizationId ? group : undefined;
    },
    byKey: withKey,
    byReference(organizationId: string, reference: string): StoredGroup | undefined {
      const row = keyOf.get(organizationId, reference);
      return row && withKey(row.key as number);
    },
    /** A page of the organization's groups, newest first (§8.9). */
    page(organizationId: string, limit: number, offset: number): readonly StoredGroup[] {
      const name = `${organizationId} ${limit} ${offset}`;
      const known = pages.get(name);
      if (known !== undefined) return known;
      const list = keys(organizationId);
      const end = Math.max(0, list.length - offset);
      const keysOfPage = list.slice(Math.max(0, end - limit), end).reverse();
      const page = Object.freeze(keysOfPage.map(withKey));
      if (pages.size >= mostPages) pages.clear();
      pages.set(name, page);
      return page;
    },
    count: (organizationId: string) => keys(organizationId).length,
    forget(): void {
      known.clear();
      knownById.clear();
      ordered.clear();
      pages.clear();
    },
  };
}
