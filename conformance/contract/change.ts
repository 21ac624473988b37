import type { JsonNode } from './json-pointer.ts';
import type { Direction } from './validator.ts';

/** breaking: a party that kept the old contract may fail under the new one. editorial: no party can notice it in use. */
export type ChangeVerdict = 'breaking' | 'compatible' | 'editorial';

/** A client calls the API; an implementer answers, and is judged by the suite. */
export type Party = 'client' | 'implementer';

export type Bump = 'major' | 'minor' | 'patch';

/** The schemas of one place before and after, each a list of nodes that all apply. */
export interface SchemaPair {
  readonly before: readonly JsonNode[];
  readonly after: readonly JsonNode[];
  readonly direction: Direction;
}

/** A client that a change reaches, and how. */
export interface ReachedClient {
  readonly client: string;
  readonly says: string;
}

/** One difference between two contracts. */
export interface Change {
  readonly verdict: ChangeVerdict;
  /** Stable name of the kind of change, such as `response.enum` or `rule.added`. */
  readonly kind: string;
  /** The part of the contract and a JSON pointer into it, such as `openapi#/info/title` or `rules#/SYNC-1/level`. */
  readonly path: string;
  readonly what: string;
  readonly before?: unknown;
  readonly after?: unknown;
  /** A value that one of the contracts accepts and the other does not, and which of them. */
  readonly counterexample?: { readonly value: unknown; readonly says: string } | undefined;
  readonly affects: readonly Party[];
  /** The clients that it reaches, of those whose usage is known. */
  readonly reaches?: readonly ReachedClient[];
  /** The schemas in which it was found, until a counterexample is looked for. */
  readonly pair?: SchemaPair;
  /** The operations, and the side of each, that the change reaches. */
  readonly where: readonly string[];
}

/** The most serious first. */
export const verdicts = ['breaking', 'compatible', 'editorial'] as const;

/** The part of a version number that a change of this verdict moves. */
export const demands: Readonly<Record<ChangeVerdict, Bump>> = {
  breaking: 'major',
  compatible: 'minor',
  editorial: 'patch',
};

/** The most serious verdict of the changes; undefined if there are none. */
export function gravest(changes: readonly Change[]): ChangeVerdict | undefined {
  return verdicts.find((verdict) => changes.some((change) => change.verdict === verdict));
}

/**
 * One entry per path and what happened there, the most serious first: a schema that several operations use is one change,
 * judged by the operation that it affects most.
 */
export function merged(changes: readonly Change[]): Change[] {
  const groups = Map.groupBy(changes, ({ path, what }) => `${path} ${what}`);
  const entries = [...groups.values()].map((group) => {
    const worst = group.filter(({ verdict }) => verdict === gravest(group));
    const where = [...new Set(worst.flatMap((change) => change.where))];
    return { ...(worst[0] as Change), where };
  });
  return entries.sort((a, b) => verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict));
}
