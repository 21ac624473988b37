/**
 * A simple model of docs/contract/, §6 to §8, that shares no code with the mock. It identifies everything by its index in a
 * list; mock-world.ts knows the ids of the mock.
 */
export interface Details {
  readonly first_name: string;
  readonly last_name: string;
  readonly date_of_birth: string;
  readonly email?: string | null;
  readonly phone?: string | null;
}
export type Row = Details & { readonly reference_id: string; readonly plan_id: string };

interface Person {
  details: Details;
  /** Their details once the current sync is completed. */
  next: Details | null;
  /** The group in which they are active. */
  in: ModelGroup | null;
}
/** `token` stands for the member id. */
type Member = { state: string; person: Person | null; token: number | null };
export interface ModelGroup {
  readonly org: string;
  name: string;
  /** Empty if it has none (§8.2). */
  external_reference_id: string;
  readonly created: number;
  updated: number;
  readonly members: Map<string, Member>;
}
type Results = { added: number[]; removed: number[]; failed: string[] };
export type ModelSync = {
  group: ModelGroup;
  rows: readonly Row[];
  accepted: number;
  completed: number | null;
  results: Results;
};

export const duration = 1000;

/** The organizations that a mock starts with. */
export const seededOrganizations = ['acme', 'globex'] as const;

export class Reference {
  readonly groups: ModelGroup[] = [];
  readonly syncs: ModelSync[] = [];
  readonly plans: Readonly<Record<string, readonly string[]>>;
  now: number;
  readonly #crossGroup: 'move' | 'reject';
  readonly #people: Person[] = [];
  #tokens = 0;

  constructor(now: number, plans: Reference['plans'], crossGroup: 'move' | 'reject') {
    this.now = now;
    this.plans = plans;
    this.#crossGroup = crossGroup;
  }

  create(org: string, name: string, external_reference_id: string): number {
    if (this.list(org, external_reference_id).length > 0) return 409;
    const [created, updated] = [this.now, this.now];
    this.groups.push({ org, name, external_reference_id, created, updated, members: new Map() });
    return 201;
  }

  update(group: ModelGroup, org: string, name = group.name, reference = group.external_reference_id): number {
    if (group.org !== org) return 404;
    if (this.list(org, reference).some((other) => other !== group)) return 409;
    if (name !== group.name || reference !== group.external_reference_id) group.updated = this.now;
    Object.assign(group, { name, external_reference_id: reference });
    return 200;
  }

  /** The group with the reference, if any; an empty reference matches none. */
  list = (org: string, reference: string): ModelGroup[] =>
    this.groups.filter((group) => group.org === org && reference && group.external_reference_id === reference);

  submit(group: ModelGroup, org: string, rows: readonly Row[]): number {
    if (group.org !== org) return 404;
    if (new Set(rows.map((row) => row.reference_id)).size < rows.length) return 400;
    const results = { added: [], removed: [], failed: [] };
    this.syncs.push({ group, rows, accepted: this.now, completed: null, results });
    return 202;
  }

  /** Completes every sync that is due by then, in the order accepted. */
  advance(ms: number): void {
    this.now += ms;
    for (const sync of this.syncs)
      if (sync.completed === null && sync.accepted + duration <= this.now) {
        sync.completed = sync.accepted + duration;
        this.#replace(sync);
      }
  }

  #replace({ group, rows, results }: ModelSync): void {
    const active = (reference: string) => group.members.get(reference)?.state === 'active';
    const updates = rows.filter((row) => active(row.reference_id));
    for (const [reference, member] of group.members)
      if (active(reference) && !rows.some((row) => row.reference_id === reference)) {
        results.removed.push(member.token as number);
        leave(member.person as Person);
      }
    for (const row of updates) {
      const person = group.members.get(row.reference_id)?.person as Person;
      person.next = { ...person.details, ...row };
    }
    const additions = rows.filter((each) => !active(each.reference_id));
    for (const row of additions) {
      const known = group.members.get(row.reference_id);
      const person = this.#whoIs(row, known?.person ?? null, additions);
      const refused = this.#refusal(group, row, person);
      if (refused) {
        results.failed.push(row.reference_id);
        group.members.set(row.reference_id, { person: null, token: null, ...known, state: refused });
        continue;
      }
      const found = person ?? { details: row, next: null, in: null };
      if (person === null) this.#people.push(found);
      leave(found);
      found.in = group;
      found.next = { ...found.details, ...row };
      const token = known?.person === found ? known.token : this.#tokens++;
      group.members.set(row.reference_id, { state: 'active', person: found, token });
      results.added.push(token as number);
    }
    for (const person of this.#people) Object.assign(person, { details: person.next ?? person.details, next: null });
  }

  /**
   * The person of a row: someone that this sync already handled (§8.14); otherwise a person with these details, preferring
   * the one that had the reference or one who is active; otherwise the one that had it, if inactive and named by no other
   * row (§8.32).
   */
  #whoIs(row: Row, had: Person | null, additions: readonly Row[]): Person | null {
    const inThisSync = this.#people.find(({ next }) => same(next, row));
    if (inThisSync) return inThisSync;
    const returning = had?.in === null ? had : null;
    if (returning && same(returning.details, row)) return returning;
    const known = (each: Row) => {
      const all = this.#people.filter(({ details, next }) => same(next ?? details, each));
      return all.find((person) => person.in) ?? all[0];
    };
    return known(row) ?? (additions.some((each) => known(each) === returning) ? null : returning);
  }

  #refusal(group: ModelGroup, row: Row, person: Person | null): string | undefined {
    if (!this.plans[group.org]?.includes(row.plan_id)) return 'failed';
    if (!person?.in) return undefined;
    if (person.in.org !== group.org) return 'blocked';
    return person.in === group || this.#crossGroup === 'reject' ? 'failed' : undefined;
  }
}

/** §6, §8.17: by e-mail and birth date; without an e-mail by name, birth date and phone. */
function same(known: Details | null, row: Row): boolean {
  if (known?.date_of_birth !== row.date_of_birth) return false;
  if (row.email) return known.email?.toLowerCase() === row.email.toLowerCase();
  const named = known.first_name === row.first_name && known.last_name === row.last_name;
  return named && Boolean(row.phone) && known.phone === row.phone;
}

function leave(person: Person): void {
  for (const member of person.in?.members.values() ?? [])
    if (member.person === person && member.state === 'active') member.state = 'removed';
  person.in = null;
}
