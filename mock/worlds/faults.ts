import type { components } from '../../generated/control-api.ts';
import { type FaultRequest, refuseBadFault } from '../domain/faults.ts';
import type { RandomBytes } from '../domain/identifiers.ts';
import { fraction, randomStream } from '../domain/random.ts';

export type Fault = components['schemas']['Fault'];

interface ActiveFault {
  fault: Fault;
  readonly random: RandomBytes;
}

/** The faults of one world. */
export class Faults {
  readonly #world: string;
  readonly #changed: () => void;
  #active: ActiveFault[] = [];
  #issued = 0;
  #areSteered = false;
  /** How many were added since all were cleared. */
  #added = 0;

  /** `changed` is called after a fault is added or removed. */
  constructor(world: string, changed: () => void = () => {}) {
    this.#world = world;
    this.#changed = changed;
  }

  /** Adds a fault. Throws a Problem if it is not valid. */
  add(request: FaultRequest): Fault {
    refuseBadFault(request);
    const fault: Fault = { ...request, id: `fault-${++this.#issued}`, happened: 0 };
    this.#areSteered = true;
    const ownSeed = `${this.#world}/${this.#added++}`;
    this.#active.push({ fault, random: randomStream(`fault:${request.seed ?? ownSeed}`) });
    this.#changed();
    return fault;
  }

  /** The first fault that applies to a request of this operation, and counts it as happened. */
  next(operation: string): Fault | undefined {
    for (const active of this.#active) {
      const { operations, probability = 1, times } = active.fault;
      if (operations !== undefined && !operations.includes(operation)) continue;
      if (probability < 1 && fraction(active.random) >= probability) continue;
      const left = times === undefined ? {} : { times: times - 1 };
      active.fault = { ...active.fault, ...left, happened: active.fault.happened + 1 };
      if (times === 1) this.remove(active.fault.id);
      return active.fault;
    }
    return undefined;
  }

  /** Replaces all faults by those that a world starts with. */
  start(requests: readonly FaultRequest[]): void {
    this.clear();
    for (const request of requests) this.add(request);
    this.#areSteered = false;
  }

  /** Whether faults were added or removed since the start. */
  get areSteered(): boolean {
    return this.#areSteered;
  }

  list(): Fault[] {
    return this.#active.map(({ fault }) => fault);
  }

  /** Removes a fault; returns false if there is no such fault. */
  remove(id: string): boolean {
    this.#areSteered = true;
    const before = this.#active.length;
    this.#active = this.#active.filter(({ fault }) => fault.id !== id);
    this.#changed();
    return this.#active.length < before;
  }

  clear(): void {
    this.#areSteered = true;
    this.#active = [];
    this.#added = 0;
    this.#changed();
  }
}
