import { type Case, type Shape, shapeOf } from './shape.ts';
import { children, type Site, same } from './site.ts';

/** How deep required fields are followed in search of one that tells two alternatives apart. */
const depthLimit = 3;

function areCasesApart(a: Case, b: Case, depth: number): boolean {
  const [values, others] = [a.facets.get('enum')?.value, b.facets.get('enum')?.value] as (unknown[] | undefined)[];
  if (values && others && !values.some((value) => others.some((other) => same(value, other)))) return true;
  return [...a.required.keys()].some((name) => {
    const [mine, yours] = [a.properties.get(name), b.properties.get(name)];
    return mine && yours && b.required.has(name) && areApart(shapeOf(mine), shapeOf(yours), depth + 1);
  });
}

/** Whether no value fits both; false where that is not seen at once. */
function areApart(a: Shape, b: Shape, depth = 0): boolean {
  if (depth > depthLimit) return false;
  return [...a].every(([type, cases]) =>
    cases.every((one) => (b.get(type) ?? []).every((other) => areCasesApart(one, other, depth))),
  );
}

/**
 * How many pairs of the alternatives of a oneOf, the list at this site, may fit one value, which the oneOf then refuses.
 * A discriminator tells them apart.
 */
export function overlapsOf(alternatives: Site | undefined, discriminator: Site | undefined): number {
  if (discriminator !== undefined) return 0;
  const shapes = children(alternatives).map(([, site]) => shapeOf([site]));
  return shapes.reduce(
    (count, shape, index) => count + shapes.slice(index + 1).filter((other) => !areApart(shape, other)).length,
    0,
  );
}
