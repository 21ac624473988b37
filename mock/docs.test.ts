import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { advice } from '../generated/advice.ts';
import { operations } from '../generated/control-operations.ts';
import { quirks } from '../generated/quirks.ts';
import { scenarios } from '../generated/scenarios.ts';
import { createCommand } from './command.ts';
import { faultProfiles } from './domain/faults.ts';
import { magicWords } from './domain/magic.ts';
import { startMock } from './index.ts';

const read = (file: string): string => readFileSync(join(import.meta.dirname, '../docs', file), 'utf8');
const guide = read('mock.md');

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const code = (text: string): string => `\`${text}\``;

const nothing = async () => {};
const command = createCommand({ start: nothing, journal: nothing, advise: nothing });

/** Where this guide says what the help says below the options. */
const seeAlso: Readonly<Record<string, string>> = {
  GROUPS_MOCK_QUIRK: '[Quirks](#quirks)',
  GROUPS_MOCK_FAULTS: '[Faults](#faults)',
  GROUPS_MOCK_SCENARIO: '[Scenarios](scenarios.md)',
};

test.for([
  [
    'option',
    table(
      ['option', 'variable', 'default', ''],
      command.options
        .filter(({ envVar }) => envVar !== undefined)
        .map(({ flags, envVar = '', defaultValue, defaultValueDescription, description }) => [
          code(flags),
          code(envVar),
          String(defaultValueDescription ?? defaultValue ?? ''),
          description.replace('see below', `see ${seeAlso[envVar] ?? '?'}`),
        ]),
    ),
  ],
  [
    'quirk',
    table(
      ['quirk', 'question', 'values, the default first', 'what the suite asserts'],
      Object.entries(quirks).map(([name, { section, question, values, asserts }]) => [
        code(name),
        `${question} (§${section})`,
        values.map(({ value, effect }) => `${code(value)}: ${effect}`).join('<br>'),
        asserts,
      ]),
    ),
  ],
  [
    'magic word',
    table(
      ['word', 'what happens'],
      Object.entries(magicWords).map(([word, text]) => [code(word), text]),
    ),
  ],
  [
    'fault profile',
    table(
      ['profile', 'what happens'],
      Object.entries(faultProfiles).map(([name, { effect }]) => [code(name), effect]),
    ),
  ],
  [
    'control operation',
    table(
      ['request', 'answer'],
      Object.values(operations).map(({ method, path, summary }) => [code(`${method} ${path}`), summary]),
    ),
  ],
])('the guide has every %s as the code has it', ([, expected]) => {
  expect(guide).toContain(expected as string);
});

test('the guide to the scenarios has every one as the mock has it', () => {
  const rows = Object.entries(scenarios).map(([name, { holds, try: attempt, see }]) => [
    code(name),
    holds,
    attempt,
    see,
  ]);
  expect(read('scenarios.md')).toContain(table(['scenario', 'what is there', 'try', 'and see'], rows));
});

test('the guide to the advisor has every finding and option as the mock has them', () => {
  const rows = Object.entries(advice).map(([id, { severity, title, why, fix }]) => [
    code(id),
    severity,
    `${title}.`,
    why,
    fix,
  ]);
  const head = ['finding', 'severity', 'what', 'why it matters', 'how to fix it'];
  expect(read('advisor.md')).toContain(table(head, rows));
  const { options = [] } = command.commands.find((one) => one.name() === 'advise') ?? {};
  expect(read('advisor.md')).toContain(
    table(
      ['option', 'variable', 'default', ''],
      options.map(({ flags, envVar, defaultValue, description }) => [
        code(flags),
        envVar === undefined ? '' : code(envVar),
        String(defaultValue ?? ''),
        description,
      ]),
    ),
  );
});

test.skipIf(spawnSync('curl', ['--version']).status !== 0)('the curl examples of the guides work', async () => {
  const mock = await startMock({ port: 0, progress: { after: 'manual' } });
  onTestFinished(() => mock.close());
  const guides = guide + read('scenarios.md');
  const blocks = [...guides.matchAll(/```sh\n(curl [\s\S]*?)```/g)].map(([, block = '']) => block);
  expect(blocks.length).toBeGreaterThan(4);
  const script = blocks
    .join('\n')
    .replaceAll('http://127.0.0.1:4010', mock.url)
    .replaceAll('curl -s', 'curl -sS --fail-with-body');
  // Beside this process, whose mock has to answer.
  const { execFile } = await import('node:child_process');
  const { promise, resolve } = Promise.withResolvers<{ error: Error | null; output: string }>();
  execFile('sh', ['-e', '-c', script], (error, stdout, stderr) => resolve({ error, output: stdout + stderr }));
  const { error, output } = await promise;
  expect(error, output).toBeNull();
});
