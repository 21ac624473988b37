import { isKnownBy, type MemberRow, type PersonalDetails } from '../domain/people.ts';
import { defaultQuirks } from '../domain/quirks.ts';
import { reconcile } from '../domain/reconcile.ts';
import type { ActiveSubscription, KnownMember, KnownPerson, RosterChange, SyncResults } from '../domain/roster.ts';
import { rowOf } from './rows.ts';

/** The plans that both organizations of a town have. */
export const plans = ['basic', 'plus'];

/** A valid row on the basic plan about a different person for each name. */
export const basicRow = (name: string, overrides?: Partial<MemberRow>): MemberRow => rowOf(name, 'basic', overrides);

/** The row without its e-mail. */
export function withoutEmail({ email: _, ...rest }: MemberRow): MemberRow {
  return rest;
}

/**
 * A minimal world in plain arrays that applies reconciliations. Groups `acme-1`, `acme-2`, `globex-1` … belong to the
 * organization before the hyphen. Throws if a change would give someone two active subscriptions.
 */
export class Town {
  readonly #people: PersonalDetails[] = [];
  readonly #members = new Map<string, KnownMember>();
  readonly #quirks: typeof defaultQuirks;
  readonly #rejections = new Map<string, string>();
  #active: ActiveSubscription[] = [];
  #issued = 0;

  constructor(quirks: Partial<typeof defaultQuirks> = {}) {
    this.#quirks = { ...defaultQuirks, ...quirks };
  }

  /** Makes the addition or removal of a reference fail with a reason; `undefined` clears that. */
  reject(operation: 'add' | 'remove', referenceId: string, reason: string | undefined): void {
    if (reason === undefined) this.#rejections.delete(`${operation} ${referenceId}`);
    else this.#rejections.set(`${operation} ${referenceId}`, reason);
  }

  /** Reconciles the group with the rows and applies the outcome. */
  sync(groupId: string, rows: readonly MemberRow[]): SyncResults {
    const sync = {
      organizationId: organizationOf(groupId),
      groupId,
      listed: new Map(rows.map((row) => [row.reference_id, row.plan_id])),
      rows,
      roster: this.#rosterOf(groupId),
      members: this.#membersOf(groupId),
      people: new Map(this.#people.map((_, key) => [key, this.#person(key)])),
      matches: this.#matchesOf(rows),
      plans: new Set(plans),
    };
    const { changes, results } = reconcile(sync, {
      quirks: this.#quirks,
      issueMemberId: () => `member-${++this.#issued}`,
      issueAccountId: () => `account-${++this.#issued}`,
      rejection: (referenceId, operation) => this.#rejections.get(`${operation} ${referenceId}`),
    });
    for (const change of changes) this.#apply(groupId, change);
    return results;
  }

  /** The roster of the group: member id by reference. */
  roster(groupId: string): ReadonlyMap<string, string> {
    return new Map(this.#rosterOf(groupId).map(({ referenceId, memberId }) => [referenceId, memberId]));
  }

  /** The lifecycle state of a reference in a group. */
  state(groupId: string, referenceId: string): string | undefined {
    return this.#members.get(`${groupId}/${referenceId}`)?.state;
  }

  /** The personal details of the member with a reference. */
  details(groupId: string, referenceId: string): PersonalDetails | undefined {
    const held = this.#rosterOf(groupId).find((subscription) => subscription.referenceId === referenceId);
    return held && this.#people[held.person];
  }

  #rosterOf(groupId: string): ActiveSubscription[] {
    return this.#active.filter((subscription) => subscription.groupId === groupId);
  }

  #membersOf(groupId: string): Map<string, KnownMember> {
    const prefix = `${groupId}/`;
    const own = [...this.#members].filter(([place]) => place.startsWith(prefix));
    return new Map(own.map(([place, member]) => [place.slice(prefix.length), member]));
  }

  #person(key: number): KnownPerson {
    return {
      key,
      details: this.#people[key] as PersonalDetails,
      active: this.#active.find((subscription) => subscription.person === key) ?? null,
    };
  }

  /** Those known by the details of each row, the earliest first. */
  #matchesOf(rows: readonly MemberRow[]): Map<string, number[]> {
    const known = (row: MemberRow) =>
      this.#people.flatMap((details, person) => (isKnownBy(details, row) ? [person] : []));
    return new Map(rows.map((row) => [row.reference_id, known(row)]));
  }

  #apply(groupId: string, change: RosterChange): void {
    const member = (referenceId: string, group = groupId) => {
      const key = `${group}/${referenceId}`;
      return {
        account: this.#members.get(key)?.account ?? null,
        set: (known: KnownMember) => this.#members.set(key, known),
      };
    };
    switch (change.kind) {
      case 'unsubscribe': {
        const { referenceId, person, groupId: from } = change.subscription;
        const { account, set } = member(referenceId, from);
        this.#active = this.#active.filter((subscription) => subscription.person !== person);
        set({ state: change.state, account });
        break;
      }
      case 'fail': {
        const { account, set } = member(change.referenceId);
        set({ state: change.state, account });
        break;
      }
      case 'update':
        this.#people[change.person] = change.details;
        break;
      case 'subscribe': {
        const { referenceId, memberId, details } = change.addition;
        const given = change.addition.person;
        const person = typeof given === 'number' ? given : this.#people.length;
        if (this.#active.some((held) => held.person === person))
          throw new Error(`${referenceId} would be active twice`);
        this.#people[person] = details;
        this.#active.push({
          organizationId: organizationOf(groupId),
          groupId,
          referenceId,
          memberId,
          person,
        });
        member(referenceId).set({ state: change.state, account: { id: memberId, person } });
      }
    }
  }
}

const organizationOf = (groupId: string): string => groupId.replace(/-.*/, '');
