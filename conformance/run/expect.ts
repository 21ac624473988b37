import { type Difference, differenceOf, showDifference, showValue } from '../show-value.ts';
import type { Exchange } from './exchange.ts';

/** The target breaks the rule of a check. */
export class CheckFailed extends Error {
  override readonly name = 'CheckFailed';
  readonly expected: string | undefined;
  readonly received: string | undefined;
  /** The exchange that shows it; if absent, the last one of the check. */
  readonly exchange: Exchange | undefined;

  /** `what` was checked; `expected` and `received` are texts. */
  constructor(
    what: string,
    { expected, received, exchange }: { expected?: string; received?: string; exchange?: Exchange } = {},
  ) {
    super(what);
    this.expected = expected;
    this.received = received;
    this.exchange = exchange;
  }
}

/** Fails the check unless the claim holds; the message says what was checked, what was expected, and what was received. */
export function claim(holds: boolean, what: string, expected: string, received: unknown): asserts holds {
  if (!holds) throw new CheckFailed(what, { expected, received: showValue(received) });
}

/** Assertions about a value; `what` names it in the message of a failure. */
export const expect = (received: unknown, what: string): Expectation => new Expectation(received, what);

class Expectation {
  readonly #received: unknown;
  readonly #what: string;

  constructor(received: unknown, what: string) {
    this.#received = received;
    this.#what = what;
  }

  #claim(holds: boolean, expected: string): void {
    claim(holds, this.#what, expected, this.#received);
  }

  #claimSame(difference: Difference | null): void {
    if (difference) throw new CheckFailed(this.#what, showDifference(difference));
  }

  toBe(expected: unknown): void {
    if (!Object.is(expected, this.#received)) this.#claimSame({ expected, received: this.#received });
  }

  /** Equal as JSON; an absent field equals an undefined one. */
  toEqual(expected: unknown): void {
    this.#claimSame(differenceOf(expected, this.#received));
  }

  /** As `toEqual`, but further fields may be there. */
  toMatchObject(expected: Readonly<Record<string, unknown>>): void {
    this.#claimSame(differenceOf(expected, this.#received, true));
  }

  toMatch(pattern: RegExp): void {
    const received = this.#received;
    this.#claim(typeof received === 'string' && pattern.test(received), `a text that matches ${pattern}`);
  }

  toBeTypeOf(type: 'string' | 'number' | 'boolean'): void {
    const names = { string: 'a text', number: 'a number', boolean: 'true or false' };
    this.#claim(typeof this.#received === type, names[type]);
  }

  toBeInstanceOf(type: ArrayConstructor): void {
    this.#claim(this.#received instanceof type, 'a list');
  }

  toBeGreaterThan(bound: number): void {
    this.#claim(this.#number > bound, `more than ${bound}`);
  }

  toBeLessThanOrEqual(bound: number): void {
    this.#claim(this.#number <= bound, `at most ${bound}`);
  }

  get #number(): number {
    return typeof this.#received === 'number' ? this.#received : Number.NaN;
  }

  toHaveProperty(name: string): void {
    const received = this.#received;
    this.#claim(typeof received === 'object' && received !== null && name in received, `a field ${name}`);
  }

  get not() {
    const received = this.#received;
    return {
      toBe: (value: unknown) => this.#claim(!Object.is(value, received), `anything but ${showValue(value)}`),
      toContain: (item: unknown) =>
        this.#claim(!(received as readonly unknown[]).includes(item), `no ${showValue(item)} among them`),
    };
  }
}
