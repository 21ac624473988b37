import type { RulePart } from '../rule-parts.ts';
import type { Json } from './exchange.ts';
import { type Judgement, judge, shown } from './judgement.ts';

/** A member of a group, as far as known. */
export interface Member {
  readonly group: string;
  readonly reference: string;
  row: Json;
  marks: readonly string[];
  /** The possible group member ids; null if any is possible. */
  ids: Set<string> | null;
  /** Whether it is uncertain that the member is still present. */
  loose: boolean;
  /** Whether it was added to another group since. */
  moved: boolean;
}

/** One submitted row. */
export interface SubmittedRow {
  readonly reference: string;
  readonly row: Json;
  readonly marks: readonly string[];
  /** Whether it may be the same person as another row or member. */
  loose: boolean;
}

export interface ReportedChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** References of rows that failed to be added, or removed. */
  readonly notAdded: ReadonlySet<unknown>;
  readonly notRemoved: ReadonlySet<unknown>;
}

export interface Reconciliation {
  readonly before: ReadonlyMap<string, Member>;
  readonly rows: readonly SubmittedRow[];
  readonly results: ReportedChanges;
  /** References that were removed from the group earlier. */
  readonly left: ReadonlyMap<string, unknown>;
  /** The rule that is broken if membership changed since the last sync: by an update, a refused sync or a sync of another group. */
  readonly cause: RulePart | undefined;
}

const withoutPlan = ({ plan_id: _, ...row }: Json): string => JSON.stringify(row);

/** The rule about a roster with the same references as before. */
function repetition({ before, rows }: Reconciliation): RulePart {
  const members = [...before.values()];
  const changed = rows.filter(
    ({ reference, row }) => JSON.stringify(before.get(reference)?.row) !== JSON.stringify(row),
  );
  if (changed.length === 0)
    return rows.every(({ reference }, index) => members[index]?.reference === reference) ? 'SYNC-17' : 'SYNC-18';
  const isPlan = ({ reference, row }: SubmittedRow) =>
    withoutPlan(before.get(reference)?.row as Json) === withoutPlan(row);
  if (changed.every(isPlan)) return 'LIFE-7';
  return changed.some(({ reference, row }) => before.get(reference)?.row.plan_id !== row.plan_id) ? 'LIFE-3' : 'LIFE-6';
}

/**
 * Judges the results of one sync by the known roster before it: how many members had to be added, removed and kept, within
 * the bounds that rows of uncertain identity leave.
 */
export function* judgeReconciliation(sync: Reconciliation): Iterable<Judgement> {
  const { before, rows, results, left, cause } = sync;
  const { added, removed, notAdded, notRemoved } = results;
  const isKept = ({ reference }: SubmittedRow) => before.get(reference)?.moved === false;
  const kept = rows.filter(isKept);
  const fresh = rows.filter((row) => !isKept(row));
  const applied = fresh.filter(({ reference }) => !notAdded.has(reference));
  const listed = new Set(rows.map(({ reference }) => reference));
  const missing = [...before.values()].filter(({ reference }) => !listed.has(reference));
  const gone = missing.filter(({ reference }) => !notRemoved.has(reference));
  const isLoose = ({ reference, loose }: SubmittedRow) => loose || before.get(reference)?.loose === true;

  const leastAdded = applied.filter(({ loose }) => !loose).length;
  const looseKept = kept.filter((row) => isLoose(row) && !notAdded.has(row.reference)).length;
  const mostAdded = applied.length + looseKept;
  const leastRemoved = gone.filter(({ loose, moved }) => !loose && !moved).length;
  const mostRemoved = gone.length;
  const moved = applied.filter(({ reference }) => before.get(reference)?.moved).length;
  const between = (least: number, most: number) => (least === most ? `${most}` : `${least} to ${most}`);

  if (fresh.length === 0 && missing.length === 0 && rows.length > 0) {
    const rule = repetition(sync);
    const failed =
      rule === 'SYNC-17' || rule === 'SYNC-18' ? kept.filter((row) => notAdded.has(row.reference)).length : 0;
    const holds = added.length <= mostAdded && removed.length === 0 && failed === 0;
    const part = holds ? rule : (cause ?? rule);
    const changes = { added: added.length, removed: removed.length, failures: failed };
    yield judge(part, holds, 'results', 'nothing added, removed or failed', changes);
    return;
  }

  const returns = applied.length > 0 && applied.every(({ reference }) => left.has(reference));
  if (applied.length > 0) {
    const fits = added.length >= leastAdded;
    const rule = moved > 0 ? 'LIFE-11' : returns ? 'LIFE-5' : notAdded.size > 0 ? 'LIFE-10' : 'LIFE-1';
    const expected = `${between(leastAdded, mostAdded)} ids for the new rows`;
    // A sync of another group can only remove members, so it cannot explain a missing addition.
    const named = cause === 'LIFE-8' ? undefined : cause;
    if (!fits) yield judge(named ?? rule, false, 'results.added_group_member_ids', expected, `${added.length} ids`);
    else if (leastAdded > 0) yield judge(rule, true, '', '', '');
  }
  if (added.length > mostAdded) {
    const rule = cause ?? (kept.length > 0 ? 'LIFE-3' : 'LIFE-1');
    const expected = `at most ${mostAdded} ids`;
    yield judge(rule, false, 'results.added_group_member_ids', expected, `${added.length} ids`);
  }
  const removalRule: RulePart = rows.length === 0 ? 'SYNC-9' : 'LIFE-2';
  const fits = removed.length >= leastRemoved && removed.length <= mostRemoved;
  if (leastRemoved > 0 || !fits) {
    const surplus = removed.length > mostRemoved && kept.length > 0;
    const named = cause === 'LIFE-8' && (removed.length > mostRemoved || removed.length === 0) ? undefined : cause;
    const rule = fits ? removalRule : (named ?? (surplus ? 'LIFE-3' : removalRule));
    const expected = `${between(leastRemoved, mostRemoved)} ids of missing members`;
    yield judge(rule, fits, 'results.removed_group_member_ids', expected, `${removed.length} ids`);
  }
  if (fits && gone.every(({ ids }) => ids !== null)) {
    const theirs = new Set([...new Set(gone.map(({ ids }) => ids))].flatMap((ids) => [...(ids ?? [])]));
    const stranger = removed.find((id) => !theirs.has(id));
    if (removed.length > 0) {
      const expected = 'ids that the missing members were added under';
      yield judge('LIFE-2', stranger === undefined, 'results.removed_group_member_ids', expected, shown(stranger));
    }
  }
  if (kept.length > 0 && fits && added.length >= leastAdded && added.length <= mostAdded && looseKept === 0) {
    yield judge('LIFE-3', true, '', '', '');
    if (applied.length > 0 && gone.length > 0) yield judge('LIFE-4', true, '', '', '');
  }
}

/** SYNC-15: nobody is added on a plan that the organization does not have. */
export function* judgeUnknownPlans(
  { before, rows, results: { added, notAdded } }: Pick<Reconciliation, 'before' | 'rows' | 'results'>,
  plans: ReadonlySet<unknown>,
): Iterable<Judgement> {
  const fresh = rows.filter(({ reference }) => !before.has(reference));
  const applied = fresh.filter(({ reference }) => !notAdded.has(reference));
  for (const { reference, row } of fresh) {
    if (plans.has(row.plan_id)) continue;
    const holds = notAdded.has(reference);
    const expected = `a failure of ${reference}, whose plan is not listed`;
    if (holds || added.length >= applied.length)
      yield judge('SYNC-15', holds, 'results.failures', expected, 'no failure');
  }
}
