import type { Quirks } from '../../generated/quirks.ts';
import { type MemberEvent, type MemberState, nextState } from './lifecycle.ts';
import { magicOutcome } from './magic.ts';
import { hasNews, isKnownBy, type MatchKeys, type MemberRow, matchKey, matchKeys, mergeDetails } from './people.ts';
import type {
  ActiveSubscription,
  Change,
  Failure,
  KnownMember,
  KnownPerson,
  LoadedSync,
  Reconciled,
} from './roster.ts';

/** What decides beside the data. */
export interface Rules {
  readonly quirks: Quirks;
  readonly issueMemberId: () => string;
  readonly issueAccountId: () => string;
  /** Why something is to fail although nothing speaks against it; asked once for each. */
  readonly rejection?: (referenceId: string, operation: Failure['operation']) => string | undefined;
}

/** Why a row cannot be added, as its failure says it. */
const reasons = {
  blocked: 'This person has an active subscription under another organization.',
  elsewhere: (groupId: string) => `This person has an active subscription in another group, ${groupId}.`,
  here: (referenceId: string) => `This person is already subscribed in this group as ${JSON.stringify(referenceId)}.`,
  rejected: 'The details of this person could not be verified.',
  plan: (planId: string) => `The organization has no plan ${JSON.stringify(planId)}.`,
};

/**
 * The replacement model (contract §6): what it takes to turn the group's roster into the given rows, and the results to
 * report. Removals come first, then additions, then updates of personal fields, so that a person who changes their
 * `reference_id` is one removal and one addition (LIFE-13). Changes nothing itself.
 */
export function reconcile(sync: LoadedSync, rules: Rules): Reconciled {
  const failures: Failure[] = [];
  const taken = new Taken();

  const { unlisted, kept } = splitRoster(sync, rules, failures);
  for (const { person, referenceId } of kept) taken.addPerson(person, referenceId);
  const removals = unlisted.map(
    (subscription): Change => ({ kind: 'unsubscribe', subscription, state: step('active', 'unlisted') }),
  );
  const updates = updatesOf(sync, taken);
  const { changes, added } = additionsOf(sync, rules, taken, failures);

  return {
    changes: [...removals, ...changes, ...updates],
    results: {
      added_group_member_ids: added,
      removed_group_member_ids: unlisted.map(({ memberId }) => memberId),
      failures,
    },
  };
}

/** Who holds a subscription in this group after the sync, as far as it is decided. */
class Taken {
  readonly #people = new Map<number, string>();
  readonly #changed = new Set<number>();
  readonly #keys = new Map<string | null, string>();

  addPerson(person: number, referenceId: string): void {
    this.#people.set(person, referenceId);
  }

  /** Whether this sync changes by what a person is known. */
  isChanged(person: number): boolean {
    return this.#changed.has(person);
  }

  /** Notes by which match keys a person is known from now on; `person` is absent if they are new. */
  addKeys({ byEmail, byName }: MatchKeys, referenceId: string, person?: number): void {
    if (person !== undefined) this.#changed.add(person);
    for (const key of [byEmail, byName]) if (key !== null) this.#keys.set(key, referenceId);
  }

  /** The reference under which a person is subscribed, if they are. */
  byPerson(person: number): string | undefined {
    return this.#people.get(person);
  }

  byDetails(row: MemberRow): string | undefined {
    return this.#keys.get(matchKey(row));
  }
}

/** Who leaves the group and who stays, be it because their removal is to fail. */
function splitRoster({ roster, listed }: LoadedSync, { rejection }: Rules, failures: Failure[]) {
  const unlisted: ActiveSubscription[] = [];
  const kept: ActiveSubscription[] = [];
  for (const subscription of roster) {
    const { referenceId } = subscription;
    const reason = listed.has(referenceId) ? undefined : rejection?.(referenceId, 'remove');
    if (reason !== undefined) failures.push({ reference_id: referenceId, operation: 'remove', reason });
    const stays = listed.has(referenceId) || reason !== undefined;
    (stays ? kept : unlisted).push(subscription);
  }
  return { unlisted, kept };
}

/** New personal fields of those present (LIFE-6). By these they are known to the rows about new members (§8.14). */
function updatesOf({ roster, rows, people }: LoadedSync, taken: Taken): Change[] {
  const updates: Change[] = [];
  const present = new Map(roster.map(({ referenceId, person }) => [referenceId, person]));
  for (const row of rows) {
    const person = present.get(row.reference_id);
    if (person === undefined) continue;
    const { details } = people.get(person) as KnownPerson;
    if (!hasNews(details, row)) continue;
    const merged = mergeDetails(details, row);
    const keys = matchKeys(merged);
    updates.push({ kind: 'update', person, details: merged, keys });
    taken.addKeys(keys, row.reference_id, person);
  }
  return updates;
}

