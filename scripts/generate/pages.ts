import { checked, type Quirk, quirkSchema, type Rule, ruleSchema } from './catalogue.ts';
import { inlineCode, tableOf } from './markdown.ts';

function questionSection({ name, section, question, values, reason, asserts }: Quirk): string {
  const isSetting = values.length > 1;
  const how = isSetting
    ? `Setting \`--quirk ${name}=…\`, the default first.`
    : 'No setting: the mock always does the following.';
  return [
    `## §${section} ${inlineCode(name)}`,
    question,
    how,
    tableOf(
      ['reading', 'what the mock does'],
      values.map(({ value, effect }) => [inlineCode(value), effect]),
    ),
    `- **Why${isSetting ? ' this default' : ''}:** ${reason}\n- **What the suite asserts:** ${asserts}`,
  ].join('\n\n');
}

/** The page of all open questions, including those without a setting. */
export function questionsPage(entries: unknown): string {
  const questions = checked<Quirk>('spec/quirks.yaml', quirkSchema, entries);
  return `<!-- Do not edit: written from spec/quirks.yaml by \`npm run generate\`. -->

# §8 Open questions

${questions.length} questions on which the [sources](../docs/contract/README.md) are silent or disagree. A service may follow any of the
readings listed, unless the last line of a question asks for one of them.

${questions.map(questionSection).join('\n\n')}
`;
}

const partsOf = ({ statement, should }: Rule): string =>
  should === undefined ? statement : `${statement} *Should:* ${should}`;

/** The page of all rules, with the source and needs of each. */
export function rulesPage(entries: unknown): string {
  const rules = checked<Rule>('spec/rules.yaml', ruleSchema, entries);
  const rows = rules.map((rule) => [
    `**${rule.id}**`,
    rule.level,
    partsOf(rule),
    rule.source.map(inlineCode).join(', '),
    (rule.needs ?? []).map(inlineCode).join(', '),
  ]);
  return `<!-- Do not edit: written from spec/rules.yaml by \`npm run generate\`. -->

# §9 Rules

${rules.length} rules say what no schema can. Breaking a **must** makes a service non-conformant, breaking a **should** is a warning. A rule
is skipped, and named, if the target lacks what the last column says: \`other-key\` is the key of a second organization, \`heavy\`
means thousands of rows or more than a hundred groups, \`second-plan\` and \`foreign-plan\` are plans, \`tokens\` and \`members\`
are operations that a service may leave out. [Sources](../docs/contract/README.md#sources);
[checks and defects of each rule](coverage.md).

${tableOf(['rule', 'level', 'what holds', 'source', 'needs'], rows)}
`;
}
