import { fixedAnswers, quirks } from '../generated/quirks.ts';

/** How a service behaves according to a report, as settings of a mock. */
export interface ReadSettings {
  /** `cross-group=reject`, as `--quirk` takes them. */
  readonly quirks: readonly string[];
  /** How long a sync took, in milliseconds; absent if the report does not say. */
  readonly syncDelay?: number;
  /** What the report says and the mock cannot do, one line each. */
  readonly notes: readonly string[];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads the readings of a report: of the suite, or of the commands `inspect` and `proxy` of groups-conformance. Throws an
 * Error with one line if the text is not such a report.
 */
export function parseReadings(text: string): ReadSettings {
  let report: unknown;
  try {
    report = JSON.parse(text);
  } catch {
    throw new Error('it is not JSON; groups-conformance writes report.json with --report-dir');
  }
  const readings = isObject(report) ? report.readings : undefined;
  if (!isObject(readings) || !isObject(readings.questions))
    throw new Error('it has no readings; expected {"readings": {"questions": {…}, "syncMilliseconds": …}}');
  const settings: string[] = [];
  const notes: string[] = [];
  for (const [name, reading] of Object.entries(readings.questions)) {
    const value = isObject(reading) ? reading.value : undefined;
    if (typeof value !== 'string') continue;
    const values = valuesOf(name);
    if (values.length === 0) notes.push(`${name} is a question that this version does not know`);
    else if (!values.includes(value))
      notes.push(`${name} is "${value}" there, and the mock can only do ${values.join(', ')}`);
    else if (values.length > 1) settings.push(`${name}=${value}`);
  }
  return { quirks: settings, notes, ...delayOf(readings.syncMilliseconds) };
}

/** The answers to an open question that the mock can give; none if there is no such question. */
function valuesOf(name: string): readonly string[] {
  if (Object.hasOwn(fixedAnswers, name)) return [fixedAnswers[name] as string];
  return Object.hasOwn(quirks, name) ? quirks[name as keyof typeof quirks].values.map(({ value }) => value) : [];
}

function delayOf(delay: unknown): { readonly syncDelay?: number } {
  if (delay === null || delay === undefined) return {};
  if (typeof delay !== 'number' || !Number.isFinite(delay) || delay < 0 || delay > 86_400_000)
    throw new Error(`syncMilliseconds is ${JSON.stringify(delay)}; expected a number from 0 to 86400000`);
  return { syncDelay: Math.round(delay) };
}
