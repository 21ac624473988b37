import { type Case, type Shape, shapeOf } from './shape.ts';
import { child, children, type Site, same, target } from './site.ts';

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
 */
export function overlapsOf(alternatives: Site): number {
  const shapes = children(alternatives).map(([, site]) => shapeOf([site]));
  return shapes.reduce(
    (count, shape, index) => count + shapes.slice(index + 1).filter((other) => !areApart(shape, other)).length,
    0,
  );
}

/** The lists of every oneOf that holds for a value itself. Those whose alternatives a discriminator tells apart are left out. */
export function oneOfsOf(sites: readonly Site[], trail: readonly string[] = []): Site[] {
  return sites.flatMap((site) => {
    if (trail.includes(site.at)) return [];
    const own = child(site, 'discriminator') === undefined ? child(site, 'oneOf') : undefined;
    const parts = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) =>
      children(child(site, keyword)).map(([, part]) => part),
    );
    const named = target(site);
    return [...(own ? [own] : []), ...oneOfsOf([...parts, ...(named ? [named] : [])], [...trail, site.at])];
  });
}
