import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareDocuments } from '../../conformance/contract/comparison.ts';
import { runs } from '../../mock/test-support/runs.ts';
import { readYamlFile } from '../generate/contract.ts';

type Schema = Record<string, unknown>;

test('a document does not differ from itself, and differs from every edited copy', () => {
  const contract = JSON.parse(JSON.stringify(readYamlFile('spec/openapi.yaml'))) as Schema;
  expect(compareDocuments(contract, contract)).toEqual([]);
  const places: (readonly [holder: readonly string[], key: string])[] = [];
  const walk = (node: unknown, path: readonly string[]): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, inner] of Object.entries(node)) {
      places.push([path, key]);
      walk(inner, [...path, key]);
    }
  };
  walk(contract, []);
  fc.assert(
    fc.property(
      fc.constantFrom(...places),
      fc.constantFrom<unknown>(undefined, 'edited', 4711, null, { $ref: '#/%zz' }),
      ([path, key], value) => {
        if (path.join() === 'info' && key === 'version') return;
        const copy = structuredClone(contract);
        const holder = path.reduce<Schema>((node, step) => node[step] as Schema, copy);
        if (holder[key] === value) return;
        if (Array.isArray(holder) && value === undefined) holder.splice(Number(key), 1);
        else if (value === undefined) delete holder[key];
        else holder[key] = value;
        expect(compareDocuments(contract, copy)).not.toEqual([]);
      },
    ),
    { numRuns: runs(15, 50) },
  );
});
