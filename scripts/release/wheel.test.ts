import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { root } from '../generate/contract.ts';
import { wheelOf } from './wheel.ts';

/** What a build writes, in short. */
function build(modified: string): string {
  const dist = mkdtempSync(join(tmpdir(), 'wheel-'));
  onTestFinished(() => rmSync(dist, { recursive: true }));
  mkdirSync(join(dist, 'mock'));
  for (const [file, content] of [
    ['package.json', '{}'],
    ['mock/main.js', 'await 1;\n'],
  ] as const) {
    writeFileSync(join(dist, file), content);
    utimesSync(join(dist, file), new Date(modified), new Date(modified));
  }
  return dist;
}

test('two wheels of equal files are equal to the byte, whenever the files were written', () => {
  const { ajv } = packageJson.dependencies;
  const bom = Buffer.from(JSON.stringify({ components: [{ name: 'ajv', version: ajv }] }));
  const [one, two] = ['2026-01-01', '2031-12-31'].map((modified) => wheelOf(root, build(modified), bom));
  expect(one?.name).toBe(`vitable_groups_kit-${packageJson.version}-py3-none-any.whl`);
  expect(one?.content.includes('vitable_groups_kit/programs/dist/mock/main.js')).toBe(true);
  expect(one?.content.includes('vitable_groups_kit/programs/node_modules/ajv/package.json')).toBe(true);
  expect(two?.content.equals(one?.content ?? Buffer.of())).toBe(true);
});
