import { parsed } from '../run/answer.ts';
import type { Outcome } from '../run/outcome.ts';
import { comparableFields, questionOf } from './comparable.ts';
import type { RecordedCheck, RecordedExchange, RecordedRun } from './recorded-run.ts';

/** A value in the first run and in the second; null if there is none. */
interface Pair<T> {
  readonly a: T;
  readonly b: T;
}

export interface OutcomeChange extends Pair<Outcome | null> {
  readonly part: string;
  /** Whether the second run is worse. */
  readonly isWorse: boolean;
}

export interface ReadingChange extends Pair<string> {
  readonly question: string;
}

/** A difference between answers to the same request, once for all of them. */
export interface AnswerDifference extends Pair<string | null> {
  readonly operation: string;
  /** `status`, `header allow`, or the path of a field such as `data.created_at`. */
  readonly where: string;
  readonly times: number;
  /** The parts of rules whose checks saw it, and the check that saw it first. */
  readonly parts: readonly string[];
  readonly firstSeenIn: string;
}

export interface RunComparison {
  readonly a: RunIdentity;
  readonly b: RunIdentity;
  readonly outcomes: readonly OutcomeChange[];
  readonly readings: readonly ReadingChange[];
  readonly answers: readonly AnswerDifference[];
  /** Pairs of answers that were compared, and exchanges of either run without a counterpart. */
  readonly compared: number;
  readonly withoutCounterpart: Pair<number>;
}

type RunIdentity = Pick<RecordedRun, 'target' | 'startedAt' | 'verdict'>;

/** Headers that clients act on. */
const headers = ['content-type', 'allow', 'www-authenticate', 'location', 'retry-after', 'cache-control'];

/** From the best to the worst. */
const ranks: readonly (Outcome | null)[] = ['pass', 'skipped', 'warn', 'error', 'fail'];

/** Compares what two runs found, and the answers to the same requests of the same checks. */
export function compareRuns(a: RecordedRun, b: RecordedRun): RunComparison {
  const differences: (Pair<string | null> & { operation: string; where: string; check: RecordedCheck })[] = [];
  let compared = 0;
  const total = (run: RecordedRun) => run.checks.flatMap(({ exchanges }) => withoutPolls(exchanges)).length;
  for (const check of a.checks) {
    const other = b.checks.find(({ part, title }) => part === check.part && title === check.title);
    if (other === undefined) continue;
    for (const [one, two] of counterparts(withoutPolls(check.exchanges), withoutPolls(other.exchanges))) {
      compared += 1;
      const operation = one.operation ?? questionOf(one).replace(/\?$/, '');
      for (const difference of answerDifferences(one, two)) differences.push({ ...difference, operation, check });
    }
  }
  const kinds = Map.groupBy(differences, (one) => JSON.stringify([one.operation, one.where, one.a, one.b]));
  return {
    a: identityOf(a),
    b: identityOf(b),
    outcomes: outcomeChanges(a, b),
    readings: readingChanges(a, b),
    answers: [...kinds.values()].flatMap((all) => {
      const [first] = all;
      if (first === undefined) return [];
      const { check, ...difference } = first;
      const parts = [...new Set(all.map((one) => one.check.part))];
      return [{ ...difference, times: all.length, parts, firstSeenIn: `${check.part}: ${check.title}` }];
    }),
    compared,
    withoutCounterpart: { a: total(a) - compared, b: total(b) - compared },
  };
}

const identityOf = ({ target, startedAt, verdict }: RecordedRun): RunIdentity => ({ target, startedAt, verdict });

function outcomeChanges(a: RecordedRun, b: RecordedRun): OutcomeChange[] {
  const parts = new Set([...a.outcomes.keys(), ...b.outcomes.keys()]);
  return [...parts].flatMap((part) => {
    const pair = { a: a.outcomes.get(part) ?? null, b: b.outcomes.get(part) ?? null };
    if (pair.a === pair.b) return [];
    const isWorse = pair.b !== null && ranks.indexOf(pair.b) > ranks.indexOf(pair.a);
    return [{ part, ...pair, isWorse }];
  });
}

/** Only questions that both runs answered. */
const readingChanges = (a: RecordedRun, b: RecordedRun): ReadingChange[] =>
  Object.entries(a.readings).flatMap(([question, one]) => {
    const two = b.readings[question];
    const isChange = two !== undefined && 'value' in one && 'value' in two && one.value !== two.value;
    return isChange ? [{ question, a: one.value, b: two.value }] : [];
  });

/** The number of polls depends on the time, so only the last of several polls counts, and those with results. */
const withoutPolls = (exchanges: readonly RecordedExchange[]): RecordedExchange[] =>
  exchanges.filter((exchange, index) => {
    const isAgain = (other?: RecordedExchange) => other?.method === 'GET' && other.url === exchange.url;
    if (exchange.method !== 'GET') return true;
    return !isAgain(exchanges[index + 1]) && !(isInFlight(exchange) && exchanges.slice(index + 1).some(isAgain));
  });

function isInFlight({ body }: RecordedExchange): boolean {
  const { data } = (parsed(body) ?? {}) as { readonly data?: { readonly completed_at?: unknown } | null };
  return data?.completed_at === null;
}

/** The longest sequence of requests that both have in this order, in pairs. */
function counterparts(
  a: readonly RecordedExchange[],
  b: readonly RecordedExchange[],
): [RecordedExchange, RecordedExchange][] {
  const [questionsA, questionsB] = [a.map(questionOf), b.map(questionOf)];
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      (lengths[i] as number[])[j] =
        questionsA[i] === questionsB[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const pairs: [RecordedExchange, RecordedExchange][] = [];
  for (let [i, j] = [0, 0]; i < a.length && j < b.length; )
    if (questionsA[i] === questionsB[j]) pairs.push([a[i++] as RecordedExchange, b[j++] as RecordedExchange]);
    else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  return pairs;
}

type Fields = ReturnType<typeof comparableFields>;

/** What differs in two answers: the status alone, or else headers and fields. */
function answerDifferences(a: RecordedExchange, b: RecordedExchange): (Pair<string | null> & { where: string })[] {
  const [fieldsA, fieldsB] = [comparableFields(a), comparableFields(b)];
  if (a.status !== b.status) return [{ where: 'status', a: statusText(a, fieldsA), b: statusText(b, fieldsB) }];
  const paths = new Set([...fieldsA.keys(), ...fieldsB.keys()]);
  const pairs = [
    ...headers.map((name) => ({ where: `header ${name}`, a: headerText(a, name), b: headerText(b, name) })),
    ...[...paths]
      .filter((path) => hasList(fieldsA, path) && hasList(fieldsB, path))
      .map((path) => ({ where: path, a: fieldText(fieldsA, path), b: fieldText(fieldsB, path) })),
  ];
  return pairs.filter((pair) => pair.a !== pair.b);
}

/** Whether the list on a path has items; if it is empty, none of their fields is missing. */
function hasList(fields: Fields, path: string): boolean {
  const end = path.lastIndexOf('[]');
  return end < 0 || [...fields.keys()].some((other) => other.startsWith(path.slice(0, end + 2)));
}

const fieldText = (fields: Fields, path: string): string | null => fields.get(path)?.join(', ') ?? null;

const headerText = ({ headers: all }: RecordedExchange, name: string): string | null =>
  all[name]?.toLowerCase().replaceAll(/\s+/g, '') ?? null;

function statusText({ status }: RecordedExchange, fields: Fields): string {
  const said = status >= 400 ? fieldText(fields, 'message') : null;
  return status === 0 ? 'no answer' : `${status}${said === null ? '' : ` ${said}`}`;
}
