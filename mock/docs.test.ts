import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { advice } from '../generated/advice.ts';
import control from '../generated/control-openapi.json' with { type: 'json' };
import { operations } from '../generated/control-operations.ts';
import { operations as contractOperations } from '../generated/operations.ts';
import { quirks } from '../generated/quirks.ts';
import { scenarios } from '../generated/scenarios.ts';
import { faultProfiles } from './domain/faults.ts';
import { magicWords } from './domain/magic.ts';

const read = (file: string): string => readFileSync(join(import.meta.dirname, '../docs', file), 'utf8');
const guide = read('mock.md');

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const code = (text: string): string => `\`${text}\``;

test.for([
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
    'field of a fault',
    table(
      ['field', 'meaning'],
      Object.entries(control.components.schemas.FaultRequest.properties).map(([name, { description }]) => [
        code(name),
        description,
      ]),
    ),
  ],
  [
    'operation id',
    table(
      ['operation', 'request'],
      Object.entries(contractOperations).map(([id, { method, path }]) => [code(id), code(`${method} ${path}`)]),
    ),
  ],
  [
    'control operation',
    table(
      ['request', 'what it does'],
      Object.values(operations).map(({ method, path, summary }) => [code(`${method} ${path}`), summary]),
    ),
  ],
])('docs/mock.md lists every %s as in the code', ([, expected]) => {
  expect(guide).toContain(expected as string);
});

test('docs/scenarios.md lists every scenario as in the code', () => {
  const rows = Object.entries(scenarios).map(([name, { holds, try: attempt, see }]) => [
    code(name),
    holds,
    attempt,
    see,
  ]);
  expect(read('scenarios.md')).toContain(table(['scenario', 'what is there', 'try', 'and see'], rows));
});

test('docs/advisor.md lists every finding as in the code', () => {
  const rows = Object.entries(advice).map(([id, { severity, title, why, fix }]) => [
    code(id),
    severity,
    `${title}.`,
    why,
    fix,
  ]);
  const head = ['finding', 'severity', 'what', 'why it matters', 'how to fix it'];
  expect(read('advisor.md')).toContain(table(head, rows));
});
