import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../generate/contract.ts';
import { contractsOf, type Fixture, fixtureFiles, readFixtures } from './fixtures.ts';

const help = `npm run lab -- oasdiff

Judges every OpenAPI pair of the gate with two independent programs and writes docs/gate-comparers.md: the pairs on which they
disagree, and who is right (scripts/gate/comparers/reasons.yaml). Needs these programs, on the path or named by a variable:
  OASDIFF           go install github.com/oasdiff/oasdiff@v1.38.0
  OPENAPI_CHANGES   scripts/gate/comparers/openapi-changes.go, built as it says
Exit codes: 0 every difference has a reason, 1 a reason is missing or obsolete, 2 a program did not start.`;

/** The levels of oasdiff: 3 ERR breaks, 2 WARN may break, 1 INFO does not break. */
interface Finding {
  readonly id: string;
  readonly level: 1 | 2 | 3;
}

const programs = {
  oasdiff: {
    command: process.env['OASDIFF'] ?? 'oasdiff',
    flags: (files: readonly string[]) => [
      'changelog',
      ...files,
      '--format',
      'json',
      '--flatten-allof',
      '--flatten-params',
      '--auto-upgrade',
    ],
  },
  'openapi-changes': {
    command: process.env['OPENAPI_CHANGES'] ?? 'openapi-changes',
    flags: (files: readonly string[]) => files,
  },
} as const;
type Name = keyof typeof programs;
const names = Object.keys(programs) as Name[];

interface Reason {
  readonly right: string;
  readonly reason: string;
  readonly pairs: readonly string[];
}

const reasons = parse(readFileSync(join(import.meta.dirname, 'comparers/reasons.yaml'), 'utf8')) as readonly Reason[];
const folder = mkdtempSync(join(tmpdir(), 'referee-'));

function verdictOf(name: Name, files: readonly string[]): string {
  const { command, flags } = programs[name];
  const { stdout, error } = spawnSync(command, flags(files), { encoding: 'utf8', timeout: 60_000 });
  if (error) throw new Error(`${command} did not start (${error.message}).\n\n${help}`);
  if (stdout === '') return 'refused';
  const findings = JSON.parse(stdout) as readonly Finding[];
  if (findings.some(({ level }) => level >= 2)) return 'breaking';
  return findings.length > 0 ? 'not breaking' : 'no change';
}

interface Row {
  readonly fixture: Fixture;
  readonly says: Readonly<Record<Name, string>>;
  readonly differs: readonly Name[];
}

function judged(fixture: Fixture): Row {
  const files = contractsOf(fixture).map(({ openapi }, index) => {
    const file = join(folder, `${index}.json`);
    writeFileSync(file, JSON.stringify(openapi));
    return file;
  });
  const says = Object.fromEntries(names.map((name) => [name, verdictOf(name, files)])) as Record<Name, string>;
  const isBreaking = fixture.verdict === 'breaking';
  const differs = names.filter((name) => says[name] === 'refused' || (says[name] === 'breaking') !== isBreaking);
  return { fixture, says, differs };
}

function page(rows: readonly Row[]): string {
  const counted = names.map((name) => `${name} ${rows.filter(({ differs }) => !differs.includes(name)).length}`);
  const parts = reasons.map(({ right, reason, pairs }) => {
    const own = rows.filter(({ fixture, differs }) => differs.length > 0 && pairs.includes(fixture.name));
    const lines = own.map(({ fixture, says, differs }) => {
      const cells = names.map((name) => (differs.includes(name) ? `**${says[name]}**` : 'agrees'));
      return `| ${[fixture.name, fixture.in, fixture.verdict, ...cells].join(' | ')} |`;
    });
    const heading = right === 'policy' ? 'A matter of policy' : `Right: ${right}`;
    return `**${heading}.** ${reason}\n\n| pair | in | kit | ${names.join(' | ')} |\n| --- | --- | --- | --- | --- |\n${lines.join('\n')}`;
  });
  return [
    '<!-- Do not edit: written by `npm run lab -- oasdiff`; the reasons are in scripts/gate/comparers/reasons.yaml. -->',
    '# Three comparers',
    `The ${rows.length} pairs of OpenAPI documents of [the gate](gate-fixtures.md), judged by oasdiff 1.38.0 and by libopenapi 0.42.5, the engine of\nopenapi-changes. Pairs on which they agree with the kit about what breaks: ${counted.join(', ')}.\nNeither judges every pair as well as the kit, so the kit keeps its own comparison. Below are all pairs on which one of them disagrees.`,
    ...parts,
  ]
    .join('\n\n')
    .concat('\n');
}

try {
  const fixtures = fixtureFiles.flatMap(readFixtures).filter(({ in: part }) => part !== 'rules' && part !== 'quirks');
  const rows = fixtures.map(judged);
  writeFileSync(join(root, 'docs/gate-comparers.md'), page(rows));
  const explained = reasons.flatMap(({ pairs }) => pairs);
  const open = rows.filter(({ fixture, differs }) => differs.length > 0 && !explained.includes(fixture.name));
  const stale = explained.filter(
    (name) => !rows.some(({ fixture, differs }) => fixture.name === name && differs.length > 0),
  );
  for (const { fixture, says } of open)
    console.error(`No reason for ${fixture.name} (${fixture.in}): ${JSON.stringify(says)}`);
  for (const name of stale) console.error(`Obsolete reason, there is no difference any more: ${name}`);
  for (const name of names)
    console.log(
      `${name}: ${rows.filter(({ differs }) => !differs.includes(name)).length} of ${rows.length} agree with the kit.`,
    );
  process.exitCode = open.length + stale.length > 0 ? 1 : 0;
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
} finally {
  rmSync(folder, { recursive: true });
}
