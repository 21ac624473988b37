import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { validateAction } from '@action-validator/core';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { root } from './generate/contract.ts';

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: {
    readonly steps: readonly { readonly id?: string; readonly run?: string; readonly env?: Record<string, string> }[];
  };
}

const source = readFileSync(join(root, 'action.yml'), 'utf8');
const { inputs, runs } = parse(source) as Action;

type Outputs = Readonly<Record<string, string>>;

/** Runs the shell of the action's steps as a runner would; returns their outputs, and how the last one ended. */
function runSteps(given: Readonly<Record<string, string>>, ids: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'action-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const outputs: Record<string, Outputs> = {};
  const lookUp = (term: string): string => {
    const [, step, output] = /^steps\.(\w+)\.outputs\.(\w+)$/.exec(term) ?? [];
    if (step !== undefined && output !== undefined) return outputs[step]?.[output] ?? '';
    if (term === 'github.action_path') return root;
    const name = term.replace(/^inputs\./, '');
    return given[name] ?? (inputs[name] as Action['inputs'][string]).default;
  };
  const evaluate = (text: string) =>
    text.replaceAll(/\$\{\{ (.*?) \}\}/g, (_, terms: string) => terms.split(' || ').map(lookUp).find(Boolean) ?? '');
  let ended = { status: 0 as number | null, printed: '' };
  for (const id of ids) {
    const { run = '', env = {} } = runs.steps.find((step) => step.id === id) ?? {};
    const file = join(folder, `${id}.output`);
    const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        RUNNER_TEMP: folder,
        GITHUB_OUTPUT: file,
        GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
        ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name, evaluate(value)])),
      },
    });
    const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
    outputs[id] = Object.fromEntries(lines.map((line) => line.split('=', 2)));
    ended = { status, printed: stdout + stderr };
  }
  return { folder, outputs, ...ended };
}

test('action.yml matches the schema of actions, and no input is inserted into a script', () => {
  expect(validateAction(source).errors).toEqual([]);
  for (const { run } of runs.steps) expect(run ?? '').not.toMatch(/\$\{\{/);
});

test('the action starts a mock, judges it and leaves reports', { timeout: 60_000 }, () => {
  const given = {
    'mock-options': "--port 0\n--sync-delay '0'\n--deterministic 'two words'\n",
    'suite-options': '--only\n"ID"',
  };
  const { status, printed, outputs, folder } = runSteps(given, ['install', 'mock', 'suite']);
  onTestFinished(() => void process.kill(Number(outputs['mock']?.['pid']), 'SIGKILL'));
  expect(printed).toContain(`passed: ID at ${outputs['mock']?.['url']}`);
  expect(status).toBe(0);
  expect(outputs['suite']).toEqual({ verdict: 'conformant' });
  expect(existsSync(join(folder, 'groups-conformance/junit.xml'))).toBe(true);
  expect(readFileSync(join(folder, 'summary.md'), 'utf8')).toContain('passed');
});

test('the action fails and says so if nothing answers', { timeout: 60_000 }, () => {
  const { status, outputs } = runSteps({ 'base-url': 'http://127.0.0.1:1' }, ['suite']);
  expect(status).toBe(4);
  expect(outputs['suite']).toEqual({ verdict: 'not judged' });
});

test('the action says why no mock started', () => {
  const { status, printed } = runSteps({ 'mock-options': '--quirk colour=red' }, ['mock']);
  expect(printed).toContain('unknown quirk "colour"');
  expect(status).not.toBe(0);
});
