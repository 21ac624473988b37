/** Work that may be left after every slice of it, and gone on with by `next`. */
export type Sliced<T> = Generator<undefined, T, undefined>;

/** So few that a slice is done within a few milliseconds. */
export const rowsPerSlice = 100;

/** Does all of the work without leaving it. */
export function atOnce<T>(work: Sliced<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Visits every item, in slices. */
export function* each<T>(items: readonly T[], visit: (item: T) => void): Sliced<void> {
  for (let from = 0; from < items.length; from += rowsPerSlice) {
    if (from > 0) yield;
    for (const item of items.slice(from, from + rowsPerSlice)) visit(item);
  }
}

/** The end of a slice, where what was done in it grew with the rows. */
export function* pauseAfter({ length }: readonly unknown[]): Sliced<void> {
  if (length > rowsPerSlice) yield;
}
