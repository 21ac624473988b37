import { type Command, InvalidArgumentError, Option } from 'commander';
import { compareRuns, type RunComparison } from '../compare/compare-runs.ts';
import { readRun, UnreadableRun } from '../compare/recorded-run.ts';
import { type CompareFormat, compareFormats, renderComparison } from '../compare/render.ts';
import { UsageError } from '../usage-error.ts';

/** What `--fail-on` can name. */
const causes: Readonly<Record<string, (comparison: RunComparison) => boolean>> = {
  worse: ({ outcomes }) => outcomes.some(({ isWorse }) => isWorse),
  outcomes: ({ outcomes }) => outcomes.length > 0,
  readings: ({ readings }) => readings.length > 0,
  answers: ({ answers }) => answers.length > 0,
  any: ({ outcomes, readings, answers }) => outcomes.length + readings.length + answers.length > 0,
};

function causeNames(text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  if (!names.every((name) => Object.hasOwn(causes, name)))
    throw new InvalidArgumentError(`Expected one or more of ${Object.keys(causes).join(', ')}.`);
  return names;
}

interface CompareFlags {
  readonly format: CompareFormat;
  readonly failOn?: readonly string[];
}

/** Adds `compare A B`: what differs in two runs of the suite. */
export function addCompareCommand(program: Command): void {
  program
    .command('compare')
    .description('compare two runs: outcomes, readings and the answers to the same requests; sends nothing')
    .argument('<a>', 'a folder that --report-dir filled')
    .argument('<b>', 'the folder of another run: of another service, another release, or the mock')
    .addOption(new Option('--format <name>', 'how to print it').choices(compareFormats).default('text'))
    .addOption(
      new Option(
        '--fail-on <what>',
        'exit with code 1 if these differ: worse (an outcome is worse in B), outcomes, readings, answers, any',
      ).argParser(causeNames),
    )
    .allowExcessArguments(false)
    .addHelpText(
      'after',
      `
Ids, times and references are not compared, since each run has its own.

Exit codes: 0 compared, 1 what --fail-on names differs, 2 bad usage.

Examples:
  groups-conformance --base-url http://127.0.0.1:4010 --report-dir mock
  groups-conformance --base-url https://api.uat.example.com --report-dir uat
  groups-conformance compare mock uat --fail-on readings,answers`,
    )
    .action((a: string, b: string, { format, failOn = [] }: CompareFlags) => {
      try {
        const comparison = compareRuns(readRun(a), readRun(b));
        process.stdout.write(renderComparison(comparison, format));
        process.exitCode = failOn.some((name) => causes[name]?.(comparison)) ? 1 : 0;
      } catch (error) {
        if (error instanceof UnreadableRun) throw new UsageError(error.message);
        throw error;
      }
    });
}
