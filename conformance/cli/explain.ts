import { type Command, InvalidArgumentError } from 'commander';
import { mistakes } from '../../generated/mistakes.ts';
import { type RuleId, rules } from '../../generated/rules.ts';
import { traffic } from '../../generated/traffic.ts';
import { needText } from '../report/wording.ts';
import { isRule } from '../rules/names.ts';
import { reasons } from '../rules/reasons.ts';
import type { Check } from '../run/check.ts';

/** What each source is (docs/contract/README.md). */
const sources: Readonly<Record<string, string>> = {
  seed: 'the concept page "Groups" of the developer documentation says so',
  docs: 'other public pages of the documentation say so',
  sdk: 'the official clients are built on it',
  wire: 'it was observed on the wire',
  inferred: 'no source says so; it follows from what the sources say',
};

function ruleId(text: string): RuleId {
  const id = text.toUpperCase();
  if (!isRule(id)) throw new InvalidArgumentError('Expected a rule such as LIFE-3; --list names them.');
  return id;
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];

function checkLine({ rule, level, title }: Check): string {
  const operations = traffic[`${rule} ${level} ${title}`] ?? [];
  return operations.length === 0 ? `· ${title}` : `· ${title} (${operations.join(', ')})`;
}

/** What a rule says and why, how it is checked, and which mistakes break it. */
export function explanation(id: RuleId, checks: readonly Check[]): string {
  const rule = rules[id];
  const own = checks.filter((check) => check.rule === id);
  return [
    `${id} (${rule.level}): ${rule.statement}`,
    ...('should' in rule ? [`${id} (should): ${rule.should}`] : []),
    ...section('Why', [reasons[id]]),
    ...section(
      'Source',
      rule.source.map((source) => `${source}: ${sources[source]}`),
    ),
    ...section(
      'Needs',
      rule.needs.map((need) => needText(need)),
    ),
    ...section('Checks', own.length === 0 ? ['every exchange of a run is judged by it'] : own.map(checkLine)),
    ...section(
      'What breaks it, for example',
      mistakes[id].map((mistake) => `· ${mistake}`),
    ),
    ...section('Try it', [`groups-conformance --only ${id} --base-url URL`]),
  ].join('\n');
}

/** Adds `explain RULE`. */
export function addExplainCommand(program: Command): void {
  program
    .command('explain')
    .description('say what a rule asks for and why, how it is checked, and which mistakes break it; needs no target')
    .argument('<rule>', 'a rule such as LIFE-11; --list names them', ruleId)
    .allowExcessArguments(false)
    .action(async (id: RuleId) => {
      const { checks } = await import('../rules/checks.ts');
      console.log(explanation(id, checks));
    });
}
