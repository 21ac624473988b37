import type { Quirks } from '../../generated/quirks.ts';
import { type MemberEvent, type MemberState, nextState } from './lifecycle.ts';
import { magicOutcome } from './magic.ts';
import { hasChanges, isKnownBy, type MatchKeys, type MemberRow, matchKey, matchKeys, mergeDetails } from './people.ts';
import type {
  ActiveSubscription,
  KnownMember,
  KnownPerson,
  LoadedSync,
  Reconciled,
  RosterChange,
  SyncFailure,
} from './roster.ts';

/** Settings and id sources that a reconciliation needs besides the data. */
export interface ReconcileOptions {
  readonly quirks: Quirks;
  readonly issueMemberId: () => string;
  readonly issueAccountId: () => string;
  /** The reason why the control plane rejects a row that is otherwise fine. Called at most once for each row. */
  readonly rejection?: (referenceId: string, operation: SyncFailure['operation']) => string | undefined;
}

/** Why a row cannot be added, as its failure reports it. */
const reasons = {
  blocked: 'This person has an active subscription under another organization.',
  elsewhere: (groupId: string) => `This person has an active subscription in another group, ${groupId}.`,
  here: (referenceId: string) => `This person is already subscribed in this group as ${JSON.stringify(referenceId)}.`,
  rejected: 'The details of this person could not be verified.',
  plan: (planId: string) => `The organization has no plan ${JSON.stringify(planId)}.`,
};

/**
 * The replacement model (contract §6): computes the changes that turn the group's roster into the given rows, and the
 * results to report. Removals come first, then additions, then updates of personal fields, so a person whose
 * `reference_id` changes is one removal and one addition (LIFE-13). Stores nothing.
 */
export function reconcile(sync: LoadedSync, options: ReconcileOptions): Reconciled {
  const failures: SyncFailure[] = [];
  const taken = new Taken();

  const { unlisted, kept } = splitRoster(sync, options, failures);
  for (const { person, referenceId } of kept) taken.addPerson(person, referenceId);
  const removals = unlisted.map(
    (subscription): RosterChange => ({ kind: 'unsubscribe', subscription, state: step('active', 'unlisted') }),
  );
  const present = new Map(sync.roster.map(({ referenceId, person }) => [referenceId, person]));
  const updates = updatesOf(sync, present);
  const rows = sync.rows.filter((row) => !present.has(row.reference_id));
  // Rows about new members are matched against the new details of present ones (§8.14).
  if (rows.length > 0)
    for (const { person, keys } of updates) taken.addKeys(keys, taken.byPerson(person) as string, person);
  const { changes, added } = additionsOf(rows, sync, options, taken, failures);

  return {
    changes: [...removals, ...changes, ...updates],
    results: {
      added_group_member_ids: added,
      removed_group_member_ids: unlisted.map(({ memberId }) => memberId),
      failures,
    },
  };
}

/** Who will hold a subscription in this group after the sync, as decided so far. */
class Taken {
  readonly #people = new Map<number, string>();
  readonly #changed = new Set<number>();
  readonly #keys = new Map<string | null, string>();

  addPerson(person: number, referenceId: string): void {
    this.#people.set(person, referenceId);
  }

  /** Whether this sync changes the match keys of a person. */
  isChanged(person: number): boolean {
    return this.#changed.has(person);
  }

