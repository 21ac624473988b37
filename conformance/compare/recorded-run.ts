import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Har } from 'har-format';
import type { Readings } from '../observe/readings.ts';
import type { Outcome } from '../run/outcome.ts';

/** One request of a recorded run and its answer. */
export interface RecordedExchange {
  readonly operation: string | null;
  readonly method: string;
  readonly url: string;
  /** 0 if no answer came. */
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a check of a recorded run sent and received, in chronological order. */
export interface RecordedCheck {
  /** `LIFE-3`, or `GRP-1 (should)`. */
  readonly part: string;
  readonly title: string;
  readonly exchanges: readonly RecordedExchange[];
}

/** A run as recorded in its report folder. */
export interface RecordedRun {
  readonly target: string;
  readonly startedAt: string;
  readonly verdict: string;
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly readings: Readings['questions'];
  readonly checks: readonly RecordedCheck[];
}

/** A folder that cannot be read as the reports of a run. */
export class UnreadableRun extends Error {
  override readonly name = 'UnreadableRun';
}

interface Report {
  readonly target: string;
  readonly startedAt: string;
  readonly verdict: string;
  readonly rules: readonly { readonly id: string; readonly level: string; readonly outcome: Outcome }[];
  readonly readings?: Readings | null;
}

type Entry = Har['log']['entries'][number] & {
  readonly _rule?: string;
  readonly _level?: string;
  readonly _check?: string;
  readonly _operation?: string | null;
};

const nameOf = (id: string, level: string | undefined): string => (level === 'should' ? `${id} (should)` : id);

/** Reads the report and the evidence of a run. Throws UnreadableRun. */
export function readRun(folder: string): RecordedRun {
  const { target, startedAt, verdict, rules, readings } = readJson<Report>(join(folder, 'report.json'));
  const { log } = readJson<Har>(join(folder, 'evidence.har'));
  if (!Array.isArray(rules) || !Array.isArray(log?.entries))
    throw new UnreadableRun(
      `${folder}: expected report.json and evidence.har as groups-conformance --report-dir writes them`,
    );
  const entries = (log.entries as Entry[]).filter(({ _rule, _check }) => _rule !== undefined && _check !== undefined);
  const byCheck = Map.groupBy(entries, ({ _rule, _level, _check }) => `${nameOf(String(_rule), _level)}\n${_check}`);
  return {
    target,
    startedAt,
    verdict,
    outcomes: new Map(rules.map(({ id, level, outcome }) => [nameOf(id, level), outcome])),
    readings: readings?.questions ?? {},
    checks: [...byCheck].map(([name, all]) => {
      const [part = '', title = ''] = name.split('\n');
      return { part, title, exchanges: all.map(exchangeOf) };
    }),
  };
}

function readJson<T>(file: string): T {
  if (!existsSync(file)) throw new UnreadableRun(`${file} is missing: give a folder that --report-dir filled`);
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch (error) {
    throw new UnreadableRun(`${file} is not JSON: ${(error as Error).message}`);
  }
}

const exchangeOf = ({ request, response, _operation }: Entry): RecordedExchange => ({
  operation: _operation ?? null,
  method: request.method,
  url: request.url,
  status: response.status,
  headers: Object.fromEntries(response.headers.map(({ name, value }) => [name.toLowerCase(), value])),
  body: response.content.text ?? '',
});
