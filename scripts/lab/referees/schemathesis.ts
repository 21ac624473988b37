import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { routeOf } from '../../../conformance/observe/exchange.ts';
import { type OperationId, operations } from '../../../generated/operations.ts';
import { root } from '../../generate/contract.ts';
import { schemaDefects, spoilt } from './defects.ts';
import { type Figures, printFigures, writeFigures } from './figures.ts';
import { refereePython, runPython, runReferee } from './python.ts';
import { relay, withMock } from './serving.ts';

const usage = `npm run lab -- schemathesis                           at least 20,000 generated requests against the mock
npm run lab -- schemathesis --short                a few hundred; writes nothing
npm run lab -- schemathesis --seed 7               other requests (default: 1)
npm run lab -- schemathesis --short --optional     passes if there is no Python`;

interface Round {
  readonly phases: string;
  readonly examples: number;
}

/** Generated sequences sometimes end early, so they have separate rounds. */
const fullRounds: readonly Round[] = [
  { phases: 'examples,coverage,fuzzing,stateful', examples: 3000 },
  ...Array.from({ length: 4 }, () => ({ phases: 'stateful', examples: 1000 })),
];
const shortRounds: readonly Round[] = [{ phases: 'examples,coverage,fuzzing,stateful', examples: 5 }];
const defectRound: Round = { phases: 'coverage,stateful', examples: 20 };
const minRequests = 20_000;
const withinMs = 20 * 60_000;

/** The fields of Schemathesis' report that are read here. */
interface Report {
  readonly complete: boolean;
  readonly filtered: number;
  readonly test_cases: { readonly generated: number };
  readonly failures: readonly unknown[];
}

/** Counts the mock's answers by operation and status, in the relay in front of it. */
class Tally {
  readonly #counts = new Map<string, number>();
  requests = 0;

  add(method: string, path: string, status: number): void {
    const name = `${routeOf(method, path)[0] ?? 'outside the contract'} ${status}`;
    this.requests += 1;
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  count(wanted: (operation: string, status: string) => boolean): number {
    return [...this.#counts]
      .filter(([name]) => wanted(name.slice(0, -4), name.slice(-3)))
      .reduce((sum, [, count]) => sum + count, 0);
  }
}

const isDocumented = (id: string, status: string): boolean =>
  id in operations ? status in operations[id as OperationId].responses : status.startsWith('4');

/** Runs of Schemathesis that share a scratch folder. */
class Runner {
  readonly #python: string;
  readonly #folder: string;
  readonly #loud: boolean;
  #runs = 0;

  constructor(python: string, folder: string, loud: boolean) {
    this.#python = python;
    this.#folder = folder;
    this.#loud = loud;
  }

  /** Runs Schemathesis on a target; returns its output, exit code and report, if any. */
  async run(url: string, { phases, examples }: Round, seed: number, loud = this.#loud) {
    this.#runs += 1;
    const file = join(this.#folder, `${this.#runs}.json`);
    const finished = await runPython(
      this.#python,
      [
        ...['-m', 'schemathesis.cli', '--config-file', 'schemathesis.toml', '--no-color', 'run'],
        ...[join(root, 'generated/openapi.json'), '--url', url, '--checks', 'all', '--phases', phases],
        ...['--max-examples', String(examples), '--seed', String(seed), '--report', 'json', '--report-json-path', file],
      ],
      { loud, withinMs, env: { PYTHONPATH: import.meta.dirname, HYPOTHESIS_STORAGE_DIRECTORY: this.#folder } },
    );
    const report = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : undefined;
    return { ...finished, report };
  }
}

/** Runs Schemathesis on a fresh mock. Throws NoPython if it cannot run. */
export async function refereeBySchemathesis(options: {
  readonly short: boolean;
  readonly seed: number;
  readonly loud: boolean;
}): Promise<{ readonly figures: Figures; readonly faults: readonly string[] }> {
  const { short, seed, loud } = options;
  const python = await refereePython();
  const folder = mkdtempSync(join(tmpdir(), 'groups-schemathesis-'));
  const runner = new Runner(python, folder, loud);
  try {
    const judged = await judgeMock(runner, short, seed, loud);
    const tried = short ? { figures: {}, faults: [] } : await judgeDefects(runner, seed);
    return { figures: { ...judged.figures, ...tried.figures }, faults: [...judged.faults, ...tried.faults] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function judgeMock(runner: Runner, short: boolean, seed: number, loud: boolean) {
  const tally = new Tally();
  const faults: string[] = [];
  let generated = 0;
  let explained = 0;
  let sequences = 0;
  for (const [index, round] of (short ? shortRounds : fullRounds).entries())
    await withMock(async (mock) => {
      const target = await relay(mock.url, (method, path, status) => tally.add(method, path, status));
      const { code, output, report } = await runner.run(target.url, round, seed + index).finally(target.close);
      sequences += Number(/Scenarios:\s+(\d+)/.exec(output)?.[1] ?? 0);
      generated += report?.test_cases.generated ?? 0;
      explained += report?.filtered ?? 0;
      if (code !== 0) faults.push(`round ${index + 1} ended with ${code}${loud ? '' : `:\n${output}`}`);
      else if (!report?.complete) faults.push(`round ${index + 1} was cut short`);
    });
  const failed = tally.count((_, status) => status.startsWith('5'));
  const undocumented = tally.count((id, status) => !isDocumented(id, status));
  const figures: Figures = {
    'requests sent': tally.requests,
    'test cases generated': generated,
    'sequences of linked requests': sequences,
    'answers of 2xx': tally.count((_, status) => status.startsWith('2')),
    'answers of 4xx': tally.count((_, status) => status.startsWith('4')),
    'answers of 5xx': failed,
    'answers with an undocumented status': undocumented,
    'rosters refused for a repeated reference_id, which no schema can say': explained,
    'rounds with a failed check': faults.length,
    seed,
  };
  if (failed > 0) faults.push(`${failed} answers of 5xx`);
  if (undocumented > 0) faults.push(`${undocumented} answers with a status that the contract does not have`);
  if (!short && tally.requests < minRequests) faults.push(`only ${tally.requests} requests were sent`);
  return { figures, faults };
}

/** Checks that Schemathesis finds planted defects; otherwise a run without findings would prove nothing. */
async function judgeDefects(runner: Runner, seed: number) {
  const faults: string[] = [];
  await withMock(async (mock) => {
    for (const defect of schemaDefects) {
      const target = await spoilt(mock, defect);
      const { report } = await runner.run(target.url, defectRound, seed, false).finally(target.close);
      if (!report || report.failures.length === 0) faults.push(`${defect.name}: Schemathesis noticed nothing`);
    }
  });
  return {
    figures: { 'schema defects noticed': `${schemaDefects.length - faults.length} of ${schemaDefects.length}` },
    faults,
  };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      short: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
      optional: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  if (values.help) console.log(usage);
  else
    await runReferee('Schemathesis', values.optional, async () => {
      const { figures, faults } = await refereeBySchemathesis({
        short: values.short,
        seed: Number(values.seed),
        loud: true,
      });
      console.log('\nSchemathesis, requests generated from the contract:');
      printFigures(figures);
      for (const fault of faults) console.error(fault);
      process.exitCode = faults.length > 0 ? 1 : 0;
      if (!values.short && faults.length === 0)
        writeFigures('schemathesis', 'Schemathesis 4.32, all checks and phases', figures);
    });
}
