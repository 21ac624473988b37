import type { Variant } from './variants.ts';

/**
 * Chooses sets of variants so that every two compatible variants occur together in at least one set; two variants of one
 * aspect are incompatible. The choice is greedy, to keep the number of sets small.
 */
export function pairwise(variants: readonly Variant[]): Variant[][] {
  const open = new Map<string, readonly [Variant, Variant]>();
  const key = (one: Variant, other: Variant): string =>
    one.name < other.name ? `${one.name} + ${other.name}` : `${other.name} + ${one.name}`;
  for (const one of variants)
    for (const other of variants)
      if (one.aspect !== other.aspect && one.name < other.name) open.set(key(one, other), [one, other]);

  const sets: Variant[][] = [];
  for (let [first] = open.values(); first !== undefined; [first] = open.values()) {
    const set: Variant[] = [...first];
    const gain = (candidate: Variant): number => set.filter((chosen) => open.has(key(chosen, candidate))).length;
    for (;;) {
      const free = variants.filter(({ aspect }) => set.every((chosen) => chosen.aspect !== aspect));
      const gains = free.map(gain);
      const best = free[gains.indexOf(Math.max(...gains))];
      if (best === undefined) break;
      set.push(best);
    }
    for (const one of set) for (const other of set) open.delete(key(one, other));
    // Patches are always combined in the order of the list.
    sets.push(variants.filter((variant) => set.includes(variant)));
  }
  return sets;
}

/** The first of the sets that together hold each variant twice, so that none is only in the company of one that hides its answers. */
export function coveringTwice(sets: readonly Variant[][]): Variant[][] {
  const times = new Map<Variant, number>();
  return sets.filter((set) => {
    const adds = set.some((variant) => (times.get(variant) ?? 0) < 2);
    if (adds) for (const variant of set) times.set(variant, (times.get(variant) ?? 0) + 1);
    return adds;
  });
}

/** What variants that are run together are called. */
export const nameOfSet = (variants: readonly Variant[]): string => variants.map(({ name }) => name).join(' + ');
