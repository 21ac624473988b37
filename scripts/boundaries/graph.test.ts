import { expect, test } from 'vitest';
import { type ImportGraph, roomOf, violationsOf } from './graph.ts';

/** A graph of these imports, `from → to`. */
function graphOf(...imports: readonly string[]): ImportGraph {
  const pairs = imports.map((line) => line.split(' → ') as [string, string]);
  const files = new Set(pairs.flat());
  return new Map([...files].map((file) => [file, pairs.filter(([from]) => from === file).map(([, to]) => to)]));
}

test('imports from the lower rooms, and within a room, are allowed', () => {
  const graph = graphOf(
    'mock/main.ts → mock/program.ts',
    'mock/program.ts → mock/index.ts',
    'mock/index.ts → mock/app.ts',
    'mock/app.ts → mock/api/routes.ts',
    'mock/api/routes.ts → mock/api/groups.ts',
    'mock/api/groups.ts → mock/domain/people.ts',
    'mock/domain/people.ts → generated/api.ts',
    'conformance/rules/members.defects.ts → mock/index.ts',
    'scripts/gate.ts → conformance/contract/comparison.ts',
  );
  expect(violationsOf(graph)).toEqual([]);
});

test.each([
  'mock/app.ts → mock/index.ts',
  'mock/index.ts → mock/program.ts',
  'mock/domain/people.ts → mock/store/members.ts',
  'mock/api/routes.ts → mock/control/routes.ts',
  'mock/program.ts → conformance/cli/command.ts',
  'conformance/contract/diff.ts → conformance/index.ts',
  'conformance/observe/observer.ts → conformance/run/client.ts',
  'conformance/rules/members.ts → mock/index.ts',
  'conformance/rules/members.ts → conformance/self-test/defects.ts',
  'conformance/report/json.ts → scripts/flags.ts',
  'generated/api.ts → mock/domain/people.ts',
])('%s is refused', (line) => {
  const [from, to] = line.split(' → ');
  expect(violationsOf(graphOf(line))).toEqual([expect.stringContaining(`${from} imports ${to}, but `)]);
});

test('a circle is refused once, also among files of one room', () => {
  const graph = graphOf(
    'conformance/run/client.ts → conformance/run/session.ts',
    'conformance/run/session.ts → conformance/run/context.ts',
    'conformance/run/context.ts → conformance/run/client.ts',
    'conformance/run/runner.ts → conformance/run/client.ts',
  );
  expect(violationsOf(graph)).toEqual([
    'a circle of imports: conformance/run/client.ts → conformance/run/session.ts → conformance/run/context.ts → conformance/run/client.ts',
  ]);
});

test('a file that imports itself is a circle', () => {
  expect(violationsOf(graphOf('mock/log.ts → mock/log.ts'))).toEqual([
    'a circle of imports: mock/log.ts → mock/log.ts',
  ]);
});

test('a file in no room is refused', () => {
  expect(violationsOf(graphOf('conformance/new/file.ts → conformance/run/client.ts'))).toEqual([
    'conformance/new/file.ts is in no room; add it to scripts/boundaries/graph.ts',
  ]);
});

test('a file belongs to the innermost room', () => {
  expect(['mock/app.ts', 'mock/log.ts', 'mock/api/groups.ts'].map(roomOf)).toEqual(['mock/app.ts', 'mock', 'mock/api']);
});
