import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Document, parseDocument } from 'yaml';
import { contractFiles } from '../../conformance/contract/files.ts';
import { flagsOf } from '../flags.ts';
import { root } from '../generate/contract.ts';
import { cloneHead, runProgram } from './artefacts.ts';

flagsOf(
  `node scripts/release/play.ts

Rehearses three releases in a clone of HEAD: adopt, 1.0.0, a compatible change, 1.1.0, a breaking change, 2.0.0. Runs the gate
before and after each change is declared, and at the end judges the mock by each of the three contracts. Takes about two
minutes. Exit code 1 if a step ends unexpectedly.`,
  {},
);

const folder = mkdtempSync(join(tmpdir(), 'play-'));
const clone = join(folder, 'clone');
const git = (...args: string[]) => runProgram(clone, 'git', ...args);
const planName = ['components', 'schemas', 'Plan', 'properties', 'name', 'maxLength'];

/** Runs a command of the clone and shows its last lines. Throws if the exit code is not the expected one. */
function step(code: number, ...args: readonly string[]): void {
  console.log(`\n$ node ${args.join(' ')}`);
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: clone, encoding: 'utf8' });
  const lines = `${stdout}${stderr}`
    .trimEnd()
    .split('\n')
    .filter((line) => line.trim() !== '');
  console.log(
    lines
      .slice(-8)
      .map((line) => `  ${line.replaceAll(folder, '…')}`)
      .join('\n'),
  );
  if (status !== code) throw new Error(`expected exit code ${code}, got ${status}`);
}

function edit(file: string, change: (text: string) => string): void {
  const path = join(clone, file);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}

function editContract(change: (contract: Document) => void): void {
  edit('spec/openapi.yaml', (text) => {
    const contract = parseDocument(text);
    change(contract);
    return String(contract);
  });
  step(0, 'scripts/generate.ts');
}

const setVersion = (version: string) =>
  edit('package.json', (text) => text.replace(/"version": ".*"/, `"version": "${version}"`));

function commit(message: string): void {
  git('add', '--all');
  git('commit', '--quiet', '--message', message);
}

/** Makes a release and keeps its contract. */
function release(version: string): void {
  step(0, 'scripts/gate.ts');
  commit(`Prepare ${version}`);
  step(0, 'scripts/release.ts', '--write');
  commit(`Release ${version}`);
  git('tag', `v${version}`);
  mkdirSync(join(folder, version));
  for (const file of Object.values(contractFiles))
    writeFileSync(join(folder, version, file), git('show', `v${version}:spec/released/${file}`));
}

/** Makes a change that the gate refuses until versions and changelog declare it. */
function change(version: string, maxLength: number, note: string): void {
  editContract((contract) => contract.setIn(planName, maxLength));
  step(1, 'scripts/gate.ts');
  editContract((contract) => contract.setIn(['info', 'version'], version));
  setVersion(version);
  edit('CHANGELOG.md', (text) => text.replace(/^## /m, `## Unreleased\n\n### Contract ${version}\n\n- ${note}\n\n## `));
}

/** Judges the mock of the clone by each contract. */
async function judgeByEach(): Promise<void> {
  const mock = spawn(process.execPath, ['mock/main.ts', '--port', '0', '--quiet'], {
    cwd: clone,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const lines = createInterface({ input: mock.stdout });
    const first = await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve);
      mock.once('exit', (code) => reject(new Error(`the mock ended with ${code}`)));
    });
    const url = /https?:\/\/\S+/.exec(first)?.[0] ?? first;
    const suite = ['conformance/main.ts', '--base-url', url, '--profile', 'read-only', '--only', 'ERR-8'];
    step(0, ...suite);
    step(1, ...suite, '--contract', join(folder, '1.1.0'));
    step(0, ...suite, '--contract', join(folder, '1.0.0'));
  } finally {
    mock.kill();
  }
}

try {
  cloneHead(root, clone);
  appendFileSync(join(clone, '.git/info/exclude'), 'node_modules\nrelease\n');
  git('config', 'user.name', 'Kit');
  git('config', 'user.email', 'kit@example.com');

  // Whatever version the contract has today, the rehearsal starts at its first release.
  editContract((contract) => contract.setIn(['info', 'version'], '1.0.0'));
  step(0, 'scripts/gate.ts', '--adopt');
  setVersion('1.0.0');
  release('1.0.0');
  step(2, 'scripts/gate.ts', '--adopt');

  change('1.1.0', 5, 'The name of a plan has at most 5 characters.');
  release('1.1.0');

  change('2.0.0', 255, 'Breaking: the name of a plan may have up to 255 characters.');
  release('2.0.0');

  await judgeByEach();

  // This suite cannot judge by a contract whose requests differ, and must say so.
  editContract((contract) => contract.setIn(['components', 'schemas', 'GroupId', 'pattern'], '^grp_.+$'));
  step(2, 'conformance/main.ts', '--base-url', 'http://127.0.0.1:9', '--contract', join(folder, '2.0.0'));
  console.log(`\n${git('log', '--oneline', '-7')}\nEvery step ended as expected.`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
