import { LineCounter, parseDocument, type Range } from 'yaml';
import { type Level, type RuleId, rules } from '../../generated/rules.ts';
import { isRule } from '../rules/names.ts';
import type { RuleRecord } from './rule-record.ts';

/** A known failure: who fixes it, why it is tolerated, and until when. */
export interface KnownFailure {
  readonly rule: RuleId;
  readonly level: Level;
  readonly owner: string;
  readonly reason: string;
  /** The last day on which it is tolerated, `YYYY-MM-DD` in UTC. */
  readonly expires: string;
}

/**
 * `known`: fails and is tolerated. `expired`: fails and is no longer tolerated. `fixed`: no longer fails, so the entry can be
 * removed. `unseen`: not judged in this run.
 */
export type KnownState = 'known' | 'expired' | 'fixed' | 'unseen';

export interface BaselineEntry extends KnownFailure {
  readonly state: KnownState;
}

/** An invalid baseline file; the message begins with file and line. */
export class BaselineError extends Error {
  override readonly name = 'BaselineError';
}

const fields = ['rule', 'level', 'owner', 'reason', 'expires'];

/**
 * Reads a baseline: a list, in YAML or JSON, of `rule`, `owner`, `reason`, `expires` and, of a rule with a should part,
 * `level`. Throws a BaselineError that names file and line.
 */
export function parseBaseline(text: string, file: string): KnownFailure[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, schema: 'core' });
  const fail = (offset: number, message: string): never => {
    throw new BaselineError(`${file}:${lines.linePos(offset).line}: ${message}`);
  };
  const [fault] = document.errors;
  if (fault) fail(fault.pos[0], fault.message.split('\n')[0]?.replace(/ at line \d+.*$/, '') ?? 'not YAML');
  const entries: unknown = document.toJS();
  const offsetOf = (path: readonly (string | number)[]): number =>
    (document.getIn(path, true) as { range?: Range } | undefined)?.range?.[0] ?? 0;
  if (!Array.isArray(entries)) return fail(0, 'expected a list of known failures');

  const known: KnownFailure[] = [];
  for (const [index, entry] of (entries as unknown[]).entries()) {
    const here = offsetOf([index]);
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry))
      return fail(here, `expected an entry with ${fields.join(', ')}`);
    const { rule, level, owner, reason, expires } = entry as Record<string, unknown>;
    const at = (name: string) => offsetOf([index, name]) || here;
    const stranger = Object.keys(entry).find((name) => !fields.includes(name));
    if (stranger !== undefined) fail(at(stranger), `there is no field ${stranger}; expected ${fields.join(', ')}`);
    if (typeof rule !== 'string' || !isRule(rule)) return fail(at('rule'), 'expected rule to be one such as LIFE-3');
    const part = level ?? rules[rule].level;
    const parts: unknown[] = 'should' in rules[rule] ? ['must', 'should'] : [rules[rule].level];
    if (!parts.includes(part)) fail(at('level'), `expected level of ${rule} to be ${parts.join(' or ')}`);
    if (typeof owner !== 'string' || owner.trim() === '') return fail(at('owner'), `${rule} has no owner`);
    if (typeof reason !== 'string' || reason.trim() === '') return fail(at('reason'), `${rule} has no reason`);
    if (typeof expires !== 'string' || !isDate(expires))
      return fail(at('expires'), `expected expires of ${rule} to be a date such as 2027-03-31`);
    if (known.some((other) => other.rule === rule && other.level === part))
      fail(here, `${rule} (${part}) is listed twice`);
    known.push({ rule, level: part as Level, owner, reason, expires });
  }
  return known;
}

const isDate = (text: string): boolean => {
  const date = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
};

/** Whether a known failure is still tolerated on the day of a timestamp. */
export const isTolerated = ({ expires }: KnownFailure, at: string): boolean => at.slice(0, 10) <= expires;

/** The state of each known failure in a run. */
export function compareWithBaseline(
  known: readonly KnownFailure[],
  records: readonly RuleRecord[],
  at: string,
): BaselineEntry[] {
  const stateOf = (entry: KnownFailure): KnownState => {
    const record = records.find(({ id, level }) => id === entry.rule && level === entry.level);
    if (record?.outcome === 'pass') return 'fixed';
    if (record?.outcome !== 'fail' && record?.outcome !== 'warn') return 'unseen';
    return isTolerated(entry, at) ? 'known' : 'expired';
  };
  return known.map((entry) => ({ ...entry, state: stateOf(entry) }));
}
