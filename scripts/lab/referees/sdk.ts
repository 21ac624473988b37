import { parseArgs } from 'node:util';
import { type Figures, printFigures, writeFigures } from './figures.ts';
import { orSkip, refereePython, runPython } from './python.ts';
import { withMock } from './serving.ts';

const usage = `npm run lab -- sdk                           a session of Vitable's own Python client against the mock
npm run lab -- sdk --short                the same, and docs/ left alone
npm run lab -- sdk --short --optional     passes where there is no Python`;

const withinMs = 120_000;

/** Lets the official client play its session. Throws NoPython where it cannot run. */
export async function refereeBySdk(options: {
  readonly loud: boolean;
}): Promise<{ readonly figures: Figures; readonly faults: readonly string[] }> {
  const python = await refereePython();
  return withMock(async (mock) => {
    const { code, output } = await runPython(python, ['sdk_session.py', mock.url], { loud: options.loud, withinMs });
    const notes = [...output.matchAll(/^note {2}(.*)$/gm)].map(([, note]) => note);
    return {
      figures: {
        'steps as expected': Number(/^(\d+) steps as expected$/m.exec(output)?.[1] ?? 0),
        ...Object.fromEntries(notes.map((note, index) => [`worth knowing, ${index + 1}`, `${note}`])),
      },
      faults: code === 0 ? [] : [`the session ended with ${code}${options.loud ? '' : `:\n${output}`}`],
    };
  });
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      short: { type: 'boolean', default: false },
      optional: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  if (values.help) console.log(usage);
  else
    await orSkip('The official client', values.optional, async () => {
      const { figures, faults } = await refereeBySdk({ loud: true });
      console.log("\nVitable's Python client, unmodified:");
      printFigures(figures);
      for (const fault of faults) console.error(fault);
      process.exitCode = faults.length > 0 ? 1 : 0;
      if (!values.short && faults.length === 0)
        writeFigures('sdk', 'vitable-connect 6.2.0 (Python), unmodified', figures);
    });
}
