import type { RulePart } from '../rule-parts.ts';
import { BoundedMap } from './bounded.ts';
import { ByMark } from './by-mark.ts';
import { isRecord, recordOf, recordsOf, type Seen, stringsIn } from './exchange.ts';
import { type Judgement, judge } from './judgement.ts';
import { type Memory, memoryLimits } from './memory.ts';
import type { Observation } from './observation.ts';
import { isAnybody, isSamePerson, marksOf } from './people.ts';
import {
  judgeReconciliation,
  judgeUnknownPlans,
  type Member,
  type ReportedChanges,
  type SubmittedRow,
} from './reconciliation.ts';
import { ruleOfRefusal } from './refusals.ts';
import { rosterReadings } from './roster-readings.ts';

interface Submission {
  readonly request: string;
  readonly group: string;
  readonly key: string;
  readonly rows: readonly SubmittedRow[];
  /** Whether no other sync of the group was in flight, so that the result depends on this roster alone. */
  alone: boolean;
  readonly cause: RulePart | undefined;
}

interface Roster {
  readonly group: string;
  readonly key: string;
  readonly created: boolean;
  /** Null if the members are not known. */
  members: Map<string, Member> | null;
  /** The ids of members who were removed, by reference; null if they are not known. */
  readonly left: Map<string, ReadonlySet<string> | null>;
  readonly open: Map<string, Submission>;
  /** The rule that forbids a change of membership since the last sync. */
  cause: RulePart | undefined;
}

/** A refused sync is a more likely cause than an update, and an update is more likely than a sync of another group. */
const isRefusalRule = (part: RulePart | undefined): boolean => part !== undefined && part !== 'LIFE-8';

