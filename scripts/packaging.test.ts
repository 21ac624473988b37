import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './generate/contract.ts';

const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
const [, final = ''] = dockerfile.split(/^FROM .* AS build$/m)[1]?.split(/^FROM /m) ?? [];

test('the image runs the mock directly, so that signals reach it, and not as root', () => {
  expect(final).toContain('ENTRYPOINT ["node", "dist/mock/main.js"]');
  expect(final).toMatch(/^USER 1000$/m);
  expect(final).not.toMatch(/^RUN /m);
});

test('the image is built from an allow list', () => {
  const [first] = readFileSync(join(root, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => !/^(#|$)/.test(line));
  expect(first).toBe('*');
});
