import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { violationsOf } from './boundaries/graph.ts';
import { root } from './generate/contract.ts';

/** Paths of modules as a text imports them, also only for types. */
const imported = /(?:from|import)\s*\(?\s*'(\.[^']+)'/g;

/** Tests and their helpers may import whatever they test. */
const isTest = (file: string): boolean => /\.test\.tsx?$|(^|\/)(testing\.ts$|test-support\/)/.test(file);

const graph = new Map(
  globSync('{generated,mock,conformance,scripts}/**/*.{ts,tsx}', { cwd: root, exclude: ['**/node_modules'] })
    .filter((file) => !isTest(file))
    .map((file) => {
      const text = readFileSync(join(root, file), 'utf8');
      const targets = [...text.matchAll(imported)].map(([, path = '']) =>
        relative(root, join(root, dirname(file), path)),
      );
      return [file, [...new Set(targets)]] as const;
    }),
);

const violations = violationsOf(graph);
if (violations.length > 0) {
  console.error(violations.join('\n'));
  process.exitCode = 1;
} else console.log(`${graph.size} files import only in the allowed directions, and in no circle.`);