class Rosters {
  readonly #memory: Memory;
  readonly #rosters = new BoundedMap<string, Roster>(memoryLimits.groups, (roster) => this.#forget(roster));
  /** Present members. */
  readonly #marked = new ByMark<Member>();
  /** Syncs in flight, by the marks of their rows. */
  readonly #submitted = new ByMark<Submission>();
  #rows = 0;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  *look(seen: Seen): Iterable<Judgement> {
    const { operation, ok, status, data, params, key } = seen;
    const id = params.group_id as string;
    if (operation === 'listPlans' && ok) this.#listed(seen);
    if (operation === 'createGroup' && ok && typeof data.id === 'string') {
      const members = this.#memory.others === 'anywhere' ? null : new Map();
      this.#rosters.set(data.id, this.#roster(data.id, key, members, true));
    }
    const roster = this.#rosters.get(id);
    if (operation === 'updateGroup' && ok && roster && !isRefusalRule(roster.cause)) roster.cause = 'GRP-8';
    if (operation === 'submitMemberSync') {
      if (ok) this.#accept(seen, roster ?? this.#roster(id, key, null, false));
      else if (roster && (status === 0 || status >= 500)) this.#unknown(roster);
      else if (roster) roster.cause = ruleOfRefusal(seen, roster.key) ?? roster.cause;
    }
    if (operation === 'retrieveMemberSync' && status === 200 && data.completed_at && isRecord(data.results)) {
      const submission = roster?.key === key ? roster.open.get(params.request_id as string) : undefined;
      if (roster && submission) yield* this.#completed(roster, submission, data.results);
    }
  }

  #roster(group: string, key: string, members: Roster['members'], created: boolean): Roster {
    return { group, key, created, members, left: new Map(), open: new Map(), cause: undefined };
  }

  #listed({ key, rows, query, json }: Seen): void {
    const { pagination } = recordOf(json);
    if (!query.has('page') && isRecord(pagination) && pagination.total === rows.length)
      this.#memory.plans.set(key, new Set(rows.map((plan) => plan.id)));
  }

  /** Marks the members of a group as unknown. */
  #unknown(roster: Roster): void {
    for (const member of roster.members?.values() ?? []) this.#unmark(member);
    roster.members = null;
    for (const submission of roster.open.values()) submission.alone = false;
  }

  #forget(roster: Roster): void {
    this.#unknown(roster);
    for (const submission of roster.open.values()) this.#withdraw(submission);
    roster.open.clear();
  }

  /** Removes a sync from those in flight. */
  #withdraw(submission: Submission): void {
    this.#rows -= submission.rows.length;
    for (const { marks } of submission.rows) this.#submitted.delete(submission, marks);
  }

  #mark(member: Member): void {
    this.#rows += 1;
    this.#marked.add(member, member.marks);
  }

  #unmark(member: Member): void {
    this.#rows -= 1;
    this.#marked.delete(member, member.marks);
  }

  #accept({ data, sent, params, key }: Seen, roster: Roster): void {
    const { group_id: group } = params as { group_id: string };
    this.#rosters.set(group, roster);
    if (typeof data.request_id !== 'string') {
      this.#unknown(roster);
      return;
    }
    const { members } = recordOf(sent);
    const rows = recordsOf(members).map((row): SubmittedRow => {
      const marks = marksOf(row);
      return { reference: String(row.reference_id), row, marks, loose: isAnybody(marks) };
    });
    const distinct = new Set(rows.map(({ reference }) => reference)).size === rows.length;
    const isReadable = Array.isArray(members) && members.length === rows.length && roster.key === key;
    const alone = roster.open.size === 0 && distinct && isReadable;
    for (const other of roster.open.values()) other.alone = false;
    const submission = { request: data.request_id, group, key, rows, alone, cause: roster.cause };
    roster.open.set(data.request_id, submission);
    for (const { marks } of rows) this.#submitted.add(submission, marks);
    roster.cause = undefined;
    this.#rows += rows.length;
    for (const [id, oldest] of this.#rosters) {
      if (this.#rows <= memoryLimits.rows || id === group) break;
      this.#memory.reached.add('rows');
      this.#forget(oldest);
      this.#rosters.delete(id);
    }
  }

  *#completed(roster: Roster, submission: Submission, found: Readonly<Record<string, unknown>>): Iterable<Judgement> {
    roster.open.delete(submission.request);
    this.#withdraw(submission);
    const failures = recordsOf(found.failures);
    const failed = (operation: string) =>
      new Set(
        failures
          .filter((one) => (one.operation === 'remove') === (operation === 'remove'))
          .map((one) => one.reference_id),
      );
    const results: ReportedChanges = {
      added: [...new Set(stringsIn(found.added_group_member_ids))],
      removed: [...new Set(stringsIn(found.removed_group_member_ids))],
      notAdded: failed('add'),
      notRemoved: failed('remove'),
    };
    const { others } = this.#memory;
    const isSure = submission.alone && (others === 'none' || (others === 'elsewhere' && roster.created));
    if (!isSure) {
      this.#unknown(roster);
      return;
    }
    const { rows, cause } = submission;
    this.#loosen(roster, rows);
    if (roster.members) {
      const plans = this.#memory.plans.get(roster.key);
      const sync = { before: roster.members, rows, results, left: roster.left };
      const judgements = [
        ...judgeReconciliation({ ...sync, cause }),
        ...this.#elsewhere(roster, rows, results),
        ...(plans ? judgeUnknownPlans(sync, plans) : []),
      ];
      yield* judgements;
      const isActiveElsewhere = (row: SubmittedRow['row'], marks: readonly string[]) =>
        this.#membersWith(marks).some(
          (member) => this.#isActiveElsewhere(member, roster) && isSamePerson(member.row, row),
        );
      this.#memory.told.push(...rosterReadings({ ...sync, plans, isActiveElsewhere }));
      if (judgements.some(({ breach }) => breach)) this.#unknown(roster);
    }
    this.#apply(roster, rows, results);
    for (const other of this.#rosters.values())
      if (other !== roster && other.key === roster.key && other.open.size === 0) other.cause ??= 'LIFE-8';
  }

  /** Marks rows as uncertain that may be about the same person as another row or member. */
  #loosen(roster: Roster, rows: readonly SubmittedRow[]): void {
    const times = new Map<string, number>();
    const count = (marks: readonly string[]) => {
      for (const mark of marks) times.set(mark, (times.get(mark) ?? 0) + 1);
    };
    for (const { marks } of rows) count(marks);
    const isShared = (reference: string, marks: readonly string[]): boolean =>
      marks.some((mark) => {
        if (this.#isUnderWay(mark, roster)) return true;
        for (const member of this.#marked.with(mark))
          if (member.group === roster.group && member.reference !== reference) return true;
        return false;
      });
    for (const row of rows)
      row.loose ||= row.marks.some((mark) => (times.get(mark) ?? 0) > 1) || isShared(row.reference, row.marks);
    const listed = new Set(rows.map(({ reference }) => reference));
    for (const member of roster.members?.values() ?? [])
      if (
        member.marks.some(
          (mark) => this.#isUnderWay(mark, roster) || (!listed.has(member.reference) && times.has(mark)),
        )
      )
        member.loose = true;
  }

  /** Whether somebody with the mark is a member or row of another group that has a sync in flight. */
  #isUnderWay(mark: string, roster: Roster): boolean {
    for (const { group } of this.#submitted.with(mark)) if (group !== roster.group) return true;
    for (const { group } of this.#marked.with(mark))
      if (group !== roster.group && (this.#rosters.get(group)?.open.size ?? 0) > 0) return true;
    return false;
  }

  #membersWith(marks: readonly string[]): Member[] {
    return marks.flatMap((mark) => [...this.#marked.with(mark)]);
  }

  /** Whether the member is certainly active in another group of the same organization. */
  #isActiveElsewhere({ group, loose, moved }: Member, roster: Roster): boolean {
    const other = this.#rosters.get(group);
    return (
      other !== undefined && other !== roster && other.key === roster.key && other.open.size === 0 && !loose && !moved
    );
  }

  /** LIFE-9: a person who is active under another organization is not added. */
  *#elsewhere(
    roster: Roster,
    rows: readonly SubmittedRow[],
    { added, notAdded }: ReportedChanges,
  ): Iterable<Judgement> {
    for (const { reference, row, marks, loose } of rows) {
      if (roster.members?.has(reference) || loose) continue;
      const active = this.#membersWith(marks).some((member) => {
        const other = this.#rosters.get(member.group);
        const isFirm = !member.loose && !member.moved && other?.open.size === 0;
        return isFirm && this.#memory.areStrangers(other.key, roster.key) && isSamePerson(member.row, row);
      });
      if (!active || (!notAdded.has(reference) && added.length === 0)) continue;
      const expected = `a failure of ${reference}, who is active under another organization`;
      yield judge('LIFE-9', notAdded.has(reference), 'results.failures', expected, 'no failure');
    }
  }

  /** Sets the members after a sync that broke no rule, or that makes them known again. */
  #apply(
    roster: Roster,
    rows: readonly SubmittedRow[],
    { added, removed, notAdded, notRemoved }: ReportedChanges,
  ): void {
    const before = roster.members;
    const after = new Map<string, Member>();
    const isFresh = ({ reference }: SubmittedRow): boolean =>
      before?.get(reference)?.moved !== false && !notAdded.has(reference);
    const fresh = rows.filter(isFresh);
    const ids = added.includes('') ? null : new Set(added);
    const areAllAdded = added.length === fresh.length;
    for (const { reference, row, marks, loose } of rows) {
      const known = before?.get(reference);
      const isKept = known?.moved === false;
      if (notAdded.has(reference) && !isKept && before) continue;
      after.set(reference, {
        group: roster.group,
        reference,
        row,
        marks: [...new Set([...marks, ...(isKept ? known.marks : [])])],
        ids: before === null ? null : isKept && !known.loose ? known.ids : isKept ? null : ids,
        loose: notAdded.has(reference) || (isKept ? known.loose : before !== null && loose && !areAllAdded),
        moved: false,
      });
    }
    // Members who were added together share one set of ids, because a set for each would be slow for large rosters.
    const shared = new Set([...(before?.values() ?? [])].map((member) => member.ids));
    const copies = new Map([...shared].map((one) => [one, one && new Set(one)]));
    for (const member of before?.values() ?? []) {
      this.#unmark(member);
      if (after.has(member.reference)) continue;
      if (notRemoved.has(member.reference)) after.set(member.reference, { ...member, loose: true });
      else roster.left.set(member.reference, copies.get(member.ids) ?? null);
    }
    for (const possible of new Set([...after.values()].map((member) => member.ids)))
      if (possible !== ids) for (const id of removed) possible?.delete(id);
    roster.members = after;
    const perhapsAdded = rows.filter((row) => isFresh(row) || before?.get(row.reference)?.loose);
    for (const { reference, row, marks } of perhapsAdded) this.#moveFrom(roster, reference, row, marks);
    for (const member of after.values()) this.#mark(member);
  }

  /** Marks members of other groups as moved, or perhaps moved, to this one. */
  #moveFrom(roster: Roster, reference: string, row: SubmittedRow['row'], marks: readonly string[]): void {
    const isFirm = roster.members?.get(reference)?.loose === false;
    for (const member of this.#membersWith(marks)) {
      const other = this.#rosters.get(member.group);
      if (other === undefined || other === roster || this.#memory.areStrangers(other.key, roster.key)) continue;
      const isSure = isFirm && other.key === roster.key && other.open.size === 0 && isSamePerson(member.row, row);
      if (isSure && !member.loose) {
        member.moved = true;
        this.#memory.told.push({ question: 'cross-group', value: 'move' });
      } else member.loose = true;
    }
  }
}

/** LIFE-1 to LIFE-11, SYNC-9, SYNC-15, SYNC-17 and SYNC-18: who was added, removed and kept. Each observer needs its own. */
export function createRosters(): Observation {
  let rosters: Rosters | undefined;
  return (seen, memory) => {
    rosters ??= new Rosters(memory);
    return rosters.look(seen);
  };
}
