import type { ClockState } from '../store/clock.ts';
import { type Summary, summaryOf } from '../worlds/summary.ts';
import type { World } from '../worlds/world.ts';

/** A summary as it is stored, with a clock that goes on. */
type StoredSummary = Omit<Summary, 'clock'> & { readonly clock: ClockState };

/** The summary of a world as the database keeps it. */
export function summaryText(world: World): string {
  const clock = world.store.clock.load() ?? { offset: 0, frozenAt: null };
  return JSON.stringify({ ...summaryOf(world), clock } satisfies StoredSummary);
}

/** A stored summary, at a time in milliseconds since the epoch. */
export function summaryFrom(text: string, now: number): Summary {
  const { clock, ...summary } = JSON.parse(text) as StoredSummary;
  const { offset, frozenAt } = clock;
  return {
    clock: { now: new Date(frozenAt ?? now + offset).toISOString(), frozen: frozenAt !== null },
    ...summary,
  };
}
