import { type Bodies, ownBodies } from '../contract/bodies.ts';
import type { RulePart } from '../rule-parts.ts';
import { BoundedMap } from './bounded.ts';
import { type Json, recordOf, type Seen, unknownKey } from './exchange.ts';
import { ruleOfRefusal } from './refusals.ts';
import type { RosterReading } from './roster-readings.ts';

/**
 * Who else may have written during the traffic: nobody, others in groups that the traffic did not create, or anybody
 * anywhere. An unexpected state proves a violation only if nobody else can have caused it.
 */
export type Others = 'none' | 'elsewhere' | 'anywhere';

export interface ObserverOptions {
  /** Default `anywhere`. */
  readonly others?: Others;
  /** How long a sync may take (SYNC-4), in milliseconds. Default 180,000. */
  readonly syncTimeoutMs?: number;
  /** Ignore a 502, 503 or 504 without the contract's error body, which a gateway may have sent. Default: if others may write. */
  readonly excusesGateways?: boolean;
  /** The schemas of answers. Default: those of the kit's own contract. */
  readonly bodies?: Bodies;
}

/** How much an observer remembers; the oldest is dropped first. */
export const memoryLimits = { groups: 5000, syncs: 5000, traceIds: 20_000, rows: 60_000, pending: 2000 } as const;

/** A group as the last answer showed it. */
export interface KnownGroup {
  readonly id: string;
  readonly key: string;
  /** Whether it was created in the traffic. */
  readonly created: boolean;
  data: Json;
  /** The rule of the last update; null if there was none. */
  lastUpdate: 'GRP-5' | 'GRP-6' | 'GRP-7' | null;
  /** The latest `updated_at` that was shown, as milliseconds; 0 if none. */
  updatedAt: number;
  /** Whether its fields are unknown, because the answer to a write was lost or two writes overlapped. */
  unclear: boolean;
  /** Whether two groups were created with this id. */
  shared: boolean;
  lastWriteStart: number;
  lastWriteEnd: number;
  deleteTried: boolean;
  /** The last refused update, and the rule that is broken if it has an effect. */
  refused: { readonly name: unknown; readonly external_reference_id: unknown; readonly part: RulePart } | null;
}

export interface KnownSync {
  readonly id: string;
  readonly group: string;
  readonly key: string;
  readonly receipt: Json | null;
  /** When its submission began and was answered, in milliseconds; NaN if it was not observed. */
  readonly startedAt: number;
  readonly submittedAt: number;
  completed: Json | null;
  /** How often it was retrieved. */
  retrievals: number;
}

/** What an observer remembers of earlier exchanges. */
export class Memory {
  readonly others: Others;
  readonly syncTimeoutMs: number;
  readonly bodies: Bodies;
  readonly excusesGateways: boolean;
  /** The names of the limits that were reached. */
  readonly reached = new Set<keyof typeof memoryLimits>();
  readonly groups = new BoundedMap<string, KnownGroup>(memoryLimits.groups, () => this.reached.add('groups'));
  readonly syncs = new BoundedMap<string, KnownSync>(memoryLimits.syncs, () => this.reached.add('syncs'));
  readonly traceIds = new BoundedMap<string, number>(memoryLimits.traceIds, () => this.reached.add('traceIds'));
  /** The organization of each key, from the first group that it created. */
  readonly organizations = new BoundedMap<string, string>(1000);
  /** Keys that have received a list. */
  readonly reading = new BoundedMap<string, true>(1000);
  /** Readings of open questions that the members added and removed by this exchange show. */
  readonly told: RosterReading[] = [];
  /** Groups that were not found, by key and id. */
  readonly unknownGroups = new BoundedMap<string, true>(1000);
  /** The plans of each key, if the list was complete. */
  readonly plans = new BoundedMap<string, ReadonlySet<unknown>>(1000);
  /** Whether the recording contains keys, so that an exchange without a key was sent without one. */
  keysRecorded = false;

  constructor(options: ObserverOptions) {
    const { others = 'anywhere', syncTimeoutMs = 180_000, bodies = ownBodies } = options;
    this.others = others;
    this.excusesGateways = options.excusesGateways ?? others !== 'none';
    this.syncTimeoutMs = syncTimeoutMs;
    this.bodies = bodies;
  }

  /** Whether the fields of a group are known and nobody else can have changed them. */
  isCertain(group: KnownGroup): boolean {
    return (
      !group.unclear && !group.shared && (this.others === 'none' || (this.others === 'elsewhere' && group.created))
    );
  }

  /** Whether two keys certainly belong to different organizations. */
  areStrangers(one: string, other: string): boolean {
    if (one === other || one === unknownKey || other === unknownKey) return false;
    const [a, b] = [this.organizations.get(one), this.organizations.get(other)];
    return a !== undefined && b !== undefined && a !== b;
  }

  /** Marks the fields of a group as unknown until the next write. */
  doubt(id: string): void {
    const group = this.groups.get(id);
    if (group) group.unclear = true;
  }

  /** Whether a key of another organization created the group. */
  isForeign(id: unknown, key: string): boolean {
    const owner = typeof id === 'string' ? this.groups.get(id) : undefined;
    return owner?.created === true && this.areStrangers(owner.key, key);
  }

