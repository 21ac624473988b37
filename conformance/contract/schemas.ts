import type { Change } from './change.ts';
import { child, children, fieldsOf, type JsonNode, resolveReference } from './json-pointer.ts';
import { type Effect, effectOf } from './limits.ts';
import { oneOfsOf, overlapsOf } from './overlap.ts';
import { type Case, isOpen, isPatterned, itemAt, type JsonType, propertyOf, type Shape, shapeOf } from './shape.ts';
import type { Direction } from './validator.ts';

interface Scope {
  readonly direction: Direction;
  /** The operation and its part, for people. */
  readonly where: string;
  /** Pairs of schemas whose comparison is in progress, so that recursive schemas end. */
  readonly trail: readonly string[];
}

/** The values that a client may send may only grow, and those that it may receive may only shrink; anything else breaks it. */
const judgements: Readonly<Record<Direction, Readonly<Record<Effect, Pick<Change, 'verdict' | 'affects'>>>>> = {
  request: {
    narrower: { verdict: 'breaking', affects: ['client'] },
    wider: { verdict: 'compatible', affects: ['implementer'] },
    other: { verdict: 'breaking', affects: ['client', 'implementer'] },
  },
  response: {
    narrower: { verdict: 'compatible', affects: ['implementer'] },
    wider: { verdict: 'breaking', affects: ['client'] },
    other: { verdict: 'breaking', affects: ['client', 'implementer'] },
  },
};

type Difference = Pick<Change, 'path' | 'what' | 'before' | 'after'> & { keyword: string; effect: Effect };

const judged = ({ direction, where }: Scope, { keyword, effect, path, ...rest }: Difference): Change => ({
  ...rest,
  ...judgements[direction][effect],
  kind: `${direction}.${keyword}`,
  path: `openapi#${path}`,
  where: [where],
});

const described = (keyword: string, before: unknown, after: unknown): string => {
  if (before === undefined) return `${keyword} added`;
  return after === undefined ? `${keyword} removed` : `${keyword} changed`;
};

/** Patterns also say which properties are not additional: in a closed object, a further pattern opens it. */
function patternEffect(before: Case, after: Case, known: Effect): Effect {
  if (before.additional.length + after.additional.length === 0) return known;
  const isClosed = ({ additional }: Case) => additional.some((node) => node.value === false);
  const opens = (without: Case, having: Case) =>
    !without.facets.has('patternProperties') &&
    isClosed(without) &&
    ![...without.properties.keys()].some((name) => isPatterned(having, name));
  if (opens(before, after)) return 'wider';
  return opens(after, before) ? 'narrower' : 'other';
}

function compareFacets(before: Case, after: Case, scope: Scope): Change[] {
  return [...new Set([...before.facets.keys(), ...after.facets.keys()])].flatMap((keyword) => {
    const [previous, current] = [before.facets.get(keyword), after.facets.get(keyword)];
    const known = effectOf(keyword, previous?.value, current?.value);
    if (known === undefined) return [];
    const effect = keyword === 'patternProperties' ? patternEffect(before, after, known) : known;
    const path = current?.at ?? previous?.at ?? '';
    const what = described(keyword, previous?.value, current?.value);
    return judged(scope, { keyword, effect, path, what, before: previous?.value, after: current?.value });
  });
}

/** The value of a keyword of a schema, or of the one that it refers to. */
function carried(nodes: readonly JsonNode[], keyword: string): JsonNode | undefined {
  for (const node of nodes) {
    const named = resolveReference(node);
    const value = child(node, keyword) ?? (named && child(named, keyword));
    if (value !== undefined) return value;
  }
  return undefined;
}

const isHidden = (nodes: readonly JsonNode[], direction: Direction): boolean =>
  carried(nodes, direction === 'request' ? 'readOnly' : 'writeOnly')?.value === true;

