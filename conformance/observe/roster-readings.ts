import type { Json } from './exchange.ts';
import { isSamePerson } from './people.ts';
import type { Member, ReportedChanges, SubmittedRow } from './reconciliation.ts';

/** A reading of an open question, by the question's name. */
export interface RosterReading {
  readonly question: string;
  readonly value: string;
}

/** A completed sync of a group whose members before it are known. */
export interface ReadableSync {
  readonly before: ReadonlyMap<string, Member>;
  readonly rows: readonly SubmittedRow[];
  readonly results: ReportedChanges;
  /** The ids of members who were removed earlier, by reference; null if they are not known. */
  readonly left: ReadonlyMap<string, ReadonlySet<string> | null>;
  /** The ids of the organization's plans; undefined if they are not known. */
  readonly plans: ReadonlySet<unknown> | undefined;
  /** Whether the person of a row is certainly active in another group of the same organization. */
  readonly isActiveElsewhere: (row: Json, marks: readonly string[]) => boolean;
}

/** The readings of open questions that the results of a sync show. */
export function* rosterReadings(sync: ReadableSync): Iterable<RosterReading> {
  yield* readingsOfNewRows(sync);
  yield* readingsOfPresent(sync);
  yield* repeatedPerson(sync);
}

function* readingsOfNewRows({
  before,
  rows,
  results: { added, notAdded },
  left,
  plans,
  isActiveElsewhere,
}: ReadableSync): Iterable<RosterReading> {
  const fresh = rows.filter(({ reference }) => !before.has(reference));
  for (const { reference, row } of fresh)
    if (plans && !plans.has(row.plan_id) && notAdded.has(reference))
      yield { question: 'unknown-plan', value: 'failure' };
  const [first, ...others] = fresh;
  const [id] = added;
  const ids = first && left.get(first.reference);
  if (others.length === 0 && added.length === 1 && id !== undefined && ids?.size)
    if (ids.has(id) || ids.size === 1) yield { question: 'readded-id', value: ids.has(id) ? 'same' : 'other' };
  for (const { reference, row, marks } of rows)
    if (notAdded.has(reference) && plans?.has(row.plan_id) && isActiveElsewhere(row, marks))
      yield { question: 'cross-group', value: 'reject' };
}

function* readingsOfPresent({ before, rows, results, plans }: ReadableSync): Iterable<RosterReading> {
  const { removed, notAdded } = results;
  for (const { reference, row } of rows)
    if (plans && !plans.has(row.plan_id) && before.get(reference)?.moved === false)
      yield { question: 'present-unknown-plan', value: notAdded.has(reference) ? 'other' : 'no-op' };
  const listed = new Set(rows.map(({ reference }) => reference));
  for (const { reference, ids, moved } of before.values()) {
    if (!moved || listed.has(reference)) continue;
    if (removed.length === 0) yield { question: 'moved-removal', value: 'never' };
    else if (ids?.size === 1 && removed.some((id) => ids.has(id))) yield { question: 'moved-removal', value: 'other' };
  }
}

function* repeatedPerson({ before, rows, results, plans }: ReadableSync): Iterable<RosterReading> {
  const { added, notAdded } = results;
  if (rows.length !== 2 || added.length !== 1) return;
  const [first, later] = rows.filter(({ reference, row }) => !before.has(reference) && plans?.has(row.plan_id));
  if (first === undefined || later === undefined || !isSamePerson(first.row, later.row)) return;
  if (notAdded.has(first.reference) !== notAdded.has(later.reference))
    yield { question: 'repeated-person', value: notAdded.has(later.reference) ? 'later-fails' : 'other' };
}
