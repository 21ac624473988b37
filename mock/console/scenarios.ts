import type { WorldControl } from '../control/control.ts';

/** A named world to start from. */
export interface Scenario {
  /** What it holds, and what to try with it. */
  readonly description: string;
  /** Makes the world what the name says. */
  readonly load: (control: WorldControl) => void;
}

/** What the console offers to load, by name. */
export const scenarios: Readonly<Record<string, Scenario>> = {};
