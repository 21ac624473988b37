import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../generate/contract.ts';
import { installLab, labFolder } from './install.ts';
import { type Mutation, mutationPage, tally } from './mutation/page.ts';

const usage = `npm run lab -- mutation

Makes several hundred small changes (mutants) to mock/domain, one at a time, and runs its tests on each. A mutant that no
test notices survives. Takes some minutes; writes docs/trust/mutation.md. Exit code 1 if the score is below 90 %, or if
scripts/lab/mutation/survivors.yaml lacks the reason for a survivor or has an obsolete one.`;

if (process.argv.includes('--help')) {
  console.log(usage);
  process.exit(0);
}

await installLab();
const stryker = spawn(
  join(labFolder, 'node_modules/.bin/stryker'),
  ['run', 'scripts/lab/mutation/stryker.config.json'],
  {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  },
);
const [status] = await once(stryker, 'exit');
if (status !== 0) process.exit(1);

const report: { files: Record<string, { source: string; mutants: Mutation[] }> } = JSON.parse(
  readFileSync(join(root, 'reports/mutation.json'), 'utf8'),
);
const reasons: Record<string, Record<string, string>> = parse(
  readFileSync(join(root, 'scripts/lab/mutation/survivors.yaml'), 'utf8'),
);
const files = Object.entries(report.files).map(([path, { source, mutants }]) =>
  tally(basename(path), source, mutants, reasons[basename(path)] ?? {}),
);
writeFileSync(join(root, 'docs/trust/mutation.md'), mutationPage(files));

const [mutants, killed] = [files.flatMap((file) => file.mutants), files.flatMap((file) => file.killed)].map((counts) =>
  counts.reduce((sum, count) => sum + count, 0),
) as [number, number];
const score = (100 * killed) / mutants;
console.log(`\n${killed} of ${mutants} mutants killed: ${score.toFixed(1)} %`);
const faults = files.flatMap(({ name, unexplained, obsolete }) => [
  ...unexplained.map((mutant) => `${name}: no test notices ${mutant}`),
  ...obsolete.map(
    (mutant) => `${name}: survivors.yaml has an obsolete reason, this mutant does not survive: ${mutant}`,
  ),
]);
if (score < 90) faults.push('The score is below 90 %.');
if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exitCode = 1;
}