function compareProperties(before: Case, after: Case, scope: Scope): Change[] {
  const { direction } = scope;
  const seen = ({ properties }: Case) => new Map([...properties].filter(([, nodes]) => !isHidden(nodes, direction)));
  const isIgnored = (name: string) =>
    [before, after].some((side) => isHidden(side.properties.get(name) ?? [], direction));
  const [previous, current] = [seen(before), seen(after)];
  const isClosed = [...before.additional, ...before.unevaluated].some((node) => node.value === false);
  const changes: Change[] = [];
  const add = (difference: Difference) => changes.push(judged(scope, difference));
  for (const [name, nodes] of previous) {
    const other = current.get(name);
    if (other !== undefined) changes.push(...compareNodes(nodes, other, scope));
    else {
      // A client would send it to no effect, or wait for it forever.
      const effect = direction === 'request' ? 'narrower' : 'wider';
      const [{ at, value }] = nodes as [JsonNode];
      add({ keyword: 'property', effect, path: at, what: `property ${name} removed`, before: value });
    }
  }
  for (const [name, nodes] of current) {
    if (previous.has(name)) continue;
    // The name was covered by the schema of additional properties before.
    const unnamed = isIgnored(name) ? [] : [...propertyOf(before, name), ...before.unevaluated];
    if (unnamed.some((node) => node.value !== false)) changes.push(...compareNodes(unnamed, nodes, scope));
    const known = direction === 'request' || isClosed ? 'wider' : 'narrower';
    const isSentFreely =
      isPatterned(before, name) || (direction === 'request' && before.namesOthers && !nodes.every(isOpen));
    const effect = isSentFreely ? 'other' : known;
    const [{ at, value }] = nodes as [JsonNode];
    add({ keyword: 'property', effect, path: at, what: `property ${name} added`, after: value });
  }
  const [needed, needs] = [[...before.required.keys()], [...after.required.keys()]];
  for (const [names, others, at, effect] of [
    [needs, needed, after.required, 'narrower'],
    [needed, needs, before.required, 'wider'],
  ] as const)
    for (const name of names) {
      if (others.includes(name) || isIgnored(name)) continue;
      const what = effect === 'narrower' ? `${name} became required` : `${name} is no longer required`;
      add({ keyword: 'required', effect, path: at.get(name) as string, what, before: needed, after: needs });
    }
  return changes;
}

/** Compares schemas of parts (items, further properties): a new one narrows, a removed one widens. */
function compareParts(
  keyword: string,
  before: readonly JsonNode[],
  after: readonly JsonNode[],
  scope: Scope,
): Change[] {
  const [previous, current] = [before[0], after[0]];
  if (previous === undefined && current === undefined) return [];
  if (previous !== undefined && current !== undefined) return compareNodes(before, after, scope);
  const [effect, at] = current === undefined ? (['wider', previous?.at] as const) : (['narrower', current.at] as const);
  const what = (current ?? previous)?.value === false ? `${keyword} ${current ? 'closed' : 'opened'}` : undefined;
  const [a, b] = [previous?.value, current?.value];
  return [
    judged(scope, { keyword, effect, path: at ?? '', what: what ?? described(keyword, a, b), before: a, after: b }),
  ];
}

const compareCases = (before: Case, after: Case, scope: Scope): Change[] => [
  ...compareFacets(before, after, scope),
  ...compareProperties(before, after, scope),
  ...compareParts(
    'additionalProperties',
    [...before.additional, ...before.unevaluated],
    [...after.additional, ...after.unevaluated],
    scope,
  ),
  ...(before.prefix.length > after.prefix.length ? before : after).prefix.flatMap((_, index) =>
    compareParts('prefixItems', itemAt(before, index), itemAt(after, index), scope),
  ),
  ...compareParts('items', before.items, after.items, scope),
];

/** Whether `outer` accepts every value of `inner`. */
function isWithin(inner: Case, outer: Case, scope: Scope): boolean {
  const changes = compareCases(outer, inner, { ...scope, direction: 'request' });
  return changes.every(({ verdict, affects }) => verdict === 'breaking' && affects.length === 1);
}

/** Alternatives without an equal are paired if each side has one; otherwise they count as added or removed. */
function compareAlternatives(type: JsonType, before: readonly Case[], after: readonly Case[], scope: Scope): Change[] {
  // Looking for equals first would compare every nested schema three times at each level.
  if (before.length === 1 && after.length === 1) return compareCases(before[0] as Case, after[0] as Case, scope);
  const isEqual = (a: Case, b: Case) => compareCases(a, b, scope).length === 0;
  const gone = before.filter((previous) => !after.some((current) => isEqual(previous, current)));
  const come = after.filter((current) => !before.some((previous) => isEqual(previous, current)));
  if (gone.length === 1 && come.length === 1) return compareCases(gone[0] as Case, come[0] as Case, scope);
  const lost = gone.filter((previous) => !after.some((current) => isWithin(previous, current, scope)));
  const won = come.filter((current) => !before.some((previous) => isWithin(current, previous, scope)));
  const changes = (cases: readonly Case[], effect: Effect, what: string) =>
    cases.map((one) => judged(scope, { keyword: 'alternative', effect, path: one.at, what: `${type} ${what}` }));
  return [...changes(lost, 'narrower', 'alternative removed'), ...changes(won, 'wider', 'alternative added')];
}

const named = (shape: Shape): string[] =>
  [...shape].map(([type, cases]) => (cases.every((one) => one.facets.has('integer')) ? 'integer' : type)).sort();

