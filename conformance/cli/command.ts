import { readFileSync } from 'node:fs';
import { Argument, Command } from 'commander';
import type { Shell } from '../../generated/completion.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { UnwrittenReports } from '../report/reports.ts';
import { UsageError } from '../usage-error.ts';
import { BaselineError, parseBaseline } from '../verdict/baseline.ts';
import { addCertifyCommand } from './certify.ts';
import { addCompareCommand } from './compare.ts';
import { contractOf } from './contract-flag.ts';
import { addDiffCommand } from './diff.ts';
import { addExplainCommand } from './explain.ts';
import { addRunFlags, addTargetFlags, type RunFlags } from './flags.ts';
import { addInspectCommand } from './inspect.ts';
import { addProxyCommand } from './proxy.ts';
import { runFromCli } from './run-from-cli.ts';
import { addUsageCommand } from './usage.ts';
import { addKeygenCommand, addVerifyCommand } from './verify.ts';

const completionHelp = `
bash: add to ~/.bashrc                   eval "$(groups-conformance completion bash)"
zsh:  add to ~/.zshrc, after compinit    eval "$(groups-conformance completion zsh)"
fish: run once    groups-conformance completion fish > ~/.config/fish/completions/groups-conformance.fish`;

/** The command line: a run by default, or one of the other commands. */
export const program = new Command('groups-conformance')
  .description(
    'Judges an implementation of the Vitable groups API by the rules of the contract. Not a product of Vitable.',
  )
  .version(packageJson.version)
  .enablePositionalOptions()
  .exitOverride()
  .addHelpText(
    'after',
    `
Exit codes: 0 conformant, 1 non-conformant, 2 bad usage, 3 incomplete, 4 target unreachable or kit error.

Examples:
  groups-conformance --base-url http://127.0.0.1:4010
  groups-conformance --base-url http://127.0.0.1:4010 --only SYNC --report-dir reports
  groups-conformance explain LIFE-11
  groups-conformance verify certificate/certificate.json --public-key certificate-key.pub.pem
  groups-conformance diff spec/released spec`,
  );

addRunFlags(addTargetFlags(program))
  // A mistyped command gets a suggestion instead of an error about the number of arguments.
  .allowExcessArguments(true)
  .action(async (flags: RunFlags) => {
    if (program.args.length > 0) (program as unknown as { unknownCommand(): never }).unknownCommand();
    const only = flags.only || flags.rule ? [...(flags.only ?? []), ...(flags.rule ?? [])] : undefined;
    const otherKey = flags.otherApiKey !== undefined;
    const contract = contractOf(flags);
    if (flags.list || flags.plan) {
      const { listing, plan } = await import('./listing.ts');
      return console.log(
        flags.list ? listing({ only, contract }) : plan({ profile: flags.profile, only, otherKey, contract }),
      );
    }
    const { profile, failFast } = flags;
    const result = await runFromCli(flags, {
      profile,
      failFast,
      contract,
      ...(only && { only }),
      ...(flags.baseline !== undefined && { baseline: readBaseline(flags.baseline) }),
    });
    process.exitCode = result.exitCode;
  });
addExplainCommand(program);
addCertifyCommand(program);
addVerifyCommand(program);
addKeygenCommand(program);
addDiffCommand(program);
addCompareCommand(program);
addUsageCommand(program);
addInspectCommand(program);
addProxyCommand(program);
program
  .command('completion')
  .description('print a shell completion script')
  .addArgument(new Argument('<shell>', 'whose script').choices(['bash', 'zsh', 'fish'] satisfies Shell[]))
  .addHelpText('after', completionHelp)
  .action(async (shell: Shell) => {
    const { completion } = await import('../../generated/completion.ts');
    console.log(completion['groups-conformance'][shell]);
  });

function readBaseline(file: string) {
  try {
    return parseBaseline(readFileSync(file, 'utf8'), file);
  } catch (error) {
    if (error instanceof BaselineError) throw new UsageError(error.message);
    throw new UsageError(`${file}: the baseline cannot be read: ${(error as Error).message}`);
  }
}

/** What to do if a package is missing because only the mock was installed. */
function missingPackageText(error: unknown): string | undefined {
  const { code, message } = error as NodeJS.ErrnoException;
  const [, name] = (code === 'ERR_MODULE_NOT_FOUND' && /^Cannot find package '([^']+)'/.exec(message)) || [];
  if (name === undefined) return undefined;
  return `the suite needs the package ${name}, which is not installed; install vitable-groups-kit without --omit=optional`;
}

/** Runs the command line and sets the exit code. */
export async function runCommandLine(args: readonly string[]): Promise<void> {
  try {
    // Many CI systems pass an unset variable as an empty one.
    for (const name of Object.keys(process.env))
      if (name.startsWith('GROUPS_') && process.env[name] === '') delete process.env[name];
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    // Commander has already printed its message; --help and --version end here, too.
    const { exitCode } = error as { exitCode?: number };
    if (exitCode !== undefined) process.exitCode = exitCode === 0 ? 0 : 2;
    else if (error instanceof UsageError) {
      console.error(`error: ${error.message}`);
      process.exitCode = 2;
    } else if (error instanceof UnwrittenReports) {
      console.error(`groups-conformance: a report cannot be written: ${error.message}`);
      process.exitCode = 4;
    } else {
      console.error(
        `groups-conformance: ${missingPackageText(error) ?? `the kit failed: ${(error as Error).message}`}`,
      );
      process.exitCode = 4;
    }
  }
}
