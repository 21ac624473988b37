import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { partOf, type RulePart } from '../conformance/rule-parts.ts';
import { checks } from '../conformance/rules/checks.ts';
import { isRule } from '../conformance/rules/names.ts';
import { defects } from '../conformance/self-test/defects.ts';
import { type Job, runJobs } from '../conformance/self-test/jobs.ts';
import { runSuiteOn } from '../conformance/self-test/patched-mock.ts';
import { recorded } from '../conformance/self-test/tables.ts';
import { variants } from '../conformance/self-test/variants.ts';
import { type RuleId, rules } from '../generated/rules.ts';
import { root } from './generate/contract.ts';

const usage = `npm run rule -- LIFE-3    what the rule says, where the suite judges it and the mock keeps it; runs its checks on the
                          mock, its defects and the legal variants. Exit codes: 0 all as it should be, 1 not, 2 bad usage`;

/** Lines of sources that name something, as `file:line`. */
function places(pattern: string, name: string): string[] {
  const word = new RegExp(`${name}(?![\\w-])`);
  return globSync(pattern, { cwd: root })
    .filter((file) => !/\.test\.tsx?$|(^|\/)testing\.ts$/.test(file))
    .sort()
    .flatMap((file) => {
      const lines = readFileSync(join(root, file), 'utf8').split('\n');
      return lines.flatMap((line, index) => (word.test(line) ? [`${file}:${index + 1}`] : []));
    });
}

const section = (title: string, lines: readonly string[]): void =>
  console.log(`\n${title}\n${lines.map((line) => `  ${line}`).join('\n') || '  none'}`);

async function show(id: RuleId): Promise<boolean> {
  const rule = rules[id];
  console.log(`${id} (${rule.level}): ${rule.statement}`);
  if ('should' in rule) console.log(`should: ${rule.should}`);
  console.log(`source: ${rule.source.join(', ')}${rule.needs.length > 0 ? `; needs ${rule.needs.join(', ')}` : ''}`);

  const own = checks.filter((check) => check.rule === id);
  const parts: readonly RulePart[] = own.map(({ level }) => partOf(id, level));
  const breaking = defects.filter(({ breaks }) => breaks.some((part) => parts.includes(part)));
  section('In the contract', places('spec/*.yaml', id));
  section('In the mock', places('mock/**/*.{ts,tsx}', id));
  section('Checks', [...own.map(({ level, title }) => `${level}: ${title}`), ...places('conformance/rules/*.ts', id)]);

  const result = await runSuiteOn({}, own.some(({ needs }) => needs.includes('heavy')) ? 'certification' : 'standard', {
    only: [id],
  });
  const judged = result.rules.map(({ level, outcome }) => `${level}: ${outcome}`);
  section('On the mock', result.reason === undefined ? judged : [result.reason]);

  const ofDefects = breaking.map(({ name }): Job => ({ kind: 'defect', name, extent: 'own' }));
  const ofVariants = variants.map(({ name }): Job => ({ kind: 'variants', names: [name], only: [id] }));
  const trials = await runJobs([...ofDefects, ...ofVariants], () => {});
  const recordedTrials = recorded(readFileSync(join(root, 'docs/trust/defects.md'), 'utf8'));
  section(
    'On its defects',
    trials.slice(0, breaking.length).map(({ name, fault }, index) => {
      const further = recordedTrials.get(name)?.further.join(', ');
      return `${fault === '' ? '✓' : '✗'} ${name}: ${breaking[index]?.sentence}${further ? ` Also fails: ${further}.` : ''} ${fault}`;
    }),
  );
  const accused = trials.slice(breaking.length).filter(({ fault }) => fault !== '');
  section(
    'On legal variants',
    accused.length === 0
      ? [`none of ${variants.length} is accused`]
      : accused.map(({ name, fault }) => `✗ ${name}: ${fault}`),
  );
  return result.verdict.startsWith('conformant') && trials.every(({ fault }) => fault === '');
}

const id = process.argv[2]?.toUpperCase() ?? '';
if (id === '--HELP') console.log(usage);
else if (isRule(id)) process.exitCode = (await show(id)) ? 0 : 1;
else {
  console.error(`There is no rule "${process.argv[2] ?? ''}".\n\n${usage}`);
  process.exitCode = 2;
}