function compareTypes(before: Shape, after: Shape, scope: Scope, node: JsonNode): Change[] {
  const isLost = [...before.keys()].some((type) => !after.has(type));
  const isWon = [...after.keys()].some((type) => !before.has(type));
  if (!isLost && !isWon) return [];
  const effect: Effect = isLost && isWon ? 'other' : isLost ? 'narrower' : 'wider';
  const other = [...before.keys()]
    .filter((type) => !after.has(type))
    .concat([...after.keys()].filter((t) => !before.has(t)));
  const isNull = other.length === 1 && other[0] === 'null';
  const path = child(node, 'type')?.at ?? node.at;
  const what = isNull ? `null is ${isWon ? 'now' : 'no longer'} a value` : 'type changed';
  const keyword = isNull ? 'null' : 'type';
  return [judged(scope, { keyword, effect, path, what, before: named(before), after: named(after) })];
}

function compareDefaults(before: readonly JsonNode[], after: readonly JsonNode[], scope: Scope): Change[] {
  const [previous, current] = [carried(before, 'default'), carried(after, 'default')];
  if (scope.direction === 'response' || effectOf('default', previous?.value, current?.value) === undefined) return [];
  const effect = previous === undefined ? 'wider' : 'other';
  const [path, what] = [(current ?? previous)?.at ?? '', described('default', previous?.value, current?.value)];
  return [judged(scope, { keyword: 'default', effect, path, what, before: previous?.value, after: current?.value })];
}

/**
 * A value that matches two alternatives of a oneOf is refused: more overlaps narrow, fewer widen. If alternatives overlap,
 * narrowing one of them may allow a value that it shared with another.
 */
function compareOverlaps(before: readonly JsonNode[], after: readonly JsonNode[], scope: Scope): Change[] {
  const [previous, current] = [oneOfsOf(before), oneOfsOf(after)];
  const count = (lists: readonly JsonNode[]) => lists.reduce((sum, list) => sum + overlapsOf(list), 0);
  const [a, b] = [count(previous), count(current)];
  if (a + b === 0) return [];
  const isEqual = (one: JsonNode, other: JsonNode) =>
    compareNodes([one], [other], scope).every(
      ({ kind, verdict }) => verdict !== 'breaking' && kind === `${scope.direction}.property`,
    );
  const differs = (list: JsonNode, other: JsonNode) => {
    const [were, are] = [list, other].map((one) => children(one).map(([, node]) => node)) as [JsonNode[], JsonNode[]];
    return (
      were.length !== are.length ||
      were.some((one) => !are.some((it) => isEqual(one, it))) ||
      are.some((it) => !were.some((one) => isEqual(one, it)))
    );
  };
  // If only one side has a oneOf, the values that its alternatives allow are compared elsewhere.
  const isOnOneSide = previous.length === 0 || current.length === 0;
  const isChanged =
    !isOnOneSide &&
    (previous.length !== current.length || previous.some((list, index) => differs(list, current[index] as JsonNode)));
  if (a === b && !isChanged) return [];
  const changed = b > a ? ('narrower' as const) : ('wider' as const);
  const effect = isChanged && a > 0 ? 'other' : changed;
  const path = (current[0] ?? previous[0])?.at ?? '';
  const which = a === b ? 'other values' : b > a ? 'more values' : 'fewer values';
  const what = `${which} may match several alternatives of oneOf, which refuses them`;
  return [judged(scope, { keyword: 'oneOf', effect, path, what, before: a, after: b })];
}

function compareNodes(before: readonly JsonNode[], after: readonly JsonNode[], scope: Scope): Change[] {
  const key = JSON.stringify([before.map(({ at }) => at), after.map(({ at }) => at)]);
  if (scope.trail.includes(key)) return [];
  const inner = { ...scope, trail: [...scope.trail, key] };
  const [previous, current] = [shapeOf(before), shapeOf(after)];
  const alternatives = [...previous].flatMap(([type, cases]) =>
    compareAlternatives(type, cases, current.get(type) ?? cases, inner),
  );
  const place = (after[0] ?? before[0]) as JsonNode;
  const node = '$ref' in fieldsOf(place) ? (resolveReference(place) ?? place) : place;
  const changes = [
    ...compareTypes(previous, current, scope, node),
    ...alternatives,
    ...compareOverlaps(before, after, inner),
    ...compareDefaults(before, after, scope),
  ];
  return changes.map((change) => ({ pair: { before, after, direction: scope.direction }, ...change }));
}

/** How the values that a schema allows have changed, judged by who sends them. No schema allows every value. */
export function compareSchemas(
  before: JsonNode | undefined,
  after: JsonNode | undefined,
  direction: Direction,
  where: string,
): Change[] {
  const list = (node: JsonNode | undefined) => (node === undefined ? [] : [node]);
  if (before === undefined && after === undefined) return [];
  return compareNodes(list(before), list(after), { direction, where, trail: [] });
}
