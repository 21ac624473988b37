import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { compareContracts } from '../../conformance/contract/comparison.ts';
import { readContract } from '../../conformance/contract/files.ts';
import { contractsOf, fixtureFiles, readFixtures } from './fixtures.ts';

/** The documents of the fixtures, written in different notations. */

const folder = mkdtempSync(join(tmpdir(), 'notation-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Makes equal parts the same object, so that YAML writes them once, with an anchor. */
function shared(value: unknown, seen = new Map<string, unknown>()): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const text = JSON.stringify(value);
  const known = seen.get(text);
  if (known !== undefined) return known;
  const parts = Object.entries(value).map(([key, part]) => [key, shared(part, seen)] as const);
  const copy = Array.isArray(value) ? parts.map(([, part]) => part) : Object.fromEntries(parts);
  seen.set(text, copy);
  return copy;
}

/** YAML in flow style in which every map is merged from one map per field (`<<`). */
function merged(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(merged).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, part]) => `{ ${JSON.stringify(key)}: ${merged(part)} }`);
  return fields.length < 2 ? (fields[0] ?? '{}') : `{ <<: [${fields.join(', ')}] }`;
}

const notations: Readonly<Record<string, (document: unknown) => string>> = {
  JSON: (document) => JSON.stringify(document),
  'JSON with tabs': (document) => JSON.stringify(document, null, '\t'),
  YAML: (document) => stringify(document, { aliasDuplicateObjects: false }),
  'YAML with anchors': (document) => stringify(shared(document)),
  'YAML with merge keys': merged,
  'YAML 1.1': (document) => `%YAML 1.1\n---\n${stringify(document, { version: '1.1' })}`,
  'YAML with a byte order mark and the line ends of Windows': (document) =>
    `\uFEFF${stringify(document).replaceAll('\n', '\r\n')}`,
};

// Many fixtures share a document, so keep each one only once.
const written = fixtureFiles
  .flatMap(readFixtures)
  .filter(({ in: part }) => part !== 'rules' && part !== 'quirks')
  .flatMap((fixture) => contractsOf(fixture).map(({ openapi }) => JSON.stringify(openapi)));
const documents = [...new Set(written)].map((text) => JSON.parse(text) as Record<string, unknown>);

/** Moves the component schemas to another file. */
function split(document: Record<string, unknown>): unknown {
  const { components = {} } = document as { components?: Record<string, unknown> };
  writeFileSync(
    join(folder, 'schemas.yaml'),
    stringify(components['schemas'] ?? {}).replaceAll(/#\/components\/schemas\//g, '#/'),
  );
  const { schemas: _, ...rest } = components;
  const text = JSON.stringify({ ...document, components: rest });
  return JSON.parse(text.replaceAll('#/components/schemas/', 'schemas.yaml#/'));
}

function read(text: string): unknown {
  const file = join(folder, 'openapi.yaml');
  writeFileSync(file, text);
  return readContract(file).openapi;
}

// Reading is most of the time, so each document is written in one notation, and the next one in another.
test.each(Object.keys(notations))('a document does not differ from the same document in %s', (name) => {
  const names = Object.keys(notations);
  const some = documents.filter((_, index) => names[index % names.length] === name);
  expect(some.length).toBeGreaterThan(10);
  for (const openapi of some)
    expect(compareContracts({ openapi }, { openapi: read(notations[name]?.(openapi) ?? '') }).changes).toEqual([]);
});

test('moving schemas to another file, or writing them out, is not a change', () => {
  for (const openapi of documents) {
    const { changes } = compareContracts({ openapi }, { openapi: read(JSON.stringify(split(openapi))) });
    expect(changes.filter(({ verdict }) => verdict !== 'editorial')).toEqual([]);
  }
});
