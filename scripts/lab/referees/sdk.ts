import { parseArgs } from 'node:util';
import type { Inspection } from '../../../conformance/observe/inspect.ts';
import { inspectionExitCode, inspectionText } from '../../../conformance/observe/inspect-report.ts';
import { startProxy } from '../../../conformance/proxy/proxy.ts';
import { type Figures, printFigures, writeFigures } from './figures.ts';
import { refereePython, runPython, runReferee } from './python.ts';
import { withMock } from './serving.ts';

const usage = `npm run lab -- sdk                           a session of Vitable's own Python client against the mock
npm run lab -- sdk --short                the same; writes nothing
npm run lab -- sdk --short --optional     passes if there is no Python
npm run lab -- sdk --proxy                the first part through groups-conformance proxy, which must see no violation`;

const withinMs = 120_000;

/** A partner's day, and how the client handles refusals and faults. */
const day = 'sdk_session.py';
const sessions = [day, 'sdk_answers.py'];

/** Runs the sessions of the official client. Throws NoPython if it cannot run. */
export async function refereeBySdk(options: {
  readonly loud: boolean;
}): Promise<{ readonly figures: Figures; readonly faults: readonly string[] }> {
  const python = await refereePython();
  return withMock(async (mock) => {
    let steps = 0;
    const faults: string[] = [];
    for (const session of sessions) {
      const { code, output } = await runPython(python, [session, mock.url], { loud: options.loud, withinMs });
      steps += Number(/^(\d+) steps as expected$/m.exec(output)?.[1] ?? 0);
      if (code !== 0) faults.push(`${session} ended with ${code}${options.loud ? '' : `:\n${output}`}`);
    }
    return { figures: { 'steps as expected': steps }, faults };
  });
}

/** Runs the day through the proxy, and returns what it saw. Throws NoPython if it cannot run. */
async function judgeDay(): Promise<Inspection> {
  const python = await refereePython();
  return withMock(async (mock) => {
    const proxy = await startProxy({ target: mock.url, port: 0, others: 'elsewhere' });
    try {
      const { code } = await runPython(python, [day, proxy.url], { loud: true, withinMs });
      if (code !== 0) throw new Error(`${day} ended with ${code}`);
      return proxy.inspection();
    } finally {
      await proxy.close();
    }
  });
}

/** A habit of an integration that uses the official client, and the ids of the advisor's findings. */
export interface Habit {
  readonly finding: string;
  readonly kind: 'bad' | 'good';
  readonly does: string;
  readonly found: readonly string[];
}

/** Plays good and bad habits with the official client. Throws NoPython if it cannot run. */
export async function liveHabits(): Promise<Habit[]> {
  const python = await refereePython();
  return withMock(async (mock) => {
    const { code, output } = await runPython(python, ['sdk_habits.py', mock.url], { loud: false, withinMs });
    if (code !== 0) throw new Error(`sdk_habits.py ended with ${code}:\n${output}`);
    return output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  }, 1000);
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      short: { type: 'boolean', default: false },
      proxy: { type: 'boolean', default: false },
      optional: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  if (values.help) console.log(usage);
  else if (values.proxy) {
    const inspection = await judgeDay();
    process.stdout.write(inspectionText(inspection));
    process.exitCode = inspectionExitCode(inspection);
  } else
    await runReferee('The official client', values.optional, async () => {
      const { figures, faults } = await refereeBySdk({ loud: true });
      console.log("\nVitable's Python client, unmodified:");
      printFigures(figures);
      for (const fault of faults) console.error(fault);
      process.exitCode = faults.length > 0 ? 1 : 0;
      if (!values.short && faults.length === 0)
        writeFigures('sdk', 'vitable-connect 6.2.0 (Python), unmodified', figures);
    });
}
