/** Results of a sync, as the API gives them. */
export interface Results {
  readonly added_group_member_ids: readonly string[];
  readonly removed_group_member_ids: readonly string[];
  readonly failures: readonly unknown[];
}

/** What a group may hold: the references of its active members, and the member ids that follow from that. */
interface Possibility {
  readonly roster: ReadonlySet<string>;
  readonly idOf: ReadonlyMap<string, string>;
}

/**
 * What one group may hold, given the answers to its only client. A submission without an answer was accepted or was not;
 * both stay possible until the results of a later sync tell them apart.
 */
export class PossibleRosters {
  #possibilities: readonly Possibility[] = [{ roster: new Set(), idOf: new Map() }];

  /** A roster was sent and may have been accepted. */
  submitted(references: readonly string[]): void {
    const roster = new Set(references);
    this.#keep(this.#possibilities.flatMap((before) => [before, { roster, idOf: before.idOf }]));
  }

  /** A roster was accepted and completed with these results. Returns false if no possible roster before it explains them. */
  completed(references: readonly string[], results: Results): boolean {
    const roster = new Set(references);
    const explained = this.#possibilities.flatMap((before) => after(before, roster, results) ?? []);
    // After a violation the roster is known again, so that one fault is reported once.
    this.#keep(explained.length > 0 ? explained : [{ roster, idOf: new Map() }]);
    return explained.length > 0;
  }

  #keep(possibilities: readonly Possibility[]): void {
    const different = new Map(
      possibilities.map((one) => [JSON.stringify([[...one.roster].sort(), [...one.idOf].sort()]), one]),
    );
    this.#possibilities = [...different.values()];
  }
}

/** What the group holds after a sync with these results; undefined if it cannot have held `before`. */
function after(before: Possibility, roster: ReadonlySet<string>, results: Results): Possibility | undefined {
  const added = [...roster].filter((reference) => !before.roster.has(reference));
  const removed = [...before.roster].filter((reference) => !roster.has(reference));
  const { added_group_member_ids: addedIds, removed_group_member_ids: removedIds, failures } = results;
  if (failures.length > 0 || addedIds.length !== added.length || removedIds.length !== removed.length) return;
  const owners = new Map([...before.idOf].map(([reference, id]) => [id, reference]));
  // Whoever comes back keeps their member id, and nobody else gets it.
  const isNobodyElses = (id: string, reference: string) => (owners.get(id) ?? reference) === reference;
  const isOwn = (id: string, reference: string) => (before.idOf.get(reference) ?? id) === id;
  const matches = added.every((reference, index) => {
    const id = addedIds[index] as string;
    return isOwn(id, reference) && isNobodyElses(id, reference);
  });
  const known = removed.flatMap((reference) => before.idOf.get(reference) ?? []);
  if (!matches || !known.every((id) => removedIds.includes(id))) return;
  const idOf = new Map([
    ...before.idOf,
    ...added.map((reference, index) => [reference, addedIds[index] as string] as const),
  ]);
  return { roster, idOf };
}
