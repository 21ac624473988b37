import type { ThroughputGrowth } from './growth.ts';
import type { ReconcileFigures } from './reconcile.ts';
import type { Stall } from './stall.ts';
import type { Start, WorldCost } from './start.ts';
import type { WorkloadComparison } from './throughput.ts';

/** Everything that a run measured; parts that were not selected are missing. */
export interface Report {
  readonly at: string;
  /** The parts that were measured again since, with the time of each. */
  readonly remeasured?: Readonly<Record<string, string>>;
  readonly machine: Readonly<Record<string, string>>;
  throughput?: WorkloadComparison[];
  growth?: ThroughputGrowth[];
  start?: Start;
  /** Resident memory of a mock with 100,000 groups and 200,000 members, in bytes. */
  filled?: number;
  world?: WorldCost;
  stalls?: Stall[];
  reconciled?: ReconcileFigures;
  /** In seconds. */
  suite?: number;
}
