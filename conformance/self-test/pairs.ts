import type { Variant } from './variants.ts';

/**
 * Sets of variants such that every two that can stand together do so in one of the sets, with as few sets as a greedy
 * choice finds; two of one aspect cannot stand together.
 */
export function pairwise(variants: readonly Variant[]): Variant[][] {
  const open = new Map<string, readonly [Variant, Variant]>();
  const key = (one: Variant, other: Variant): string => [one.name, other.name].sort().join(' + ');
  for (const one of variants)
    for (const other of variants)
      if (one.aspect !== other.aspect && one.name < other.name) open.set(key(one, other), [one, other]);

  const sets: Variant[][] = [];
  for (let [first] = open.values(); first !== undefined; [first] = open.values()) {
    const set: Variant[] = [...first];
    const gain = (candidate: Variant): number => set.filter((chosen) => open.has(key(chosen, candidate))).length;
    for (;;) {
      const free = variants.filter(({ aspect }) => set.every((chosen) => chosen.aspect !== aspect));
      const [best] = free.toSorted((a, b) => gain(b) - gain(a));
      if (best === undefined) break;
      set.push(best);
    }
    for (const one of set) for (const other of set) open.delete(key(one, other));
    // The order of patches does not follow the order of choice.
    sets.push(variants.filter((variant) => set.includes(variant)));
  }
  return sets;
}
