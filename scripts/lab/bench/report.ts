import { cpus, release, totalmem, type } from 'node:os';
import packageJson from '../../../package.json' with { type: 'json' };
import labPackageJson from '../package.json' with { type: 'json' };
import type { Report } from './figures.ts';
import type { ThroughputGrowth } from './growth.ts';
import { type ReconcileFigures, rowKinds } from './reconcile.ts';
import type { Stall } from './stall.ts';
import { targetResults } from './targets.ts';
import type { WorkloadComparison } from './throughput.ts';
import { workloads } from './workloads.ts';

export function machine(): Report['machine'] {
  const [processor] = cpus();
  return {
    processor: `${processor?.model}, ${cpus().length} cores`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${type()} ${release()}`,
    node: process.versions.node,
    kit: packageJson.version,
    hono: packageJson.dependencies.hono,
    prism: labPackageJson.dependencies['@stoplight/prism-cli'],
  };
}

/** Replaces the parts of earlier figures that were measured again. Workloads keep the order of `workloads`. */
export function renewed(before: Report, report: Report, parts: Iterable<string>): Report {
  const measured = [...(report.throughput ?? []), ...(before.throughput ?? [])];
  const throughput = workloads.flatMap(({ name }) => measured.find(({ workload }) => workload === name) ?? []);
  const remeasured = Object.fromEntries([...parts].map((part) => [part, report.at]));
  return {
    ...before,
    ...report,
    at: before.at,
    ...(measured.length > 0 && { throughput }),
    remeasured: { ...before.remeasured, ...remeasured },
  };
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

const number = (value: number, digits = 0): string =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const mebibytes = (bytes: number): string => `${number(bytes / 2 ** 20, 1)} MiB`;

function throughputTables(comparisons: readonly WorkloadComparison[]): string {
  const names = comparisons[0]?.standings.map(({ name }) => name) ?? [];
  const cells = (of: (standing: WorkloadComparison['standings'][number]) => string) =>
    comparisons.map(({ title, standings }) => [title, ...standings.map(of)]);
  return [
    '## Throughput',
    'Answers per processor time relative to bare Hono: the median of the slices, with minimum and maximum in brackets.',
    table(
      ['', ...names, 'validating Hono', 'control'],
      comparisons.map(({ title, standings, ceiling, control }) => [
        title,
        ...standings.map(({ name, ratio, min, max }) =>
          name === 'bare Hono' ? '1' : `${ratio.toFixed(2)} (${min.toFixed(2)}–${max.toFixed(2)})`,
        ),
        ceiling?.toFixed(2) ?? '',
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

function growthTable(growths: readonly ThroughputGrowth[]): string {
  const sizes = growths[0]?.ratios.map(({ groups }) => `${number(groups)} groups`) ?? [];
  return [
    '## Growth',
    'Throughput of a mock with this number of groups and twice as many members, relative to one with 100 groups.',
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

function reconciledTable({ few, many, growth }: ReconcileFigures): string {
  return [
    '## Reconciliation',
    'Measured in one process, from the stored roster to the committed results; medians of alternating small and large syncs.',
    table(
      ['rows', ...rowKinds.map((outcome) => `all ${outcome}`)],
      [
        ...[few, many].map((one) => [
          number(one.rows),
          ...rowKinds.map((outcome) => {
            const ms = one[outcome];
            return `${number(ms, 1)} ms (${number((ms * 1000) / one.rows, 1)} µs a row)`;
          }),
        ]),
        ['time per row, large over small', ...rowKinds.map((outcome) => growth[outcome].toFixed(2))],
      ],
    ),
  ].join('\n\n');
}

function stallTable(stalls: readonly Stall[]): string {
  return [
    '## Stalls',
    'The longest time the event loop was blocked while 5,000 rows were validated, stored and applied under load.',
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

/** The report as a page: the targets first, then every figure. */
export function benchPage(report: Report): string {
  const { at, remeasured = {}, throughput, growth, reconciled, stalls } = report;
  const judged = targetResults(report).map(({ what, target, found, reached }) => [
    what,
    target,
    found,
    reached ? 'yes' : '**no**',
  ]);
  return [
    '<!-- Written by `npm run bench`; do not edit. -->',
    '# Figures',
    `Measured ${minute(at)}; [README.md](README.md) explains how.`,
    ...Object.entries(remeasured).map(([part, when]) => `Measured separately, ${minute(when)}: ${part}.`),
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
