import { compareQuirks, compareRules, type QuirkEntry, type RuleEntry } from './catalogue.ts';
import { type Change, type ChangeVerdict, demands, gravest, merged } from './change.ts';
import { counterexampleOf } from './counterexample.ts';
import { child, documentNode, fieldsOf } from './json-pointer.ts';
import { compareSurfaces } from './operations.ts';
import { otherDifferences } from './other-differences.ts';
import { unreadReferences } from './references.ts';
import type { UsageProfile } from './usage/profile.ts';
import { reachIn } from './usage/reach.ts';
import { bumped } from './version.ts';

/** A contract, as parsed. Parts that a caller does not have are left out on both sides. */
export interface ContractParts {
  readonly openapi?: unknown;
  readonly rules?: readonly RuleEntry[];
  readonly quirks?: readonly QuirkEntry[];
}

export interface Comparison {
  /** The most serious first; empty if the contracts are the same except for the order of keys. */
  readonly changes: readonly Change[];
  readonly verdict: ChangeVerdict | 'unchanged';
  /** info.version of each; null if a contract has no OpenAPI document or no version of the form 1.2.3. */
  readonly versions: {
    readonly before: string | null;
    readonly after: string | null;
    readonly demanded: string | null;
  };
}

const versionOf = ({ openapi }: ContractParts): string | null => {
  const { version } = fieldsOf(child(documentNode(openapi), 'info'));
  return typeof version === 'string' && /^\d+\.\d+\.\d+$/.test(version) ? version : null;
};

/** The target of a reference that was not followed may have changed even if the reference did not. */
function unreadParts(...documents: readonly unknown[]): Change[] {
  return documents.flatMap(unreadReferences).map(({ at, $ref }) => ({
    verdict: 'breaking',
    kind: 'reference.unread',
    path: `openapi#${at}`,
    what: `not compared: ${$ref} is not a file below the folder of the contract`,
    affects: ['client', 'implementer'],
    where: [],
  }));
}

/** Every OpenAPI difference: first those that can be noticed in use, then the rest. */
export function compareDocuments(before: unknown, after: unknown): Change[] {
  const found = [...compareSurfaces(before, after), ...unreadParts(before, after)];
  return [...found, ...otherDifferences(before, after, found)];
}

/** The verdict on a list of changes, and the version that they require after `before`. */
export function concluded(changes: readonly Change[], before: string | null, after: string | null): Comparison {
  const verdict = gravest(changes);
  const demanded = before === null || verdict === undefined ? before : bumped(before, demands[verdict]);
  return { changes, verdict: verdict ?? 'unchanged', versions: { before, after, demanded } };
}

/** Adds a counterexample to each breaking change, if one is found. */
function withCounterexample(change: Change): Change {
  const { pair, verdict } = change;
  const found = pair !== undefined && verdict === 'breaking' ? counterexampleOf(pair) : undefined;
  return found === undefined ? change : { ...change, counterexample: found };
}

const withoutPair = ({ pair: _, ...change }: Change): Change => change;

/**
 * Compares two contracts, and says which clients each change reaches if profiles of their usage are given. Pure: the same
 * contracts give the same comparison.
 */
export function compareContracts(
  before: ContractParts,
  after: ContractParts,
  profiles: readonly UsageProfile[] = [],
): Comparison {
  const found = merged([
    ...(before.openapi && after.openapi ? compareDocuments(before.openapi, after.openapi) : []),
    ...(before.rules && after.rules ? compareRules(before.rules, after.rules) : []),
    ...(before.quirks && after.quirks ? compareQuirks(before.quirks, after.quirks) : []),
  ]).map(withCounterexample);
  const reach = reachIn(before.openapi, profiles);
  const changes = profiles.length === 0 ? found : found.map((change) => ({ ...change, reaches: reach(change) }));
  return concluded(changes.map(withoutPair), versionOf(before), versionOf(after));
}
