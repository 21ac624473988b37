import { detectors, type ReadingDetector } from './detectors.ts';
import { requestText, type Seen } from './exchange.ts';
import { instantOf, type Memory } from './memory.ts';
import { redactedText } from './redaction.ts';

/** How a service reads an open question: the value, `other` if it is not a known one, or why it was not seen. */
export type Reading = SeenReading | { readonly unseen: string };

interface SeenReading {
  readonly value: string;
  /** The number of the first exchange that shows it, and its method, path and status. */
  readonly evidence: number;
  readonly request: string;
}

export interface Readings {
  readonly questions: Readonly<Record<string, Reading>>;
  /** The median time from acceptance to completion, in milliseconds; null if no sync completed. */
  readonly syncMilliseconds: number | null;
}

/** The detectors that look at single exchanges; rosters show the readings of the other questions. */
const looks = Object.entries(detectors).flatMap(([name, { look }]) => (look ? [[name, look] as const] : []));

const maxDurations = 1000;

/** Collects readings from exchanges. */
export class ReadingCollector {
  readonly #found = new Map<string, SeenReading>();
  readonly #contradictions = new Map<string, string>();
  readonly #durations: number[] = [];
  readonly #timed = new Set<string>();

  see(seen: Seen, memory: Memory): void {
    for (const [name, look] of looks) {
      const value = look(seen, memory);
      if (value !== undefined) this.#note(name, value, seen);
    }
    for (const { question, value } of memory.told.splice(0)) this.#note(question, value, seen);
    this.#time(seen);
  }

  #note(name: string, value: string, { number: evidence, exchange }: Seen): void {
    const known = this.#found.get(name);
    if (known === undefined) this.#found.set(name, { value, evidence, request: requestText(exchange) });
    else if (known.value !== value && !this.#contradictions.has(name))
      this.#contradictions.set(
        name,
        `the traffic contradicts itself: ${known.value} in exchange ${known.evidence}, ${value} in exchange ${evidence}`,
      );
  }

  #time({ operation, status, data, params }: Seen): void {
    const [accepted, completed] = [instantOf(data.accepted_at), instantOf(data.completed_at)];
    const id = params.request_id;
    if (operation !== 'retrieveMemberSync' || status !== 200 || id === undefined || this.#timed.has(id)) return;
    if (accepted === undefined || completed === undefined || this.#durations.length >= maxDurations) return;
    this.#timed.add(id);
    this.#durations.push(Math.max(0, completed - accepted));
  }

  readings(): Readings {
    const sorted = this.#durations.toSorted((a, b) => a - b);
    const read = (name: string, { shows, hidden }: ReadingDetector): Reading => {
      const contradiction = this.#contradictions.get(name);
      if (contradiction !== undefined) return { unseen: contradiction };
      return this.#found.get(name) ?? { unseen: hidden ?? `not seen; shown by ${shows}` };
    };
    return {
      questions: Object.fromEntries(Object.entries(detectors).map(([name, detector]) => [name, read(name, detector)])),
      syncMilliseconds: sorted[Math.floor(sorted.length / 2)] ?? null,
    };
  }
}

/** Readings without keys and personal fields. */
export const plainReadings = ({ questions, syncMilliseconds }: Readings): Readings => ({
  questions: Object.fromEntries(
    Object.entries(questions).map(([name, reading]) => [
      name,
      'value' in reading ? { ...reading, request: redactedText(reading.request) } : reading,
    ]),
  ),
  syncMilliseconds,
});

/** The readings that were seen, one line each. */
export function readingTexts({ questions, syncMilliseconds }: Readings): string[] {
  const seen = Object.entries(questions).flatMap(([name, reading]) =>
    'value' in reading
      ? [`${name}: ${reading.value} (exchange ${reading.evidence}, ${redactedText(reading.request)})`]
      : [],
  );
  return syncMilliseconds === null ? seen : [...seen, `a sync took ${syncMilliseconds} ms (median)`];
}

/** Why the other questions have no reading, one line each. */
export const unseenTexts = ({ questions }: Readings): string[] =>
  Object.entries(questions).flatMap(([name, reading]) => ('unseen' in reading ? [`${name}: ${reading.unseen}`] : []));
