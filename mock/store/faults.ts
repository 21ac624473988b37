import type { FaultRequest } from '../domain/faults.ts';

/** A fault of a world. */
export interface StoredFault {
  readonly number: number;
  /** As it was added. */
  readonly request: FaultRequest;
  /** How many random numbers were drawn for it. */
  readonly draws: number;
  readonly happened: number;
}

/** The faults of a world in the order added. */
export interface StoredFaults {
  readonly faults: readonly StoredFault[];
  /** The number of the last fault that was ever added, and of the last one that was added before all were cleared. */
  readonly issued: number;
  readonly cleared: number;
}

/** Keeps the faults of a world across a restart. */
export interface FaultStore {
  load(): StoredFaults;
  /** Stores a new fault, whose number is the last one issued. */
  add(fault: StoredFault): void;
  /** Stores how often a fault was drawn and happened. */
  count(fault: StoredFault): void;
  remove(number: number): void;
  clear(): void;
}
