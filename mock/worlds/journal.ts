import { hash } from 'node:crypto';
import type { components } from '../../generated/control-api.ts';
import type { JournalStore } from '../store/journal.ts';

type Schemas = components['schemas'];
export type Exchange = Schemas['Exchange'];
export type Completion = Schemas['Completion'];
/** An entry of the journal of a world. */
export type Recorded = { readonly world: string } & (
  | { readonly exchange: Exchange }
  | { readonly completion: Completion }
);

/** Whether a request was refused, failed, got a fault or a hint, or a row of a completed sync failed. */
export const isTrouble = (entry: Exchange | Completion): boolean =>
  'method' in entry
    ? entry.status >= 400 || entry.status === 0 || entry.fault !== null || entry.hints.length > 0
    : entry.failed > 0;

/** An exchange that is described each time it is read. */
interface Entry {
  readonly number: number;
  readonly describe: () => Omit<Exchange, 'number'>;
}

const written = ({ number, describe }: Entry): Exchange => ({ number, ...describe() });

/** How many entries of each kind are kept. */
const maxEntries = 1000;

/** The most recent entries of an unbounded list. Old ones are removed in large batches, because that is cheaper. */
class Recent<T extends { readonly number: number }> {
  #entries: T[] = [];
  #added = 0;

  add(entry: T): void {
    this.#added += 1;
    this.#entries.push(entry);
    if (this.#entries.length === 2 * maxEntries) this.#entries = this.#entries.slice(maxEntries);
  }

  get forgotten(): number {
    return Math.max(0, this.#added - maxEntries);
  }

  get added(): number {
    return this.#added;
  }

  after(number: number): T[] {
    return this.#entries.slice(-maxEntries).filter((entry) => entry.number > number);
  }
}

/** What is done with entries besides keeping the last ones in memory. */
export interface JournalOptions {
  /** Called with every entry. */
  readonly observe?: ((recorded: Recorded) => void) | undefined;
  /** Whether something else keeps the entries, so that memory has only those that are restored from there. */
  readonly isShared?: boolean | undefined;
  /** Called when the journal was emptied; its exchanges then count as forgotten, or are forgotten altogether. */
  readonly emptied?: ((world: string, how: 'counted' | 'forgotten') => void) | undefined;
}

/**
 * The last exchanges and completed syncs of one world, in memory only. What later digests are compared with is in its
 * store, from which `load` reads the salt.
 */
export class Journal {
  readonly #world: string;
  readonly #store: JournalStore;
  readonly #changed: () => void;
  readonly #options: JournalOptions;
  /** Without a salt, the text behind a digest could be found by trying names. */
  #salt = '';
  #exchanges = new Recent<Entry>();
  #completions = new Recent<Completion>();
  #number = 0;
  /** How many exchanges were removed with the content of the world. */
  #lost = 0;

  /** The journal of the world `world`. `changed` is called after every entry. */
  constructor(world: string, store: JournalStore, changed: () => void, options: JournalOptions = {}) {
    this.#world = world;
    this.#store = store;
    this.#changed = changed;
    this.#options = options;
  }

  load(): void {
    this.#salt = this.#store.salt();
  }

  /** Adds an exchange, whose description must stay the same, and returns its number. */
  addExchange(describe: Entry['describe']): number {
    const entry = { number: ++this.#number, describe };
    if (!this.#options.isShared) this.#exchanges.add(entry);
    this.#options.observe?.({ world: this.#world, exchange: written(entry) });
    this.#changed();
    return entry.number;
  }

  addCompletion(entry: Omit<Completion, 'number'>): void {
    const completion = { number: ++this.#number, ...entry };
    if (!this.#options.isShared) this.#completions.add(completion);
    this.#options.observe?.({ world: this.#world, completion });
    this.#changed();
  }

  /** How many of the failed rows of a sync failed unchanged in the previous sync of the group too. Records these rows. */
  countRepeatedFailures(groupId: string, rows: readonly object[]): number {
    const before = new Set(this.#store.failedRows(groupId));
    const failed = [...new Set(rows.map((row) => this.digest(JSON.stringify(row))))];
    if (failed.length > 0 || before.size > 0) this.#store.setFailedRows(groupId, failed);
    return failed.filter((row) => before.has(row)).length;
  }

  /** The entries after the entry with number `after`, oldest first. */
  read(after = 0): Schemas['Journal'] {
    return {
      exchanges: this.#exchanges.after(after).map(written),
      completions: this.#completions.after(after),
      forgotten: this.#lost + this.#exchanges.forgotten,
    };
  }

  /** A salted digest, which only shows whether two values are equal. */
  digest(value: string | Uint8Array): string {
    const salted = typeof value === 'string' ? this.#salt + value : Buffer.concat([Buffer.from(this.#salt), value]);
    return hash('sha256', salted, 'base64url').slice(0, 16);
  }

  /** Removes all entries because the content of the world was replaced, and counts them as forgotten. */
  restart(): void {
    this.#empty(this.#lost + this.#exchanges.added);
    this.#options.emptied?.(this.#world, 'counted');
  }

  clear(): void {
    this.#store.clearFailedRows();
    this.#empty(0);
    this.#options.emptied?.(this.#world, 'forgotten');
  }

  /** Replaces all entries by those that something else has kept. */
  restore({ exchanges, completions, forgotten }: Schemas['Journal']): void {
    this.#empty(forgotten);
    for (const { number, ...exchange } of exchanges) this.#exchanges.add({ number, describe: () => exchange });
    for (const completion of completions) this.#completions.add(completion);
  }

  #empty(lost: number): void {
    this.#lost = lost;
    this.#exchanges = new Recent();
    this.#completions = new Recent();
  }
}
