import type { Figures } from '../referees/figures.ts';

export interface ExperimentOptions {
  /** The form that `npm test -- --full` runs. */
  readonly short: boolean;
  /** Repeats the choices of an experiment. */
  readonly seed: string;
}

export interface ExperimentResult {
  readonly figures: Figures;
  /** What must not happen, and did. */
  readonly violations: readonly string[];
  /** Parts that this machine could not run, with the reason. */
  readonly skipped?: readonly string[];
}

export type Experiment = (options: ExperimentOptions) => Promise<ExperimentResult>;

/** The value below which this share of the values is. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const rounded = (value: number): number => Math.round(value * 10) / 10;
