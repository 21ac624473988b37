import type { components } from '../../generated/control-api.ts';
import type { Recorded } from '../worlds/journal.ts';
import type { Recording, RecordingStore } from '../worlds/recordings.ts';
import { type Database, messageOf, type Query } from './database.ts';

type Schemas = components['schemas'];

/** Something that happened to the journal of a world. */
type Event = EntryEvent | { readonly world: string; readonly emptied: 'counted' | 'forgotten' };

interface EntryEvent {
  readonly world: string;
  readonly recorded: Recorded;
  recording?: Recording;
}

/** How long entries may wait until they are stored, in milliseconds. */
const delayMs = 100;

/** How many events wait at most while the database is away, and how many of them with their recordings. */
const maxWaiting = 5000;
const maxRecordings = 500;

/** How many entries of each kind a world keeps, and after how many new ones the older are deleted. */
const maxEntries = 1000;
const pruneAfter = 200;

/** The largest request or answer that is kept, in bytes. */
const maxRecorded = 64 * 1024;

/** What a world's journal has. */
export interface StoredJournal {
  readonly journal: Schemas['Journal'];
  readonly recordings: readonly Recording[];
}

/**
 * The journals of all worlds in a shared database. Entries are stored in batches after they were answered, so a crash
 * loses those of the last moments.
 */
export class SharedJournal implements RecordingStore {
  readonly #database: Database;
  #waiting: Event[] = [];
  /** The events of the unit that runs now. */
  #unit: Event[] | undefined;
  #storing: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** What the unit that runs now reads. */
  #read: readonly Recording[] = [];
  /** By world, how many entries were stored since its old ones were deleted. */
  readonly #stored = new Map<string, number>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Runs work and keeps back what it records. Returns its value, and a function that lets these events go. */
  collect<T>(work: () => T, recordings: readonly Recording[] = []): readonly [T, release: () => readonly Recorded[]] {
    const events: Event[] = [];
    this.#unit = events;
    this.#read = recordings;
    try {
      const value = work();
      const release = () => {
        for (const event of events) this.#queue(event);
        return events.flatMap((event) => ('recorded' in event ? [event.recorded] : []));
      };
      return [value, release];
    } finally {
      this.#unit = undefined;
      this.#read = [];
    }
  }

  /** Records an entry. Returns whether it was recorded outside of a unit. */
  record(recorded: Recorded): boolean {
    const event = { world: recorded.world, recorded };
    if (this.#unit === undefined) this.#queue(event);
    else this.#unit.push(event);
    return this.#unit === undefined;
  }

  /** Records that the journal of a world was emptied. If `counted`, its exchanges count as forgotten. */
  empty(world: string, emptied: 'counted' | 'forgotten'): void {
    const event = { world, emptied };
    if (this.#unit === undefined) this.#queue(event);
    else this.#unit.push(event);
  }

  /** Whether a journal has to be emptied, which must not delete what is recorded after it. */
  get isUrgent(): boolean {
    return this.#waiting.some((event) => 'emptied' in event);
  }

  /** Adds the complete request and answer to the exchange that was recorded last. */
  add(recording: Recording): void {
    const event = this.#waiting.at(-1);
    const size = (recording.requestBody?.length ?? 0) + recording.responseBody.length;
    const isKept = size <= maxRecorded && this.#waiting.length <= maxRecordings;
    if (isKept && event !== undefined && 'recorded' in event) event.recording = recording;
  }

  of(): readonly Recording[] {
    return this.#read;
  }

  /** They are deleted with their exchanges. */
  clear(): void {}

  #queue(event: Event): void {
    this.#waiting.push(event);
    if (this.#waiting.length > maxWaiting) this.#waiting = this.#waiting.slice(maxWaiting / 10);
    this.#timer ??= setTimeout(() => {
      void this.store().catch((error) => console.error(`groups-mock: the journal is late: ${messageOf(error)}`));
    }, delayMs).unref();
  }

