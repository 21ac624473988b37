import { hash, randomBytes } from 'node:crypto';
import type { components } from '../../generated/control-api.ts';

type Schemas = components['schemas'];
export type Exchange = Schemas['Exchange'];
export type Completion = Schemas['Completion'];
/** An entry of the journal of a world. */
export type Recorded = { readonly world: string } & (
  | { readonly exchange: Exchange }
  | { readonly completion: Completion }
);

/** An exchange that is written out as often as it is read, if ever. */
interface Entry {
  readonly number: number;
  readonly describe: () => Omit<Exchange, 'number'>;
}

const written = ({ number, describe }: Entry): Exchange => ({ number, ...describe() });

/** How much is remembered of each kind. */
const capacity = 1000;

/** The last entries of a list that otherwise grows for ever. Adding is cheap: old ones go many at a time. */
class Recent<T extends { readonly number: number }> {
  #entries: T[] = [];
  #added = 0;

  add(entry: T): void {
    this.#added += 1;
    this.#entries.push(entry);
    if (this.#entries.length === 2 * capacity) this.#entries = this.#entries.slice(capacity);
  }

  get forgotten(): number {
    return Math.max(0, this.#added - capacity);
  }

  after(number: number): T[] {
    return this.#entries.slice(-capacity).filter((entry) => entry.number > number);
  }
}

/** What clients of one world did: the last exchanges and completed syncs, without personal data. */
export class Journal {
  readonly #world: string;
  readonly #changed: () => void;
  readonly #observe: ((recorded: Recorded) => void) | undefined;
  /** So that nobody can find what a digest was made of by trying names. */
  readonly #salt = randomBytes(16).toString('hex');
  #exchanges = new Recent<Entry>();
  #completions = new Recent<Completion>();
  #number = 0;
  /** By group, digests of the rows that its latest sync could not add. */
  #refused = new Map<string, ReadonlySet<string>>();

  /** The journal of the world of that name; `observe` is told every entry, `changed` only that there is one. */
  constructor(world: string, changed: () => void, observe?: (recorded: Recorded) => void) {
    this.#world = world;
    this.#changed = changed;
    this.#observe = observe;
  }

  /** Adds an exchange, whose description must stay the same, and returns its number. */
  exchanged(describe: Entry['describe']): number {
    const entry = { number: ++this.#number, describe };
    this.#exchanges.add(entry);
    this.#observe?.({ world: this.#world, exchange: written(entry) });
    this.#changed();
    return entry.number;
  }

  completed(entry: Omit<Completion, 'number'>): void {
    const completion = { number: ++this.#number, ...entry };
    this.#completions.add(completion);
    this.#observe?.({ world: this.#world, completion });
    this.#changed();
  }

  /** How many of the rows that a sync could not add were among those of the group's sync before, unchanged. */
  failedAgain(groupId: string, rows: readonly object[]): number {
    const before = this.#refused.get(groupId);
    const refused = new Set(rows.map((row) => this.digest(JSON.stringify(row))));
    this.#refused.set(groupId, refused);
    return [...refused].filter((row) => before?.has(row)).length;
  }

  /** What was recorded after the entry of that number, the oldest first. */
  read(after = 0): Schemas['Journal'] {
    return {
      exchanges: this.#exchanges.after(after).map(written),
      completions: this.#completions.after(after),
      forgotten: this.#exchanges.forgotten,
    };
  }

  /** The same for equal values, and of no use otherwise. */
  digest(value: string | Uint8Array): string {
    // Text is what the native function takes fastest, in one call.
    const text =
      typeof value === 'string' ? value : Buffer.from(value.buffer, value.byteOffset, value.length).toString('latin1');
    return hash('sha256', this.#salt + text, 'base64url').slice(0, 16);
  }

  clear(): void {
    this.#exchanges = new Recent();
    this.#completions = new Recent();
    this.#refused = new Map();
  }
}
