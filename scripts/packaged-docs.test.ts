import { posix } from 'node:path';
import type { Command } from 'commander';
import { beforeAll, expect, test } from 'vitest';
import { targetsOf } from './docs/documents.ts';
import { root } from './generate/contract.ts';
import { namedCommands, programs } from './generate/programs.ts';
import { runProgram } from './release/artefacts.ts';

let files: readonly { readonly path: string; readonly size: number }[];
let packed: ReadonlySet<string>;
beforeAll(() => {
  // Without its scripts, npm lists the files at once instead of building first.
  const printed = runProgram(root, 'npm', 'pack', '--dry-run', '--json', '--ignore-scripts');
  [{ files }] = JSON.parse(printed) as [{ files: typeof files }];
  packed = new Set(files.map(({ path }) => path));
});

/** Whether the package has the file, or a file in the folder. */
const isPacked = (path: string): boolean =>
  packed.has(path) || [...packed].some((file) => file.startsWith(`${path.replace(/\/$/, '')}/`));

/** The targets of a document's links that the package lacks. */
const missingFrom = (document: string): string[] =>
  targetsOf(document)
    .filter((target) => !/^([a-z]+:|#)/i.test(target))
    .map((target) => posix.join(posix.dirname(document), decodeURI(target.replace(/#.*/, ''))))
    .filter((path) => !isPacked(path));

/** Documents about how the kit was made and measured, which also link to its sources. */
const aboutSources = /^(CONTRIBUTING|docs\/(architecture|dependencies|trust|toughness\/README))\.md$/;

test('every link of the README and of the packed guides leads to a packed file', () => {
  const guides = [...packed].filter((path) => path.endsWith('.md') && !aboutSources.test(path));
  expect(guides).toEqual(expect.arrayContaining(['README.md', 'docs/clients.md', 'generated/settings.md']));
  expect(guides.flatMap((guide) => missingFrom(guide).map((path) => `${guide}: ${path}`))).toEqual([]);
});

test('the other packed documents lack nothing but sources', () => {
  const documents = [...packed].filter((path) => aboutSources.test(path));
  const missing = documents.flatMap(missingFrom).filter((path) => !/^(scripts|mock|conformance)\//.test(path));
  expect(missing).toEqual([]);
});

/** What `--help` of a command prints. */
function helpOf(command: Command): string {
  let printed = '';
  command.configureOutput({ writeOut: (text) => (printed += text) }).outputHelp();
  return printed;
}

test('every document that a --help names is in the package', () => {
  const commands = programs.flatMap((program) => [program, ...namedCommands(program).map(({ command }) => command)]);
  const named = commands.flatMap(
    (command) => helpOf(command).match(/\b(docs|spec|generated|examples)\/[\w./-]*\w/g) ?? [],
  );
  expect(named).toContain('docs/scenarios.md');
  expect(named.filter((path) => !isPacked(path))).toEqual([]);
});

test('beside the programs, the package has no cache and no file over 150 kB', () => {
  const others = files.filter(({ path }) => !path.startsWith('dist/'));
  expect(others.filter(({ path, size }) => /__pycache__|_cache\/|\.tgz$/.test(path) || size > 150_000)).toEqual([]);
});
