import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../generate/contract.ts';
import { isGiven, stagesOf } from './image.ts';

const dockerignore = readFileSync(join(root, '.dockerignore'), 'utf8');

test.each([
  'package.json',
  'package-lock.json',
  'scripts/dev-runtime/package.json',
  'mock/main.ts',
  'conformance/suite.ts',
])('the image is built from %s, too', (path) => {
  expect(isGiven(dockerignore, path)).toBe(true);
});

test.each(['.git/config', 'node_modules/hono/package.json', 'mock/node_modules/a.js', 'mock/main.test.ts', '.env'])(
  'the image is built without %s',
  (path) => {
    expect(isGiven(dockerignore, path)).toBe(false);
  },
);

test('the last stage runs the mock directly, so that signals reach it, as a user who is not root', () => {
  const final = stagesOf(readFileSync(join(root, 'Dockerfile'), 'utf8')).at(-1);
  expect(final).toContainEqual({ name: 'ENTRYPOINT', value: '["node", "dist/mock/main.js"]' });
  expect(final).toContainEqual({ name: 'USER', value: '1000' });
  expect(final?.map(({ name }) => name)).not.toContain('RUN');
});