  /** Stores all that waits. If the database is away, it goes on waiting. */
  async store(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.#storing !== undefined) await this.#storing.catch(() => {});
    if (this.#waiting.length === 0) return;
    const events = this.#waiting;
    this.#waiting = [];
    this.#storing = this.#database.transaction((query) => storeEvents(query, events)).then(() => this.#prune(events));
    try {
      await this.#storing;
    } catch (error) {
      this.#waiting = [...events, ...this.#waiting];
      throw error;
    } finally {
      this.#storing = undefined;
    }
  }

  async #prune(events: readonly Event[]): Promise<void> {
    for (const [world, stored] of Map.groupBy(events, (event) => event.world)) {
      const count = (this.#stored.get(world) ?? 0) + stored.length;
      this.#stored.set(world, count % pruneAfter);
      if (count >= pruneAfter) await prune(this.#database.query, world);
    }
    if (this.#stored.size > maxWaiting) this.#stored.clear();
  }

  /** What the journal of a world has, including what waits in this process. */
  async read(world: string): Promise<StoredJournal> {
    await this.store();
    return readJournal(this.#database.query, world);
  }
}

async function storeEvents(query: Query, events: readonly Event[]): Promise<void> {
  let entries: EntryEvent[] = [];
  const storeEntries = async () => {
    if (entries.length > 0) await addEntries(query, entries);
    entries = [];
  };
  for (const event of events) {
    if ('recorded' in event) entries.push(event);
    else {
      await storeEntries();
      await emptyJournal(query, event.world, event.emptied === 'counted');
    }
  }
  await storeEntries();
}

/** A world that is removed at the same time is locked or skipped, or it would keep the entries of all others waiting. */
const addEntries = (query: Query, entries: readonly EntryEvent[]): Promise<unknown> =>
  query(
    `INSERT INTO journal (world, is_exchange, entry, recording)
     SELECT id, is_exchange, entry, recording
     FROM unnest($1::text[], $2::boolean[], $3::text[], $4::text[]) WITH ORDINALITY
       AS entries (name, is_exchange, entry, recording, place)
     JOIN worlds USING (name) ORDER BY place FOR KEY SHARE OF worlds`,
    [
      entries.map(({ world }) => world),
      entries.map(({ recorded }) => 'exchange' in recorded),
      entries.map(({ recorded }) => JSON.stringify('exchange' in recorded ? recorded.exchange : recorded.completion)),
      entries.map(({ recording }) => (recording === undefined ? null : recordingText(recording))),
    ],
  );

const emptyJournal = (query: Query, world: string, isCounted: boolean): Promise<unknown> =>
  query(
    `WITH deleted AS (DELETE FROM journal USING worlds WHERE world = id AND name = $1 RETURNING is_exchange)
     UPDATE worlds
     SET forgotten = CASE WHEN $2 THEN forgotten + (SELECT count(*) FROM deleted WHERE is_exchange) ELSE 0 END
     WHERE name = $1`,
    [world, isCounted],
  );

/** Deletes all entries of a world but the last ones of each kind. */
const prune = (query: Query, world: string): Promise<unknown> =>
  query(
    `WITH ranked AS (
       SELECT number, row_number() OVER (PARTITION BY is_exchange ORDER BY number DESC) AS place
       FROM journal JOIN worlds ON world = id WHERE name = $1
     ), deleted AS (
       DELETE FROM journal USING ranked, worlds
       WHERE world = id AND name = $1 AND journal.number = ranked.number AND place > $2 RETURNING is_exchange)
     UPDATE worlds SET forgotten = forgotten + (SELECT count(*) FROM deleted WHERE is_exchange) WHERE name = $1`,
    [world, maxEntries],
  );

async function readJournal(query: Query, world: string): Promise<StoredJournal> {
  const [count] = await query<{ forgotten: string }>('SELECT forgotten FROM worlds WHERE name = $1', [world]);
  const rows = await query<{ number: string; is_exchange: boolean; entry: string; recording: string | null }>(
    `SELECT number, is_exchange, entry, recording FROM journal JOIN worlds ON world = id
     WHERE name = $1 ORDER BY number`,
    [world],
  );
  const entries = rows.map((row) => ({ ...row, entry: { ...JSON.parse(row.entry), number: Number(row.number) } }));
  const of = (isExchange: boolean) =>
    entries.filter(({ is_exchange }) => is_exchange === isExchange).map(({ entry }) => entry);
  return {
    journal: { exchanges: of(true), completions: of(false), forgotten: Number(count?.forgotten ?? 0) },
    recordings: entries.flatMap(({ recording, entry }) =>
      recording === null ? [] : [{ ...recordingFrom(recording), number: entry.number }],
    ),
  };
}

const recordingText = ({ requestBody, ...recording }: Recording): string =>
  JSON.stringify({ ...recording, requestBody: requestBody && Buffer.from(requestBody).toString('base64') });

function recordingFrom(text: string): Recording {
  const { requestBody, ...recording } = JSON.parse(text);
  return { ...recording, requestBody: requestBody && Buffer.from(requestBody, 'base64') };
}
