import { type Command, Option } from 'commander';
import { type DiffFormat, diffFormats, runDiff } from '../contract/diff.ts';
import { UsageError } from '../usage-error.ts';

/** Adds `diff`, which compares two contracts. Exit code 0 if nothing breaks, 1 if something does, 2 for bad usage. */
export function addDiffCommand(program: Command): void {
  program
    .command('diff')
    .description('compare two contracts: what changed, whom it affects, which version it requires; needs no target')
    .argument('<before>', 'an OpenAPI 3 document, a rule catalogue, a list of open questions, or a folder like spec/')
    .argument('<after>', 'the same for the newer contract')
    .addOption(new Option('--format <name>', 'how to print it').choices(diffFormats).default('text'))
    .option('--usage <path...>', 'usage profiles, or folders of them: say which clients each change reaches')
    .allowExcessArguments(false)
    .addHelpText(
      'after',
      `
Exit codes: 0 nothing breaks, 1 something breaks, 2 bad usage.

Example:
  groups-conformance diff released.yaml openapi.yaml --format markdown`,
    )
    .action(
      (
        before: string,
        after: string,
        { format, usage = [] }: { readonly format: DiffFormat; readonly usage?: string[] },
      ) => {
        const { output, exitCode } = runDiff({ before, after, format, usage });
        if (exitCode === 2) throw new UsageError(output);
        console.log(output);
        process.exitCode = exitCode;
      },
    );
}
