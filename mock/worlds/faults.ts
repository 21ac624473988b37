import type { components } from '../../generated/control-api.ts';
import { type FaultRequest, refuseBadFault } from '../domain/faults.ts';
import type { RandomBytes } from '../domain/identifiers.ts';
import { fraction, randomStream } from '../domain/random.ts';

export type Fault = components['schemas']['Fault'];

interface Armed {
  fault: Fault;
  readonly random: RandomBytes;
}

/** Answers of one world that are to go wrong. */
export class Faults {
  readonly #changed: () => void;
  #armed: Armed[] = [];
  #issued = 0;

  /** `changed` is told when one was armed or taken back. */
  constructor(changed: () => void = () => {}) {
    this.#changed = changed;
  }

  /** Arms a fault. Throws a Problem where it makes no sense. */
  add(request: FaultRequest): Fault {
    refuseBadFault(request);
    const fault: Fault = { ...request, id: `fault-${++this.#issued}`, happened: 0 };
    this.#armed.push({ fault, random: randomStream(`fault:${request.seed ?? 1}`) });
    this.#changed();
    return fault;
  }

  /** The first fault that happens to a request of this operation; it has then happened. */
  next(operation: string): Fault | undefined {
    for (const armed of this.#armed) {
      const { operations, probability = 1, times } = armed.fault;
      if (operations !== undefined && !operations.includes(operation)) continue;
      if (probability < 1 && fraction(armed.random) >= probability) continue;
      const left = times === undefined ? {} : { times: times - 1 };
      armed.fault = { ...armed.fault, ...left, happened: armed.fault.happened + 1 };
      if (times === 1) this.remove(armed.fault.id);
      return armed.fault;
    }
    return undefined;
  }

  list(): Fault[] {
    return this.#armed.map(({ fault }) => fault);
  }

  /** False where there is no such fault. */
  remove(id: string): boolean {
    const before = this.#armed.length;
    this.#armed = this.#armed.filter(({ fault }) => fault.id !== id);
    this.#changed();
    return this.#armed.length < before;
  }

  clear(): void {
    this.#armed = [];
    this.#changed();
  }
}
