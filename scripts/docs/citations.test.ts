import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rules } from '../../generated/rules.ts';
import { readYamlFile, root } from '../generate/contract.ts';
import { citationsIn, commentsOf, filesIn } from './citations.ts';

const read = (file: string): string => readFileSync(join(root, file), 'utf8');

const kinds = '{md,ts,mjs,js,py,sh,toml,yaml,yml}';
const folders = '{mock,conformance,scripts,docs,spec,examples,generated,.github}';
const isLocal = (path: string): boolean => !/(^|\/)(node_modules|dist)(\/|$)/.test(path);
const filesLike = (pattern: string): readonly string[] =>
  globSync(pattern, { cwd: root, exclude: (path) => !isLocal(path) });

const everything = [...filesLike('**/*'), ...filesLike('.github/**/*')];
/** Excludes the released contract, which must not change, and this file, which cites missing things on purpose. */
const sources = filesLike(`{*.{md,yml},${folders}/**/*.${kinds}}`).filter(
  (file) => !file.startsWith('spec/released/') && file !== 'scripts/docs/citations.test.ts',
);

const areas = [...new Set(Object.keys(rules).map((id) => id.split('-')[0] as string))];

/** The numbers of the headings `# §6 …`, in written and generated pages. */
const sections = new Set(
  filesLike('{docs/contract,generated}/*.md').flatMap((file) =>
    [...read(file).matchAll(/^#+ §(\d+(?:\.\d+)?) /gm)].map(([, number]) => number as string),
  ),
);

const isThere = (path: string): boolean => {
  const wanted = path.replace(/\/$/, '');
  return everything.some((file) => file === wanted || file.endsWith(`/${wanted}`));
};

/** A page of figures may name files that have moved since it was measured. */
const isRecord = (text: string): boolean => text.startsWith('<!-- Written by');

/** Citations in a file that lead nowhere. */
function faultsOf(file: string, text: string): readonly string[] {
  const cited = citationsIn(text, areas);
  return [
    ...cited.sections.filter((number) => !sections.has(number)).map((number) => `there is no §${number}`),
    ...cited.rules.filter((id) => !Object.hasOwn(rules, id)).map((id) => `there is no rule ${id}`),
    ...(isRecord(text) ? [] : filesIn(commentsOf(file, text)))
      .filter((path) => !isThere(path))
      .map((path) => `there is no ${path}`),
  ].map((fault) => `${file}: ${fault}`);
}

test('every section, rule and file that the repository cites exists', () => {
  expect(sources.length).toBeGreaterThan(300);
  expect(sources.flatMap((file) => faultsOf(file, read(file)))).toEqual([]);
});

test('every section from 1 to 10 and every open question has a heading', () => {
  const questions = readYamlFile<readonly { section: string }[]>('spec/quirks.yaml');
  const numbers = Array.from({ length: 10 }, (_, index) => String(index + 1));
  expect([...sections].sort()).toEqual([...numbers, ...questions.map(({ section }) => section)].sort());
});

describe('a citation that leads nowhere is reported', () => {
  test.for([
    ['a section', 'a.ts', `// As §8.99 says.`, `there is no §8.99`],
    ['a section in a test name', 'a.test.ts', `test('is refused (§11)')`, `there is no §11`],
    ['a rule', 'a.md', `Rules: GRP-1 to GRP-98.`, 'there is no rule GRP-98'],
    ['a file', 'a.ts', '/** The table (mock/domain/nothing.ts). */', 'there is no mock/domain/nothing.ts'],
    ['the rest of a path', 'a.ts', 'x(); // see `domain/nothing.ts`.', 'there is no domain/nothing.ts'],
    ['a bare name', 'a.ts', ' * As in sheet.md.', 'there is no sheet.md'],
    ['a folder', 'a.md', 'All of `scripts/nowhere/` is gone.', 'there is no scripts/nowhere/'],
    ['a hidden file', 'a.yaml', '# .github/workflows/nothing.yml', 'there is no .github/workflows/nothing.yml'],
    ['a file in a script', 'a.py', 'call()  # as docs/nothing.md says', 'there is no docs/nothing.md'],
  ])('%s', ([, file, text, fault]) => {
    expect(faultsOf(file as string, text as string)).toEqual([`${file}: ${fault}`]);
  });

  test.for([
    ['what exists', 'a.md', `§6, §8.12, LIFE-3, mock/domain/lifecycle.ts, lifecycle.ts, docs/contract/`],
    ['code', 'a.ts', "import { a } from 'mock/domain/nothing.ts';"],
    ['an address', 'a.ts', '// http://127.0.0.1:4010/docs/nothing.md'],
    ['a placeholder', 'a.md', 'docs/<name>.md, docs/*.md, reports/…/a.ts, $folder/b.ts, spec/{a,b}.yaml'],
    ['a link, which has its own test', 'a.md', '[x](../docs/nothing.md)'],
    ['a file in a page of figures', 'a.md', '<!-- Written by `npm run bench`; do not edit. -->\nmock/nothing.ts'],
    ['a file that the reader creates', 'a.md', 'Write it to world.yaml.'],
    ['another id', 'a.md', `RFC-98, XGRP-98, GRP-98-b`],
  ])('but not %s', ([, file, text]) => {
    expect(faultsOf(file as string, text as string)).toEqual([]);
  });
});
