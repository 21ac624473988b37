import { child, children, type JsonNode, resolveReference, same } from './json-pointer.ts';
import { type Case, type Shape, shapeOf } from './shape.ts';

/** How deep required fields are searched for one that distinguishes two alternatives. */
const depthLimit = 3;

function areCasesApart(a: Case, b: Case, depth: number): boolean {
  const [values, others] = [a.facets.get('enum')?.value, b.facets.get('enum')?.value] as (unknown[] | undefined)[];
  if (values && others && !values.some((value) => others.some((other) => same(value, other)))) return true;
  return [...a.required.keys()].some((name) => {
    const [mine, yours] = [a.properties.get(name), b.properties.get(name)];
    return mine && yours && b.required.has(name) && areApart(shapeOf(mine), shapeOf(yours), depth + 1);
  });
}

/** Whether certainly no value matches both; false if that is not obvious. */
function areApart(a: Shape, b: Shape, depth = 0): boolean {
  if (depth > depthLimit) return false;
  return [...a].every(([type, cases]) =>
    cases.every((one) => (b.get(type) ?? []).every((other) => areCasesApart(one, other, depth))),
  );
}

/**
 * How many pairs of alternatives of the oneOf at this node may match the same value, which the oneOf then refuses.
 */
export function overlapsOf(alternatives: JsonNode): number {
  const shapes = children(alternatives).map(([, node]) => shapeOf([node]));
  return shapes.reduce(
    (count, shape, index) => count + shapes.slice(index + 1).filter((other) => !areApart(shape, other)).length,
    0,
  );
}

/** The lists of every oneOf that holds for a value itself. Those with a discriminator are left out. */
export function oneOfsOf(nodes: readonly JsonNode[], trail: readonly string[] = []): JsonNode[] {
  return nodes.flatMap((node) => {
    if (trail.includes(node.at)) return [];
    const own = child(node, 'discriminator') === undefined ? child(node, 'oneOf') : undefined;
    const parts = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) =>
      children(child(node, keyword)).map(([, part]) => part),
    );
    const named = resolveReference(node);
    return [...(own ? [own] : []), ...oneOfsOf([...parts, ...(named ? [named] : [])], [...trail, node.at])];
  });
}
