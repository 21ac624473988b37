import type { RuleId } from '../../generated/rules.ts';
import { levelOf, partOf, type RulePart, ruleParts } from '../rule-parts.ts';
import { checks } from '../rules/checks.ts';
import { statementOf } from '../verdict/rule-record.ts';
import { defects } from './defects.ts';
import { tableRow } from './tables.ts';

/** What covers one part of a rule. */
export interface Cover {
  readonly part: RulePart;
  /** Titles of the checks that judge it. */
  readonly checks: readonly string[];
  /** Names of the defects on which it must fail. */
  readonly defects: readonly string[];
}

export const coverage: readonly Cover[] = ruleParts.map((part) => ({
  part,
  checks: checks.flatMap(({ rule, level, title }) => (partOf(rule, level) === part ? [title] : [])),
  defects: defects.flatMap(({ name, breaks }) => (breaks.includes(part) ? [name] : [])),
}));

/** The coverage table as Markdown. */
export function coverageMarkdown(): string {
  const rows = coverage.map(({ part, checks: titles, defects: names }) => {
    const statement = statementOf(part.replace(' should', '') as RuleId, levelOf(part));
    const cells = [`**${part}**`, levelOf(part), statement, titles.join('; '), names.join(', ')];
    return tableRow(...cells);
  });
  const checkCount = coverage.reduce((sum, { checks: titles }) => sum + titles.length, 0);
  return `<!-- Do not edit: written by \`npm run generate\`. -->

# Coverage

${ruleParts.length} parts of rules, ${checkCount} checks, ${defects.length} defects. Each check judges one part of a rule; each defect is a server that breaks the
parts named here, and \`npm run self-test\` proves that the suite notices it. A rule whose must has a further should is two parts.

| rule | level | statement | checks | defects |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}
