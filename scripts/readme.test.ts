import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './generate/contract.ts';
import { programs } from './generate/programs.ts';

const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const readme = read('README.md');

/** The rows of every table whose first cell is an option, without what is said about it. */
const optionRows = (text: string): string[] =>
  [...text.matchAll(/^\| `(?:-\w, )?(--[\w-]+)[^|]*\| `(\w+)` \| ?([^|]*?) ?\|/gm)].map((row) =>
    row.slice(1).join(' '),
  );

test('the settings in the README are as the programs have them', () => {
  const rows = optionRows(readme);
  expect(rows.length).toBeGreaterThan(10);
  expect(optionRows(read('generated/settings.md'))).toEqual(expect.arrayContaining(rows));
});

test('the README names every command of both programs', () => {
  const commands = programs.flatMap((program) =>
    program.commands.map((command) => `${program.name()} ${command.name()}`),
  );
  expect(commands.filter((command) => !readme.includes(`\`${command}\``))).toEqual([]);
});

test('every script that the documents name exists', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const documents = ['README.md', 'CONTRIBUTING.md'].map(read).join('\n');
  const named = [...documents.matchAll(/npm run ([\w:-]+)/g)].map((match) => match[1] as string);
  expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
});
