import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root } from './generate/contract.ts';

/**
 * The rooms that each room may import (CONTRIBUTING, "Rooms"). A file belongs to the room with the longest matching prefix;
 * tests may import whatever they test.
 */
const allowed: Readonly<Record<string, readonly string[]>> = {
  generated: [],
  'mock/domain': ['generated'],
  'mock/store': ['mock/domain', 'generated'],
  'mock/jobs': ['mock/store', 'mock/domain', 'generated'],
  'mock/worlds': ['mock/jobs', 'mock/store', 'mock/domain', 'generated'],
  'mock/http': ['mock/domain', 'generated'],
  'mock/advisor': ['generated'],
  'mock/api': ['mock/http', 'mock/worlds', 'mock/jobs', 'mock/store', 'mock/domain', 'generated'],
  'mock/control': ['mock/advisor', 'mock/http', 'mock/worlds', 'mock/jobs', 'mock/store', 'mock/domain', 'generated'],
  'mock/console': ['mock/control', 'mock/http', 'mock/worlds', 'mock/jobs', 'mock/store', 'mock/domain', 'generated'],
  mock: ['mock', 'generated'],
  'conformance/self-test': ['conformance', 'mock', 'generated'],
  ...suiteRooms(),
  scripts: ['scripts', 'conformance', 'mock', 'generated'],
};

/** The rooms of the suite, in this order: each may import those before it. Files of the suite's own folder are rooms, too. */
function suiteRooms(): Record<string, readonly string[]> {
  const order = [
    'usage-error.ts',
    'contract',
    'observe',
    'run',
    'rules',
    'verdict',
    'report',
    'certificate',
    'run-conformance.ts',
    'index.ts',
    'vitest.ts',
    'cli',
    'main.ts',
  ].map((room) => `conformance/${room}`);
  return Object.fromEntries(order.map((room, index) => [room, ['generated', ...order.slice(0, index)]]));
}

const rooms = Object.keys(allowed).sort((a, b) => b.length - a.length);
function roomOf(file: string): string | undefined {
  // Defects lie beside the checks that they are for, and start the mock as the self-test does.
  if (file.endsWith('.defects.ts')) return 'conformance/self-test';
  return rooms.find((room) => file === room || file.startsWith(`${room}/`));
}

/** `mock` may import every room within it, `conformance` every one except its self-test, which is not shipped. */
function mayImport(from: string, to: string): boolean {
  if (from === to) return true;
  if (to === 'conformance/self-test') return from === 'scripts';
  return (allowed[from] ?? []).some(
    (room) => to === room || (to.startsWith(`${room}/`) && (from === room || !from.startsWith('mock'))),
  );
}

/** Import targets of a module, as written. */
function importsOf(text: string): string[] {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) => match[1] as string);
}

const faults: string[] = [];
const files = globSync('{generated,mock,conformance,scripts}/**/*.{ts,tsx}', { cwd: root }).filter(
  (file) => !/\.test\.tsx?$|(^|\/)(testing\.ts$|test-support\/)/.test(file),
);
const graph = new Map<string, string[]>();
let imports = 0;
for (const file of files) {
  const from = roomOf(file);
  for (const specifier of importsOf(readFileSync(join(root, file), 'utf8'))) {
    const target = relative(root, join(root, dirname(file), specifier));
    graph.set(file, [...(graph.get(file) ?? []), target]);
    const to = roomOf(target);
    if (from === undefined || to === undefined) continue;
    imports += 1;
    if (!mayImport(from, to))
      faults.push(
        `${file} imports ${target}: ${from} may import only ${(allowed[from] ?? []).join(', ') || 'nothing'}`,
      );
  }
}
/** The first circle of imports of the suite that leads through a file, types included. */
function circleThrough(file: string): string[] | undefined {
  const seen = new Set<string>();
  const walk = (at: string, path: readonly string[]): string[] | undefined => {
    for (const next of graph.get(at) ?? []) {
      if (next === file) return [...path, next];
      if (seen.has(next)) continue;
      seen.add(next);
      const found = walk(next, [...path, next]);
      if (found) return found;
    }
    return undefined;
  };
  return walk(file, [file]);
}
const circles = new Set<string>();
for (const file of files.filter((one) => one.startsWith('conformance/'))) {
  const circle = circleThrough(file);
  const key = circle && [...new Set(circle)].sort().join();
  if (circle && key !== undefined && !circles.has(key)) faults.push(`a circle of imports: ${circle.join(' → ')}`);
  if (key !== undefined) circles.add(key);
}

if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exitCode = 1;
} else console.log(`${imports} imports between rooms in ${files.length} files, all in the allowed direction.`);
