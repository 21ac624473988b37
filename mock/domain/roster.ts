import type { components } from '../../generated/api.ts';
import type { Quirks } from '../../generated/quirks.ts';
import { type MemberEvent, type MemberState, nextState } from './lifecycle.ts';
import { magicOutcome } from './magic.ts';
import {
  isKnownBy,
  type MatchKeys,
  type MemberRow,
  matchKey,
  matchKeys,
  mergeDetails,
  type PersonalDetails,
} from './people.ts';
import { Problem } from './problems.ts';
import { atOnce, each, pauseAfter, type Sliced } from './slices.ts';

export type SyncResults = components['schemas']['GroupMemberSyncResults'];
type Failure = components['schemas']['GroupMemberSyncFailure'];

/** A subscription that has not ended: who holds it, where. */
export interface ActiveSubscription {
  readonly key: number;
  readonly organizationId: string;
  readonly groupId: string;
  readonly referenceId: string;
  readonly memberId: string;
  readonly person: number;
  readonly planId?: string;
}

/** Someone already known in the world, in whichever organization. */
export interface KnownPerson {
  readonly key: number;
  readonly details: PersonalDetails;
  readonly active: ActiveSubscription | null;
}

/** A `reference_id` that the group has seen before: its state, and its account if it ever had one. */
export interface KnownMember {
  readonly state: MemberState;
  readonly account: { readonly id: string; readonly person: number } | null;
}

/** What the reconciliation of one group may ask about the rest of its world. */
export interface Directory {
  /** The earliest person known under either key. */
  match(keys: MatchKeys): KnownPerson | undefined;
  person(key: number): KnownPerson;
  member(referenceId: string): KnownMember | undefined;
}

/** One sync of one group, ready to be reconciled. */
export interface Reconciliation {
  readonly organizationId: string;
  readonly groupId: string;
  /** Who is subscribed in the group now. */
  readonly roster: readonly ActiveSubscription[];
  /** The complete new roster, valid and without a repeated `reference_id`. */
  readonly rows: readonly MemberRow[];
  /** The plans of the organization, by id. */
  readonly plans: ReadonlySet<string>;
  readonly directory: Directory;
  readonly quirks: Quirks;
  readonly issueMemberId: () => string;
  readonly issueAccountId: () => string;
  /** Why something is to fail although nothing speaks against it; asked once for each. */
  readonly rejection?: (referenceId: string, operation: Failure['operation']) => string | undefined;
}

/** A change that a sync makes, in the order in which it is to be stored. */
export type Change =
  | { readonly kind: 'unsubscribe'; readonly subscription: ActiveSubscription; readonly state: MemberState }
  | { readonly kind: 'subscribe'; readonly addition: Addition; readonly state: MemberState }
  | { readonly kind: 'fail'; readonly referenceId: string; readonly state: MemberState }
  | { readonly kind: 'update'; readonly person: number; readonly details: PersonalDetails };

