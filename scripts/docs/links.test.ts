import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../generate/contract.ts';
import { documents, fragmentsOf, targetsOf } from './documents.ts';

/** What is wrong with a target of a document; undefined if it exists. Other sites are not checked. */
function fault(document: string, target: string): string | undefined {
  if (/^[a-z]+:/i.test(target)) return undefined;
  const [path = '', fragment] = target.split('#');
  const file = path === '' ? document : join(document, '..', decodeURI(path));
  if (file.startsWith('..') || !existsSync(join(root, file))) return `${target}: there is no ${file}`;
  if (fragment === undefined || !file.endsWith('.md') || fragmentsOf(file).has(fragment)) return undefined;
  return `${target}: ${file} has no such heading, but ${[...fragmentsOf(file)].join(', ')}`;
}

test.for(documents)('every link of %s leads somewhere', (document) => {
  expect(targetsOf(document).flatMap((target) => fault(document, target) ?? [])).toEqual([]);
});

test('a missing file or heading is reported', () => {
  expect(fault('docs/mock.md', 'nowhere.md')).toBe('nowhere.md: there is no docs/nowhere.md');
  expect(fault('README.md', 'docs/mock.md#nothing')).toContain('docs/mock.md has no such heading');
  expect(fault('README.md', 'docs/mock.md#quirks')).toBeUndefined();
});
