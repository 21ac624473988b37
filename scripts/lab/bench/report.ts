import { cpus, release, totalmem, type } from 'node:os';
import packageJson from '../../../package.json' with { type: 'json' };
import type { Growth } from './growth.ts';
import { outcomes, type Reconciliation } from './reconcile.ts';
import type { Stall } from './stall.ts';
import type { Start, WorldCost } from './start.ts';
import { judgements } from './targets.ts';
import type { Comparison } from './throughput.ts';

/** Everything that a run measured; a part that was not asked for is missing. */
export interface Report {
  readonly at: string;
  /** When a part was measured again since, by itself. */
  readonly anew?: Readonly<Record<string, string>>;
  readonly machine: Readonly<Record<string, string>>;
  throughput?: Comparison[];
  growth?: Growth[];
  start?: Start;
  /** Resident memory of a mock with 100,000 groups and 200,000 members, in bytes. */
  filled?: number;
  world?: WorldCost;
  stalls?: Stall[];
  reconciled?: Reconciliation;
  /** In seconds. */
  suite?: number;
}

export function machine(): Report['machine'] {
  const [processor] = cpus();
  return {
    processor: `${processor?.model}, ${cpus().length} cores`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${type()} ${release()}`,
    node: process.versions.node,
    kit: packageJson.version,
    hono: packageJson.dependencies.hono,
    prism: packageJson.devDependencies['@stoplight/prism-cli'],
  };
}

/** The report of a full run in which some parts were measured anew. */
export function renewed(before: Report, report: Report, parts: Iterable<string>): Report {
  const throughput = before.throughput?.map(
    (one) => report.throughput?.find(({ workload }) => workload === one.workload) ?? one,
  );
  const anew = Object.fromEntries([...parts].map((part) => [part, report.at]));
  return { ...before, ...report, at: before.at, ...(throughput && { throughput }), anew: { ...before.anew, ...anew } };
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

const number = (value: number, digits = 0): string =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const mebibytes = (bytes: number): string => `${number(bytes / 2 ** 20, 1)} MiB`;

function throughputTables(comparisons: readonly Comparison[]): string {
  const names = comparisons[0]?.standings.map(({ name }) => name) ?? [];
  const cells = (of: (standing: Comparison['standings'][number]) => string) =>
    comparisons.map(({ title, standings }) => [title, ...standings.map(of)]);
  return [
    '## Throughput',
    'Ratios to bare Hono: the median of the slices, in brackets the least and the most.',
    table(
      ['', ...names, 'control'],
      comparisons.map(({ title, standings, control }) => [
        title,
        ...standings.map(({ name, ratio, least, most }) =>
          name === 'bare Hono' ? '1' : `${ratio.toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)})`,
        ),
        control.toFixed(2),
      ]),
    ),
    'Answers per second:',
    table(
      ['', ...names],
      cells(({ rate }) => number(rate, rate < 100 ? 1 : 0)),
    ),
    'Processor time per request, in microseconds:',
    table(
      ['', ...names],
      cells(({ cpu }) => number(cpu)),
    ),
  ].join('\n\n');
}

function growthTable(growths: readonly Growth[]): string {
  const sizes = growths[0]?.ratios.map(({ groups }) => `${number(groups)} groups`) ?? [];
  return [
    '## Growth',
    'Throughput of a mock with so many groups and twice as many members, over that of one with 100 groups.',
    table(
      ['', ...sizes, 'control'],
      growths.map(({ workload, ratios, control }) => [
        workload,
        ...ratios.map(({ ratio }) => ratio.toFixed(2)),
        control.toFixed(2),
      ]),
    ),
  ].join('\n\n');
}

function reconciledTable({ few, many, growth }: Reconciliation): string {
  return [
    '## Reconciliation',
    'In the process, from the stored roster to the committed results; medians of small and large syncs in turn.',
    table(
      ['rows', ...outcomes.map((outcome) => `all ${outcome}`)],
      [
        ...[few, many].map((one) => [
          number(one.rows),
          ...outcomes.map((outcome) => {
            const ms = one[outcome];
            return `${number(ms, 1)} ms (${number((ms * 1000) / one.rows, 1)} µs a row)`;
          }),
        ]),
        ['a row of many over one of few', ...outcomes.map((outcome) => growth[outcome].toFixed(2))],
      ],
    ),
  ].join('\n\n');
}

function stallTable(stalls: readonly Stall[]): string {
  return [
    '## Stalls',
    'The longest that the event loop stood still while 5,000 rows were validated, stored and applied under load.',
    table(
      ['sync', 'longest stall'],
      stalls.map(({ sync, ms }) => [sync, `${number(ms, 1)} ms`]),
    ),
  ].join('\n\n');
}

function otherTable({ start, filled, world, suite }: Report): string {
  const rows: string[][] = [];
  if (start)
    rows.push(
      ['cold start', `${number(start.mock)} ms, bare Hono ${number(start.bare)} ms, ratio ${start.ratio.toFixed(2)}`],
      ['memory at rest', `${mebibytes(start.memory)}, bare Hono ${mebibytes(start.bareMemory)}`],
    );
  if (filled !== undefined) rows.push(['memory with 100,000 groups and 200,000 members', mebibytes(filled)]);
  if (world) rows.push(['one more world', `${number(world.ms, 1)} ms, ${mebibytes(world.memory)}`]);
  if (suite !== undefined)
    rows.push(['the conformance suite: standard profile, two keys, mock without delay', `${number(suite, 1)} s`]);
  return rows.length === 0 ? '' : `## Start, memory, suite\n\n${table(['', ''], rows)}`;
}

/** `2026-11-25T10:00:00Z` as `2026-11-25 10:00`, in UTC. */
const minute = (at: string): string => at.slice(0, 16).replace('T', ' ');

/** The report as a page: what was to be reached first, then every figure. */
export function page(report: Report): string {
  const { at, anew = {}, throughput, growth, reconciled, stalls } = report;
  const judged = judgements(report).map(({ what, target, found, reached }) => [
    what,
    target,
    found,
    reached ? 'yes' : '**no**',
  ]);
  return [
    '<!-- Written by `npm run bench`; do not edit. -->',
    '# Figures',
    `Measured ${minute(at)}; how is said in [README.md](README.md).`,
    ...Object.entries(anew).map(([part, when]) => `Measured anew by itself, ${minute(when)}: ${part}.`),
    table(['machine', ''], Object.entries(report.machine)),
    ...(judged.length > 0 ? ['## Targets', table(['what', 'target', 'found', 'reached'], judged)] : []),
    ...(throughput ? [throughputTables(throughput), '![Throughput relative to bare Hono](throughput.svg)'] : []),
    ...(growth ? [growthTable(growth)] : []),
    ...(stalls ? [stallTable(stalls)] : []),
    ...(reconciled ? [reconciledTable(reconciled)] : []),
    otherTable(report),
  ]
    .filter(Boolean)
    .join('\n\n')
    .concat('\n');
}