/** A new subscription: of a known person, or of one who becomes known by it under a new account id. */
export interface Addition {
  readonly referenceId: string;
  readonly memberId: string;
  readonly planId: string;
  readonly person: number | { readonly newId: string };
  readonly details: PersonalDetails;
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
 * Refuses a roster in which a `reference_id` occurs twice, however far apart (SYNC-8).
 * Throws a Problem that names both rows.
 */
export function refuseDuplicates(rows: readonly MemberRow[]): void {
  const seen = new Map<string, number>();
  rows.forEach(({ reference_id: id }, index) => {
    const first = seen.get(id);
    if (first !== undefined)
      throw new Problem(
        'malformed',
        'duplicate_reference_id',
        `members[${index}].reference_id: ${JSON.stringify(id)} is already used by members[${first}]; ` +
          'a reference_id may occur once in a roster.',
        'SYNC-8',
      );
    seen.set(id, index);
  });
}

/**
 * The replacement model (contract.md §6): what it takes to turn the group's roster into the given rows, and the results
 * to report. Removals come first, then additions, then updates of personal fields, so that a person who changes their
 * `reference_id` is one removal and one addition (LIFE-13). Changes nothing itself.
 */
export const reconcile = (sync: Reconciliation): Reconciled => atOnce(reconciling(sync));

/** What it takes to turn one roster into another, and the results to report. */
export interface Reconciled {
  readonly changes: readonly Change[];
  readonly results: SyncResults;
}

/** As `reconcile`, in slices. */
export function* reconciling(sync: Reconciliation): Sliced<Reconciled> {
  const { directory, quirks } = sync;
  const changes: Change[] = [];
  const unlisted: ActiveSubscription[] = [];
  const updates: Change[] = [];
  const added: string[] = [];
  const failures: Failure[] = [];

  const present = new Map(sync.roster.map((subscription) => [subscription.referenceId, subscription]));
  const listed = new Set(sync.rows.map((row) => row.reference_id));
  /** Whose subscription in this group holds after this sync's removals and the additions so far: person → reference. */
  const here = new Map<number, string>();
  /** By what the people of the additions so far are known from now on: their keys → reference. */
  const claimed = new Map<string | null, string>();

  const claim = (details: PersonalDetails, referenceId: string): void => {
    const { byEmail, byName } = matchKeys(details);
    for (const key of [byEmail, byName]) if (key !== null) claimed.set(key, referenceId);
  };
  const isActive = ({ key, active }: KnownPerson): boolean =>
    here.has(key) || (active !== null && active.groupId !== sync.groupId);

  yield* pauseAfter(sync.rows);
  for (const subscription of sync.roster) {
    const { referenceId, person } = subscription;
    const kept = listed.has(referenceId);
    const reason = kept ? undefined : sync.rejection?.(referenceId, 'remove');
    if (reason !== undefined) failures.push({ reference_id: referenceId, operation: 'remove', reason });
    if (kept || reason !== undefined) here.set(person, referenceId);
    else unlisted.push(subscription);
  }
  yield* pauseAfter(sync.roster);

  // Whom this sync gives other details is known by them to the rows about new members (§8.14).
  for (const row of sync.rows) {
    const subscription = present.get(row.reference_id);
    if (subscription === undefined) continue;
    const { details } = directory.person(subscription.person);
    const merged = mergeDetails(details, row);
    if (JSON.stringify(merged) === JSON.stringify(details)) continue;
    updates.push({ kind: 'update', person: subscription.person, details: merged });
    claim(merged, row.reference_id);
  }
  /** The people whom rows about new members name by their details. */
  const named = new Map<string, KnownPerson | undefined>();
  for (const row of sync.rows)
    if (!present.has(row.reference_id)) named.set(row.reference_id, directory.match(matchKeys(row)));
  const namedKeys = new Set([...named.values()].map((person) => person?.key));

  /** The person whom a row is about, if known: by its details, else by its reference (§8.32). */
  const whoIs = (row: MemberRow, known: KnownMember | undefined): KnownPerson | null => {
    const had = known?.account ? directory.person(known.account.person) : null;
    const returning = had === null || isActive(had) ? null : had;
    if (returning !== null && isKnownBy(returning.details, row)) return returning;
    return named.get(row.reference_id) ?? (namedKeys.has(returning?.key) ? null : returning);
  };

  /** Why the row cannot be added, or the subscription that it is to become. */
  const admit = (row: MemberRow, known: KnownMember | undefined): Rejection | Admission => {
    const magic = magicOutcome(row);
    if (!sync.plans.has(row.plan_id) || magic === 'unknown-plan')
      return { event: 'failed', reason: reasons.plan(row.plan_id) };
    if (magic === 'blocked') return { event: 'blocked', reason: reasons.blocked };
    if (magic === 'rejected') return { event: 'failed', reason: reasons.rejected };
    const told = sync.rejection?.(row.reference_id, 'add');
    if (told !== undefined) return { event: 'failed', reason: told };

    const claimant = claimed.get(matchKey(row));
    if (claimant !== undefined) return { event: 'failed', reason: reasons.here(claimant) };

    const person = whoIs(row, known);
    const holder = person === null ? undefined : here.get(person.key);
    if (holder !== undefined) return { event: 'failed', reason: reasons.here(holder) };
    const active = person?.active ?? null;
    const elsewhere = active !== null && active.groupId !== sync.groupId ? active : null;
    if (elsewhere !== null && elsewhere.organizationId !== sync.organizationId)
      return { event: 'blocked', reason: reasons.blocked };
    if (elsewhere !== null && quirks['cross-group'] === 'reject')
      return { event: 'failed', reason: reasons.elsewhere(elsewhere.groupId) };

    if (person !== null) here.set(person.key, row.reference_id);
    claim(mergeDetails(person?.details, row), row.reference_id);
    return { person, moved: elsewhere };
  };

  yield* each(sync.rows, (row) => {
    if (present.has(row.reference_id)) return;
    const known = directory.member(row.reference_id);
    const provisioning = step(known?.state ?? 'absent', 'listed');
    const outcome = admit(row, known);
    if ('reason' in outcome) {
      failures.push({ reference_id: row.reference_id, operation: 'add', reason: outcome.reason });
      changes.push({ kind: 'fail', referenceId: row.reference_id, state: step(provisioning, outcome.event) });
      return;
    }
    const { person, moved } = outcome;
    // The person's subscription elsewhere ends before the one here starts, so that they are never active in both.
    if (moved !== null) changes.push({ kind: 'unsubscribe', subscription: moved, state: step('active', 'moved') });
    const sameAccount = person !== null && known?.account?.person === person.key ? known.account : undefined;
    const memberId = sameAccount?.id ?? sync.issueMemberId();
    added.push(memberId);
    changes.push({
      kind: 'subscribe',
      addition: {
        referenceId: row.reference_id,
        memberId,
        planId: row.plan_id,
        person: person?.key ?? { newId: sync.issueAccountId() },
        details: mergeDetails(person?.details, row),
      },
      state: step(provisioning, 'subscribed'),
    });
  });

  const removals = unlisted.map(
    (subscription): Change => ({ kind: 'unsubscribe', subscription, state: step('active', 'unlisted') }),
  );
  return {
    changes: [...removals, ...changes, ...updates],
    results: {
      added_group_member_ids: added,
      removed_group_member_ids: unlisted.map(({ memberId }) => memberId),
      failures,
    },
  };
}

interface Rejection {
  readonly event: 'failed' | 'blocked';
  readonly reason: string;
}

interface Admission {
  readonly person: KnownPerson | null;
  readonly moved: ActiveSubscription | null;
}

/** A step of the lifecycle that must exist: anything else is a defect of the reconciliation, not of its input. */
function step(from: MemberState, event: MemberEvent): MemberState {
  const to = nextState(from, event);
  if (to === undefined) throw new Error(`a member that is ${from} cannot be ${event}`);
  return to;
}
