/** The result of one slice: anything with a rate. */
interface Rated {
  readonly rate: number;
}

/** The slices of one subject, and the ratio of each to the slices of the base just before and after it. */
export interface Compared<S extends Rated> {
  readonly name: string;
  readonly slices: readonly S[];
  readonly ratios: readonly number[];
}

/** If the control's ratio is outside these bounds, the machine was too unsteady to measure. */
const steady = { min: 0.85, max: 1.15 };

/** The control stayed out of bounds in every try. */
export class Unsteady extends Error {}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

/**
 * Measures each slice of a subject between two slices of the base, so that other load on the machine affects both alike.
 * The first subject is the control, a second base: if the median of its ratios is not near 1, everything is measured
 * again. Throws Unsteady after `tries`.
 */
export async function sandwich<T extends { readonly name: string }, S extends Rated>(
  [base, control, ...others]: readonly [base: T, control: T, ...others: T[]],
  rounds: number,
  measure: (subject: T) => Promise<S>,
  tries = 3,
): Promise<{ readonly base: readonly S[]; readonly control: number; readonly compared: readonly Compared<S>[] }> {
  const subjects = [control, ...others].map((subject) => ({
    subject,
    slices: [] as S[],
    ratios: [] as number[],
  }));
  let before = await measure(base);
  const ofBase = [before];
  for (let round = 0; round < rounds; round += 1)
    for (const { subject, slices, ratios } of subjects) {
      const own = await measure(subject);
      const after = await measure(base);
      slices.push(own);
      ratios.push((2 * own.rate) / (before.rate + after.rate));
      ofBase.push(after);
      before = after;
    }
  const found = median(subjects[0]?.ratios ?? []);
  if (found >= steady.min && found <= steady.max)
    return {
      base: ofBase,
      control: found,
      compared: subjects.slice(1).map(({ subject, slices, ratios }) => ({ name: subject.name, slices, ratios })),
    };
  if (tries > 1) return sandwich([base, control, ...others], rounds, measure, tries - 1);
  throw new Unsteady(
    `the control ran at ${found.toFixed(2)} of an identical server's speed; the machine is too busy to measure`,
  );
}
