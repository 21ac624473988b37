import type { Change, ChangeVerdict, Party } from './change.ts';
import { type Fields, isObject, same } from './json-pointer.ts';

/** An entry of a rule catalogue (spec/rules.yaml). */
export interface RuleEntry {
  readonly id: string;
  readonly level: 'must' | 'should';
  readonly statement: string;
  readonly should?: string;
  readonly needs?: readonly string[];
}

/** An entry of the open questions (spec/quirks.yaml); the first value is the default. */
export interface QuirkEntry {
  readonly name: string;
  readonly values: readonly { readonly value: string; readonly effect: string }[];
}

type Values = Pick<Change, 'before' | 'after'>;

/** Whether texts differ only in letter case, punctuation or spaces. */
const reads = (text: unknown): string =>
  String(text ?? '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}<>=+-]+/gu, ' ')
    .trim();

const change = (
  verdict: ChangeVerdict,
  kind: string,
  path: string,
  what: string,
  affects: readonly Party[],
  values: Values = {},
): Change => ({ verdict, kind, path, what, affects, where: [], ...values });

/** The wording of a rule is the duty itself, and no program can tell a new duty from better wording. */
function compareStatement(
  field: 'statement' | 'should',
  isMust: boolean,
  before: RuleEntry,
  after: RuleEntry,
): Change[] {
  const [previous, current] = [before[field], after[field]];
  if (previous === undefined || current === undefined || previous === current) return [];
  const path = `rules#/${after.id}/${field}`;
  const values = { before: previous, after: current };
  if (reads(previous) === reads(current))
    return [change('editorial', 'rule.words', path, 'punctuation changed', [], values)];
  const verdict = isMust ? 'breaking' : 'compatible';
  const parties: Party[] = ['client', 'implementer'];
  return [change(verdict, `rule.${field}`, path, `what ${after.id} says changed`, parties, values)];
}

function compareRule(before: RuleEntry, after: RuleEntry): Change[] {
  const { id } = after;
  const isMust = after.level === 'must';
  const changes: Change[] = [];
  const add = (verdict: ChangeVerdict, field: string, what: string, affects: Party[], values: Values) =>
    changes.push(change(verdict, `rule.${field}`, `rules#/${id}/${field}`, `${id} ${what}`, affects, values));
  const levels = { before: before.level, after: after.level };
  if (before.level === 'should' && isMust) add('breaking', 'level', 'raised to a must', ['implementer'], levels);
  if (before.level === 'must' && !isMust) add('breaking', 'level', 'lowered to a should', ['client'], levels);
  const parts = { before: before.should, after: after.should };
  if (before.should === undefined && after.should !== undefined)
    add('compatible', 'should', 'got a should part', ['implementer'], parts);
  if (before.should !== undefined && after.should === undefined)
    add('compatible', 'should', 'lost its should part', ['client'], parts);
  const needs = { before: before.needs ?? [], after: after.needs ?? [] };
  if (needs.after.some((need) => !needs.before.includes(need)))
    add('compatible', 'needs', 'applies to fewer targets', ['client'], needs);
  else if (needs.before.some((need) => !needs.after.includes(need)))
    add(isMust ? 'breaking' : 'compatible', 'needs', 'applies to more targets', ['implementer'], needs);
  const isRequired = isMust && before.level === 'must';
  changes.push(
    ...compareStatement('statement', isRequired, before, after),
    ...compareStatement('should', false, before, after),
  );
  return changes;
}

/** The rest of an entry: sources, questions, effects. */
function compareRest(
  part: 'rules' | 'quirks',
  key: string,
  before: object,
  after: object,
  judged: readonly string[],
): Change[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return fields.flatMap((field) => {
    const [previous, current] = [before, after].map((entry) => (entry as Record<string, unknown>)[field]);
    if (judged.includes(field) || same(previous, current)) return [];
    const path = `${part}#/${key}/${field}`;
    return [change('editorial', 'words', path, `${field} changed`, [], { before: previous, after: current })];
  });
}

/** Pairs the entries of two catalogues by name. */
function paired<T>(before: readonly T[], after: readonly T[], key: (entry: T) => string) {
  const [previous, current] = [before, after].map(
    (entries) => new Map(entries.map((entry) => [key(entry), entry])),
  ) as [Map<string, T>, Map<string, T>];
  return {
    gone: before.filter((entry) => !current.has(key(entry))),
    come: after.filter((entry) => !previous.has(key(entry))),
    kept: after.flatMap((entry) => (previous.has(key(entry)) ? [[previous.get(key(entry)) as T, entry] as const] : [])),
  };
}

/**
 * Every difference between two rule catalogues. A must that is added or raised fails implementations that were conformant; one
 * that is removed or lowered takes away what clients relied on. Both are breaking; changes of a should are not.
 */
export function compareRules(before: readonly RuleEntry[], after: readonly RuleEntry[]): Change[] {
  const { gone, come, kept } = paired(before, after, ({ id }) => id);
  const verdict = ({ level }: RuleEntry): ChangeVerdict => (level === 'must' ? 'breaking' : 'compatible');
  const whole = (rule: RuleEntry, what: string, party: Party, values: Values) =>
    change(
      verdict(rule),
      `rule.${what}`,
      `rules#/${rule.id}`,
      `${rule.level} rule ${rule.id} ${what}`,
      [party],
      values,
    );
  return [
    ...gone.map((rule) => whole(rule, 'removed', 'client', { before: rule.statement })),
    ...come.map((rule) => whole(rule, 'added', 'implementer', { after: rule.statement })),
    ...kept.flatMap(([previous, current]) => [
      ...compareRule(previous, current),
      ...compareRest('rules', current.id, previous, current, ['id', 'level', 'statement', 'should', 'needs']),
    ]),
  ];
}

function compareQuirk(before: QuirkEntry, after: QuirkEntry): Change[] {
  const { gone, come, kept } = paired(before.values, after.values, ({ value }) => value);
  const path = `quirks#/${after.name}/values`;
  const say = (verdict: ChangeVerdict, kind: string, value: string, what: string, party: Party) =>
    change(verdict, `quirk.${kind}`, `${path}/${value}`, `${after.name}: ${what} ${value}`, [party]);
  const initial = { before: before.values[0]?.value, after: after.values[0]?.value };
  return [
    ...gone.map(({ value }) => say('breaking', 'value.removed', value, 'no longer to be read as', 'implementer')),
    ...come.map(({ value }) => say('breaking', 'value.added', value, 'may now also be read as', 'client')),
    ...(initial.before === initial.after || initial.before === undefined
      ? []
      : [change('compatible', 'quirk.default', path, `${after.name}: another default`, ['client'], initial)]),
    ...kept.flatMap(([previous, current]) =>
      compareRest('quirks', `${after.name}/values/${current.value}`, previous, current, ['value']),
    ),
    ...compareRest('quirks', after.name, before, after, ['name', 'values']),
  ];
}

/**
 * Every difference between two lists of open questions. Clients were not tested against a new reading; a removed one
 * fails the implementations that follow it. A new question breaks nothing by itself: what it allows shows in
 * the schemas and rules that it loosens.
 */
export function compareQuirks(before: readonly QuirkEntry[], after: readonly QuirkEntry[]): Change[] {
  const { gone, come, kept } = paired(before, after, ({ name }) => name);
  return [
    ...gone.map(({ name }) =>
      change('breaking', 'quirk.removed', `quirks#/${name}`, `question ${name} closed`, ['implementer']),
    ),
    ...come.map(({ name }) =>
      change('compatible', 'quirk.added', `quirks#/${name}`, `question ${name} opened`, ['client']),
    ),
    ...kept.flatMap(([previous, current]) => compareQuirk(previous, current)),
  ];
}

const isListOf = (isEntry: (entry: Fields) => boolean, value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every((entry) => isObject(entry) && isEntry(entry));

export const isRuleCatalogue = (value: unknown): value is readonly RuleEntry[] =>
  isListOf(
    ({ id, level, statement }) =>
      typeof id === 'string' && (level === 'must' || level === 'should') && typeof statement === 'string',
    value,
  );

export const isQuirkCatalogue = (value: unknown): value is readonly QuirkEntry[] =>
  isListOf(
    ({ name, values }) => typeof name === 'string' && isListOf(({ value }) => typeof value === 'string', values),
    value,
  );
