import type { components } from '../../generated/control-api.ts';
import { type FaultRequest, refuseBadFault } from '../domain/faults.ts';
import { fraction, randomStream } from '../domain/random.ts';
import type { FaultStore, StoredFault } from '../store/faults.ts';

export type Fault = components['schemas']['Fault'];

const idOf = ({ number }: StoredFault): string => `fault-${number}`;

/** A fault as the control plane shows it, with the times that are left. */
function shown(stored: StoredFault): Fault {
  const { request, happened } = stored;
  const left = request.times === undefined ? {} : { times: request.times - happened };
  return { ...request, ...left, id: idOf(stored), happened };
}

/** The faults of one world: a copy of those in its store, from which `load` reads them. */
export class Faults {
  readonly #world: string;
  readonly #store: FaultStore;
  readonly #changed: () => void;
  #active: StoredFault[] = [];
  #issued = 0;
  #cleared = 0;

  /** `changed` is called after a fault is added or removed. */
  constructor(world: string, store: FaultStore, changed: () => void = () => {}) {
    this.#world = world;
    this.#store = store;
    this.#changed = changed;
  }

  load(): void {
    const { faults, issued, cleared } = this.#store.load();
    this.#active = [...faults];
    this.#issued = issued;
    this.#cleared = cleared;
  }

  /** Adds a fault. Throws a Problem if it is not valid. */
  add(request: FaultRequest): Fault {
    refuseBadFault(request);
    const fault: StoredFault = { number: this.#issued + 1, request, draws: 0, happened: 0 };
    this.#store.add(fault);
    this.#issued = fault.number;
    this.#active.push(fault);
    this.#changed();
    return shown(fault);
  }

  /** The first fault that applies to a request of this operation, and counts it as happened. */
  next(operation: string): Fault | undefined {
    for (const fault of this.#active) {
      const { operations, probability = 1, times } = fault.request;
      if (operations !== undefined && !operations.includes(operation)) continue;
      const isDrawn = probability < 1;
      const happens = !isDrawn || this.#draw(fault) < probability;
      const counted = {
        ...fault,
        draws: fault.draws + Number(isDrawn),
        happened: fault.happened + Number(happens),
      };
      if (counted.happened === times) this.remove(idOf(fault));
      else this.#replace(counted);
      if (happens) return shown(counted);
    }
    return undefined;
  }

  /** Replaces all faults by those that a world starts with. */
  start(requests: readonly FaultRequest[]): void {
    this.clear();
    for (const request of requests) this.add(request);
  }

  list(): Fault[] {
    return this.#active.map(shown);
  }

  /** Removes a fault; returns false if there is no such fault. */
  remove(id: string): boolean {
    const found = this.#active.find((fault) => idOf(fault) === id);
    if (found !== undefined) this.#store.remove(found.number);
    this.#active = this.#active.filter((fault) => fault !== found);
    this.#changed();
    return found !== undefined;
  }

  clear(): void {
    this.#store.clear();
    this.#active = [];
    this.#cleared = this.#issued;
    this.#changed();
  }

  /** The next random number of a fault. It depends only on the seed and on how many were drawn before. */
  #draw({ number, request, draws }: StoredFault): number {
    const ownSeed = `${this.#world}/${number - this.#cleared - 1}`;
    return fraction(randomStream(`fault:${request.seed ?? ownSeed}`, draws));
  }

  #replace(counted: StoredFault): void {
    this.#store.count(counted);
    this.#active = this.#active.map((fault) => (fault.number === counted.number ? counted : fault));
  }
}
