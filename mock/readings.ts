import { fixedAnswers, quirks } from '../generated/quirks.ts';

/** How a service behaves according to a report, as settings of a mock. */
export interface ReadSettings {
  /** `cross-group=reject`, as `--quirk` takes them. */
  readonly quirks: readonly string[];
  /** How long a sync took; absent if the report does not say. */
  readonly syncDelay?: number;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads the readings out of a report of the suite or of `groups-conformance inspect`. Throws an Error with one line that
 * says what the mock cannot do.
 */
export function parseReadings(text: string): ReadSettings {
  let report: unknown;
  try {
    report = JSON.parse(text);
  } catch {
    throw new Error('it is not JSON; write one with groups-conformance inspect FILE --json --out report.json');
  }
  const readings = isObject(report) ? report.readings : undefined;
  if (!isObject(readings) || !isObject(readings.questions))
    throw new Error('it has no readings; expected {"readings": {"questions": {…}, "syncMilliseconds": …}}');
  const settings: string[] = [];
  for (const [name, reading] of Object.entries(readings.questions)) {
    if (!isObject(reading) || reading.value === undefined) continue;
    const { value } = reading;
    const fixed = Object.hasOwn(fixedAnswers, name) ? fixedAnswers[name] : undefined;
    if (fixed === undefined && !Object.hasOwn(quirks, name))
      throw new Error(`it has a reading of "${name}", a question that this version does not know`);
    if (fixed === undefined) settings.push(`${name}=${value}`);
    else if (value !== fixed) throw new Error(`${name} is "${value}" there, and the mock can only do "${fixed}"`);
  }
  const { syncMilliseconds: delay } = readings;
  if (delay === null || delay === undefined) return { quirks: settings };
  if (typeof delay !== 'number' || !Number.isFinite(delay) || delay < 0 || delay > 86_400_000)
    throw new Error(`syncMilliseconds is ${JSON.stringify(delay)}; expected a number from 0 to 86400000`);
  return { quirks: settings, syncDelay: Math.round(delay) };
}
