import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../generate/contract.ts';
import { printFigures } from './referees/figures.ts';
import { writeRecord } from './toughness/record.ts';

const usage = `npm run lab -- toughness

Runs the tests of npm test -- --full that are about hostile clients, pages, targets and machines, and writes the number of cases by
kind to docs/toughness/. Exit code 1 if a test fails.`;

if (parseArgs({ options: { help: { type: 'boolean' } } }).values.help) {
  console.log(usage);
  process.exit(0);
}

interface Results {
  readonly success: boolean;
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly ancestorTitles: readonly string[]; readonly status: string }[];
  }[];
}

/** The subject of each test file. */
const files: Readonly<Record<string, string>> = {
  'scripts/lab/toughness/hostile/hostile.nightly.test.ts': 'sent to the mock',
  'scripts/lab/toughness/hostile/connections.test.ts': 'connections to the mock',
  'scripts/lab/toughness/browser.nightly.test.ts': 'pages of other sites, in Chromium',
  'scripts/lab/toughness/network.nightly.test.ts': 'without a network',
  'scripts/lab/toughness/disk.test.ts': 'without a disk to write to',
  'conformance/self-test/hostile-targets.test.ts': 'targets of the suite',
};

const folder = mkdtempSync(join(tmpdir(), 'groups-toughness-'));
const report = join(folder, 'results.json');
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
const config = join(root, 'scripts/vitest.config.ts');
spawnSync('vitest', ['run', '--config', config, ...reporters, ...Object.keys(files)], {
  cwd: root,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
const { success, testResults } = JSON.parse(readFileSync(report, 'utf8')) as Results;
rmSync(folder, { recursive: true });

const cases = testResults.flatMap(({ name, assertionResults }) => {
  const [, about = name] = Object.entries(files).find(([file]) => name.endsWith(file)) ?? [];
  return assertionResults.map(({ ancestorTitles: [area], status }) => ({
    kind: area === undefined ? about : `${about}: ${area}`,
    status,
  }));
});
const figures: Record<string, number> = {};
for (const what of [...cases.map(({ kind }) => kind).sort(), ...cases.map(({ status }) => status)])
  figures[what] = (figures[what] ?? 0) + 1;
printFigures(figures);
if (success) writeRecord('toughness', 'Cases that a hostile client, page, target or machine is played with', figures);
else process.exitCode = 1;