function additionsOf(sync: LoadedSync, rules: Rules, taken: Taken, failures: Failure[]) {
  const changes: Change[] = [];
  const added: string[] = [];
  const present = new Set(sync.roster.map(({ referenceId }) => referenceId));
  const rows = sync.rows.filter((row) => !present.has(row.reference_id));
  const recognise = recogniser(sync, rows, taken);

  for (const row of rows) {
    const { reference_id: referenceId, plan_id: planId } = row;
    const member = sync.members.get(referenceId);
    const provisioning = step(member?.state ?? 'absent', 'listed');
    const refusal = refusalOfRow(row, sync, rules, taken);
    const person = refusal ? undefined : recognise(row, member);
    const elsewhere = person?.active && person.active.groupId !== sync.groupId ? person.active : undefined;
    const reason = refusal ?? refusalOfPerson(person, elsewhere, sync, rules, taken);
    if (reason !== undefined) {
      failures.push({ reference_id: referenceId, operation: 'add', reason });
      const event = reason === reasons.blocked ? 'blocked' : 'failed';
      changes.push({ kind: 'fail', referenceId, state: step(provisioning, event) });
      continue;
    }
    // The person's subscription elsewhere ends before the one here starts, so that they are never active in both.
    if (elsewhere) changes.push({ kind: 'unsubscribe', subscription: elsewhere, state: step('active', 'moved') });
    const details = mergeDetails(person?.details, row);
    const keys = matchKeys(details);
    const hasAccount = person !== undefined && member?.account?.person === person.key;
    const memberId = hasAccount ? (member.account as { id: string }).id : rules.issueMemberId();
    added.push(memberId);
    const addition = {
      referenceId,
      memberId,
      planId,
      person: person?.key ?? { newId: rules.issueAccountId() },
      details,
      keys,
    };
    changes.push({ kind: 'subscribe', addition, state: step(provisioning, 'subscribed') });
    if (person) taken.addPerson(person.key, referenceId);
    taken.addKeys(keys, referenceId, person?.key);
  }
  return { changes, added };
}

/** Why a row cannot be added, whoever it is about. */
function refusalOfRow(row: MemberRow, { plans }: LoadedSync, { rejection }: Rules, taken: Taken): string | undefined {
  const magic = magicOutcome(row);
  if (!plans.has(row.plan_id) || magic === 'unknown-plan') return reasons.plan(row.plan_id);
  if (magic === 'blocked') return reasons.blocked;
  if (magic === 'rejected') return reasons.rejected;
  const sameInPayload = taken.byDetails(row);
  return (
    rejection?.(row.reference_id, 'add') ?? (sameInPayload === undefined ? undefined : reasons.here(sameInPayload))
  );
}

/** Why a known person cannot be added, if they are subscribed here or elsewhere. */
function refusalOfPerson(
  person: KnownPerson | undefined,
  elsewhere: ActiveSubscription | undefined,
  sync: LoadedSync,
  { quirks }: Rules,
  taken: Taken,
): string | undefined {
  const holder = person && taken.byPerson(person.key);
  if (holder !== undefined) return reasons.here(holder);
  if (elsewhere === undefined) return undefined;
  if (elsewhere.organizationId !== sync.organizationId) return reasons.blocked;
  return quirks['cross-group'] === 'reject' ? reasons.elsewhere(elsewhere.groupId) : undefined;
}

/**
 * Finds whom a row about a new member is about: who is known by its details, else who had its reference, if they are
 * active nowhere and no other row names them (§8.32).
 */
function recogniser({ groupId, matches, people }: LoadedSync, rows: readonly MemberRow[], taken: Taken) {
  const isActive = ({ key, active }: KnownPerson): boolean =>
    taken.byPerson(key) !== undefined || (active !== null && active.groupId !== groupId);
  /** Of several, one who is active, for nobody is active twice (LIFE-11). */
  const known = ({ reference_id }: MemberRow): KnownPerson | undefined => {
    // Whose reference was handed on in this sync, the old details are no longer about.
    const same = (matches.get(reference_id) ?? []).filter((key) => !taken.isChanged(key));
    const candidates = same.map((key) => people.get(key) as KnownPerson);
    return candidates.find(isActive) ?? candidates[0];
  };
  const named = new Set(rows.map((row) => known(row)?.key));

  return (row: MemberRow, member: KnownMember | undefined): KnownPerson | undefined => {
    const had = member?.account ? people.get(member.account.person) : undefined;
    const returning = had && !isActive(had) ? had : undefined;
    // Of several who are known by the same details, the account that the reference had.
    if (returning && isKnownBy(returning.details, row)) return returning;
    return known(row) ?? (returning && !named.has(returning.key) ? returning : undefined);
  };
}

/** A step of the lifecycle that must exist: anything else is a defect of the reconciliation, not of its input. */
function step(from: MemberState, event: MemberEvent): MemberState {
  const to = nextState(from, event);
  if (to === undefined) throw new Error(`a member that is ${from} cannot be ${event}`);
  return to;
}
