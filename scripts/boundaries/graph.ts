/** The files that each file imports, types included; paths from the root of the repository. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

const domain = ['mock/domain', 'generated'];
const world = ['mock/worlds', 'mock/jobs', 'mock/store', ...domain];
const app = [
  'mock/server.ts',
  'mock/control',
  'mock/api',
  'mock/metrics',
  'mock/tenants',
  'mock/console',
  'mock/advisor',
  'mock/http',
  ...world,
];

/** The rooms of the suite; each may import those before it. */
const suite = [
  'usage-error.ts',
  'rule-parts.ts',
  'show-value.ts',
  'contract',
  'observe',
  'run',
  'rules',
  'verdict',
  'report',
  'compare',
  'certificate',
  'run-conformance.ts',
  'proxy',
  'index.ts',
  'vitest.ts',
  'cli',
  'main.ts',
].map((room) => `conformance/${room}`);

/** By room, a folder or a file: the rooms that it may import (docs/architecture.md). */
const allowed: Readonly<Record<string, readonly string[]>> = {
  generated: [],
  'mock/domain': ['generated'],
  'mock/store': domain,
  'mock/jobs': ['mock/store', ...domain],
  'mock/worlds': ['mock/jobs', 'mock/store', ...domain],
  'mock/tenants': world,
  'mock/http': domain,
  'mock/advisor': domain,
  'mock/api': ['mock/http', ...world],
  'mock/metrics': ['mock/api', 'generated'],
  'mock/control': ['mock/advisor', 'mock/metrics', 'mock/tenants', 'mock/http', ...world],
  'mock/console': ['mock/control', 'mock/http', ...world],
  'mock/hosted': ['mock/control', 'mock/metrics', 'mock/tenants', 'mock/http', ...world],
  'mock/server.ts': ['mock/http', ...world],
  'mock/app.ts': app,
  'mock/mock-options.ts': app,
  'mock/expect-node.ts': ['generated'],
  'mock/index.ts': ['mock/app.ts', 'mock/mock-options.ts', 'mock/expect-node.ts', 'mock/hosted', ...app],
  // The command line: every other file that lies directly in mock/.
  mock: ['mock/index.ts', ...app],
  'mock/main.ts': ['mock', 'generated'],
  'conformance/self-test': [...suite, 'mock', 'mock/index.ts', 'mock/app.ts', ...app],
  ...Object.fromEntries(suite.map((room, index) => [room, ['generated', ...suite.slice(0, index)]])),
  scripts: [...suite, 'conformance/self-test', 'mock', 'mock/index.ts', 'mock/app.ts', 'mock/hosted', ...app],
};

/** The room with the longest path that holds a file. */
export function roomOf(file: string): string | undefined {
  // Defects lie beside the checks that they are for, and patch the mock as the self-test does.
  if (file.endsWith('.defects.ts')) return 'conformance/self-test';
  return Object.keys(allowed)
    .filter((room) => file === room || file.startsWith(`${room}/`))
    .sort((a, b) => b.length - a.length)[0];
}

/** One line for each import in a direction that is not allowed, for each file without a room, and for each circle. */
export const violationsOf = (graph: ImportGraph): string[] => [...wrongDirections(graph), ...circles(graph)];

const wrongDirections = (graph: ImportGraph): string[] =>
  [...graph].flatMap(([file, targets]) => {
    const from = roomOf(file);
    if (from === undefined) return [`${file} is in no room; add it to scripts/boundaries/graph.ts`];
    const rooms = [from, ...(allowed[from] ?? [])];
    return targets
      .filter((target) => graph.has(target) && !rooms.includes(roomOf(target) ?? ''))
      .map(
        (target) => `${file} imports ${target}, but ${from} may import only ${rooms.slice(1).join(', ') || 'nothing'}`,
      );
  });

/** One circle for each import that closes one. */
function circles(graph: ImportGraph): string[] {
  const finished = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file))
      found.push(`a circle of imports: ${[...path.slice(path.indexOf(file)), file].join(' → ')}`);
    else if (!finished.has(file)) {
      for (const target of graph.get(file) ?? []) visit(target, [...path, file]);
      finished.add(file);
    }
  };
  for (const file of graph.keys()) visit(file, []);
  return found;
}