  /** Adds the new match keys of a person; `person` is absent if they are new. */
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

/** Who leaves the group and who stays, either listed or because their removal is rejected. */
function splitRoster({ roster, listed }: LoadedSync, { rejection }: ReconcileOptions, failures: SyncFailure[]) {
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

/** New personal fields of present members (LIFE-6). `present` has the person of each reference on the roster. */
function updatesOf({ rows, people }: LoadedSync, present: ReadonlyMap<string, number>) {
  const updates: Extract<RosterChange, { kind: 'update' }>[] = [];
  for (const row of rows) {
    const person = present.get(row.reference_id);
    if (person === undefined) continue;
    const { details } = people.get(person) as KnownPerson;
    const merged = mergeDetails(details, row);
    if (hasChanges(details, merged)) updates.push({ kind: 'update', person, details: merged, keys: matchKeys(merged) });
  }
  return updates;
}

function additionsOf(
  rows: readonly MemberRow[],
  sync: LoadedSync,
  options: ReconcileOptions,
  taken: Taken,
  failures: SyncFailure[],
) {
  const changes: RosterChange[] = [];
  const added: string[] = [];
  const findPerson = personFinder(sync, rows, taken);

  for (const row of rows) {
    const { reference_id: referenceId, plan_id: planId } = row;
    const member = sync.members.get(referenceId);
    const provisioning = step(member?.state ?? 'absent', 'listed');
    const refusal = refusalOfRow(row, sync, options, taken);
    const person = refusal ? undefined : findPerson(row, member);
    const elsewhere = person?.active && person.active.groupId !== sync.groupId ? person.active : undefined;
    const reason = refusal ?? refusalOfPerson(person, elsewhere, sync, options, taken);
    if (reason !== undefined) {
      failures.push({ reference_id: referenceId, operation: 'add', reason });
      const event = reason === reasons.blocked ? 'blocked' : 'failed';
      changes.push({ kind: 'fail', referenceId, state: step(provisioning, event) });
      continue;
    }
    // The subscription elsewhere ends before the one here starts, so the person is never active in both groups.
    if (elsewhere) changes.push({ kind: 'unsubscribe', subscription: elsewhere, state: step('active', 'moved') });
    const details = mergeDetails(person?.details, row);
    const keys = matchKeys(details);
    const hasAccount = person !== undefined && member?.account?.person === person.key;
    const memberId = hasAccount ? (member.account as { id: string }).id : options.issueMemberId();
    added.push(memberId);
    const addition = {
      referenceId,
      memberId,
      planId,
      person: person?.key ?? { newId: options.issueAccountId() },
      details,
      keys,
    };
    changes.push({ kind: 'subscribe', addition, state: step(provisioning, 'subscribed') });
    if (person) taken.addPerson(person.key, referenceId);
    taken.addKeys(keys, referenceId, person?.key);
  }
  return { changes, added };
}

/** Why a row cannot be added, regardless of the person. */
function refusalOfRow(
  row: MemberRow,
  { plans }: LoadedSync,
  { rejection }: ReconcileOptions,
  taken: Taken,
): string | undefined {
  const magic = magicOutcome(row);
  if (!plans.has(row.plan_id) || magic === 'unknown-plan') return reasons.plan(row.plan_id);
  if (magic === 'blocked') return reasons.blocked;
  if (magic === 'rejected') return reasons.rejected;
  const sameInPayload = taken.byDetails(row);
  return (
    rejection?.(row.reference_id, 'add') ?? (sameInPayload === undefined ? undefined : reasons.here(sameInPayload))
  );
}

/** Why a known person cannot be added: they are already subscribed, here or elsewhere. */
function refusalOfPerson(
  person: KnownPerson | undefined,
  elsewhere: ActiveSubscription | undefined,
  sync: LoadedSync,
  { quirks }: ReconcileOptions,
  taken: Taken,
): string | undefined {
  const holder = person && taken.byPerson(person.key);
  if (holder !== undefined) return reasons.here(holder);
  if (elsewhere === undefined) return undefined;
  if (elsewhere.organizationId !== sync.organizationId) return reasons.blocked;
  return quirks['cross-group'] === 'reject' ? reasons.elsewhere(elsewhere.groupId) : undefined;
}

/**
 * Finds the person of a row about a new member: the one that its details match, or else the one that had its reference,
 * if that person is active nowhere and no other row matches them (§8.32).
 */
function personFinder({ groupId, matches, people }: LoadedSync, rows: readonly MemberRow[], taken: Taken) {
  const isActive = ({ key, active }: KnownPerson): boolean =>
    taken.byPerson(key) !== undefined || (active !== null && active.groupId !== groupId);
  /** The person that the details match; of several, one who is active, because nobody may be active twice (LIFE-11). */
  const known = ({ reference_id }: MemberRow): KnownPerson | undefined => {
    // If this sync changes a person's details, their old details no longer identify them.
    const candidates = matches
      .get(reference_id)
      ?.filter((key) => !taken.isChanged(key))
      .map((key) => people.get(key) as KnownPerson);
    return candidates?.find(isActive) ?? candidates?.[0];
  };
  const named = new Set(rows.map((row) => known(row)?.key));

  return (row: MemberRow, member: KnownMember | undefined): KnownPerson | undefined => {
    const had = member?.account ? people.get(member.account.person) : undefined;
    const returning = had && !isActive(had) ? had : undefined;
    // If several people match the same details, the one that had this reference comes first.
    if (returning && isKnownBy(returning.details, row)) return returning;
    return known(row) ?? (returning && !named.has(returning.key) ? returning : undefined);
  };
}

/** A transition that must exist: if it does not, the reconciliation has a bug, not its input. */
function step(from: MemberState, event: MemberEvent): MemberState {
  const to = nextState(from, event);
  if (to === undefined) throw new Error(`a member that is ${from} cannot be ${event}`);
  return to;
}