  /** Updates the memory from an exchange that was judged. */
  learn(seen: Seen): void {
    const { operation, key, exchange } = seen;
    if (typeof exchange.key === 'string') this.keysRecorded = true;
    if (operation === 'createGroup' && seen.ok) {
      if (typeof seen.data.organization_id === 'string' && !this.organizations.has(key))
        this.organizations.set(key, seen.data.organization_id);
      this.#know(seen, pick(seen.data, groupFields), 'create');
    }
    if (operation === 'updateGroup' && seen.params.group_id !== undefined) this.#updated(seen, seen.params.group_id);
    if (operation === 'retrieveGroup' && seen.status === 200) this.#know(seen, pick(seen.data, groupFields), 'read');
    if (operation === 'listGroups' && seen.status === 200) {
      this.reading.set(key, true);
      for (const row of seen.rows) this.#know(seen, pick(row, groupFields), 'read');
    }
    if (operation === 'retrieveGroup' && seen.status === 404)
      this.unknownGroups.set(`${key} ${seen.params.group_id}`, true);
    if (exchange.method === 'DELETE') {
      const group = this.groups.get(exchange.path.split('/').at(-1) ?? '');
      if (group) group.deleteTried = true;
    }
    if (operation === 'submitMemberSync' && seen.ok && typeof seen.data.request_id === 'string')
      this.syncs.set(seen.data.request_id, {
        id: seen.data.request_id,
        group: seen.params.group_id as string,
        key,
        receipt: pick(seen.data, ['accepted_at']),
        startedAt: exchange.startedAt,
        submittedAt: exchange.endedAt,
        completed: null,
        retrievals: 0,
      });
    if (operation === 'retrieveMemberSync' && seen.status === 200) this.#retrieved(seen);
  }

  #know(seen: Seen, data: Json, from: 'create' | 'read'): void {
    if (typeof data.id !== 'string') return;
    const known = this.groups.get(data.id);
    const { startedAt, endedAt } = seen.exchange;
    if (known && from === 'read' && (this.areStrangers(known.key, seen.key) || known.key !== seen.key)) return;
    if (known && from === 'create') {
      known.shared = true;
      return;
    }
    if (known && (startedAt < known.lastWriteEnd || (known.unclear && from === 'read'))) return;
    if (known && this.isCertain(known)) {
      // Remembers what was written, not what was answered, so that one wrong answer does not make all later ones look wrong.
      known.data = { ...data, ...known.data };
      known.updatedAt = Math.max(known.updatedAt, instantOf(data.updated_at) ?? 0);
      return;
    }
    const write = from === 'create' ? [startedAt, endedAt] : [known?.lastWriteStart ?? 0, known?.lastWriteEnd ?? 0];
    this.groups.set(data.id, {
      id: data.id,
      key: seen.key,
      created: from === 'create' || known?.created === true,
      data,
      lastUpdate: known?.lastUpdate ?? null,
      updatedAt: Math.max(known?.updatedAt ?? 0, instantOf(data.updated_at) ?? 0),
      unclear: false,
      shared: known?.shared ?? false,
      lastWriteStart: write[0] as number,
      lastWriteEnd: write[1] as number,
      deleteTried: known?.deleteTried ?? false,
      refused: known?.refused ?? null,
    });
  }

  #updated(seen: Seen, id: string): void {
    const known = this.groups.get(id);
    if (known === undefined) return;
    const part = ruleOfRefusal(seen, known.key);
    const { name, external_reference_id } = recordOf(seen.sent);
    if (part) known.refused = { name, external_reference_id, part };
    if (known.key !== seen.key) {
      // A write with another key, of the same organization or in breach of AUTH-3, makes the fields unknown.
      if (seen.ok) known.unclear = true;
      return;
    }
    const { startedAt, endedAt } = seen.exchange;
    const overlaps = startedAt < known.lastWriteEnd;
    if (seen.ok) {
      const { sent, data } = seen;
      const changes = typeof sent === 'object' && sent !== null ? (sent as Json) : {};
      if (data.id === id) known.data = pick(data, groupFields);
      const refers = typeof changes.external_reference_id === 'string';
      known.lastUpdate = typeof changes.name === 'string' ? 'GRP-5' : refers ? 'GRP-6' : 'GRP-7';
      known.updatedAt = Math.max(known.updatedAt, instantOf(data.updated_at) ?? 0);
      known.unclear = overlaps || data.id !== id;
      known.refused = null;
    } else if (seen.status === 0 || seen.status >= 500) known.unclear = true;
    known.lastWriteStart = Math.min(overlaps ? known.lastWriteStart : startedAt, startedAt);
    known.lastWriteEnd = Math.max(known.lastWriteEnd, endedAt);
  }

  #retrieved(seen: Seen): void {
    const id = seen.params.request_id as string;
    const known = this.syncs.get(id);
    if (known) {
      known.retrievals += 1;
      if (known.key === seen.key && known.group === seen.params.group_id && seen.data.completed_at)
        known.completed ??= resultOf(seen.data);
    } else if (seen.data.request_id === id)
      this.syncs.set(id, {
        id,
        group: seen.params.group_id as string,
        key: seen.key,
        receipt: null,
        startedAt: Number.NaN,
        submittedAt: Number.NaN,
        completed: seen.data.completed_at ? resultOf(seen.data) : null,
        retrievals: 1,
      });
  }
}

const groupFields = ['id', 'organization_id', 'name', 'external_reference_id', 'created_at', 'updated_at'];
const resultFields = ['added_group_member_ids', 'removed_group_member_ids', 'failures'];

/** The fields of an object that are remembered: others may be large. */
function pick(data: Json, fields: readonly string[]): Json {
  const picked: Record<string, unknown> = {};
  for (const name of fields) if (name in data) picked[name] = data[name];
  return picked;
}

const resultOf = ({ completed_at, results }: Json): Json => ({
  completed_at,
  results: pick(recordOf(results), resultFields),
});

/** A timestamp as milliseconds; undefined if the value is not a timestamp. */
export function instantOf(value: unknown): number | undefined {
  const instant = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(instant) ? undefined : instant;
}
