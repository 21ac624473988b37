import { Ajv2020 } from 'ajv/dist/2020.js';

/** An entry of spec/rules.yaml. */
export interface Rule {
  readonly id: string;
  readonly level: string;
  readonly statement: string;
  readonly should?: string;
  readonly source: readonly string[];
  readonly needs?: readonly string[];
}

/** An entry of spec/quirks.yaml. */
export interface Quirk {
  readonly name: string;
  readonly section: string;
  readonly question: string;
  readonly values: readonly { readonly value: string; readonly effect: string }[];
  readonly reason: string;
  readonly asserts: string;
}

/** An entry of spec/advice.yaml. */
interface Advice {
  readonly id: string;
  readonly severity: string;
  readonly title: string;
  readonly why: string;
  readonly fix: string;
}

/** What a rule may need from a target. */
const needs = ['other-key', 'heavy', 'second-plan', 'foreign-plan', 'tokens', 'members'];

/** Schema of a text that is not empty. */
export const text = { type: 'string', minLength: 1 };

export const ruleSchema = {
  type: 'array',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['id', 'level', 'statement', 'source'],
    properties: {
      id: { type: 'string', pattern: '^[A-Z]+-[1-9][0-9]*$' },
      level: { enum: ['must', 'should'] },
      statement: text,
      should: text,
      source: { type: 'array', minItems: 1, items: { enum: ['seed', 'docs', 'sdk', 'wire', 'inferred'] } },
      needs: { type: 'array', items: { enum: needs } },
    },
  },
};

export const quirkSchema = {
  type: 'array',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['name', 'section', 'question', 'values', 'reason', 'asserts'],
    properties: {
      name: { type: 'string', pattern: '^[a-z-]+$' },
      section: { type: 'string', pattern: '^8\\.[1-9][0-9]*$' },
      question: text,
      values: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['value', 'effect'],
          properties: { value: text, effect: text },
        },
      },
      reason: text,
      asserts: text,
    },
  },
};

const adviceSchema = (severities: readonly string[]) => ({
  type: 'array',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['id', 'severity', 'title', 'why', 'fix'],
    properties: {
      id: { type: 'string', pattern: '^ADV-[A-Z-]+$' },
      severity: { enum: severities },
      title: text,
      why: text,
      fix: text,
    },
  },
});

/** Validates the entries of a file of spec/. Throws if they do not match the schema. */
export function checked<T>(file: string, schema: object, entries: unknown): readonly T[] {
  const ajv = new Ajv2020();
  if (!ajv.validate(schema, entries)) throw new Error(`${file}: ${ajv.errorsText(ajv.errors, { dataVar: 'entry' })}`);
  return entries as readonly T[];
}

/** The rule table as typed constants: `rules`, and the types that bind a check to an id. */
export function generateRules(entries: unknown, text: string): string {
  const rules = checked<Rule>('spec/rules.yaml', ruleSchema, entries);
  const table: Record<string, Omit<Rule, 'id'>> = {};
  for (const { id, ...rule } of rules) {
    if (id in table) throw new Error(`spec/rules.yaml: ${id} occurs twice`);
    if (rule.should !== undefined && rule.level === 'should')
      throw new Error(`spec/rules.yaml: ${id} is a should rule, so it can have no should part`);
    table[id] = { ...rule, needs: rule.needs ?? [] };
  }
  return `/** Every rule of the catalogue, by id. */
export const rules = ${JSON.stringify(table, null, 2)} as const;

/** The line of spec/rules.yaml at which each rule begins. */
export const ruleLines = ${JSON.stringify(linesOf(text), null, 2)} as const;

export type RuleId = keyof typeof rules;
export type Level = 'must' | 'should';
export type Need = ${needs.map((need) => `'${need}'`).join(' | ')};

/** Rules that are a should as a whole. */
export type ShouldRuleId = { [Id in RuleId]: (typeof rules)[Id]['level'] extends 'should' ? Id : never }[RuleId];
/** Rules that are a must and have a further part that is only a should. */
export type ShouldPartId = { [Id in RuleId]: (typeof rules)[Id] extends { should: string } ? Id : never }[RuleId];
`;
}

const linesOf = (text: string): Record<string, number> =>
  Object.fromEntries(
    text.split('\n').flatMap((line, index) => {
      const id = /^- id: (\S+)$/.exec(line)?.[1];
      return id === undefined ? [] : [[id, index + 1]];
    }),
  );

/** The open questions that are settings of the mock, as typed constants: `quirks`, whose first value is the default. */
export function generateQuirks(entries: unknown): string {
  const questions = checked<Quirk>('spec/quirks.yaml', quirkSchema, entries);
  const settings = questions.filter(({ values }) => values.length > 1);
  const single = questions.filter(({ values }) => values.length === 1);
  const answers = Object.fromEntries(single.map(({ name, values }) => [name, values[0]?.value]));
  const table = Object.fromEntries(settings.map(({ name, ...quirk }) => [name, quirk]));
  return `/** Every quirk by name; the first of its values is the default. */
export const quirks = ${JSON.stringify(table, null, 2)} as const;

/** The open questions that the mock always answers in one way, with that answer. */
export const fixedAnswers: Readonly<Record<string, string>> = ${JSON.stringify(answers, null, 2)};

export type QuirkName = keyof typeof quirks;
export type QuirkValue<Name extends QuirkName = QuirkName> = (typeof quirks)[Name]['values'][number]['value'];
/** A reading of each question. */
export type Quirks = { readonly [Name in QuirkName]: QuirkValue<Name> };
`;
}

/** Everything that the advisor recognises, as typed constants; `severities` are ordered from worst to mildest. */
export function generateAdvice(entries: unknown, severities: readonly string[]): string {
  const advice = checked<Advice>('spec/advice.yaml', adviceSchema(severities), entries);
  const table = Object.fromEntries(advice.map(({ id, ...entry }) => [id, entry]));
  return `/** Everything that the integration advisor recognises, by id. */
export const advice = ${JSON.stringify(table, null, 2)} as const;

export type AdviceId = keyof typeof advice;
/** The worst first. */
export const severities = ${JSON.stringify(severities)} as const;
`;
}
