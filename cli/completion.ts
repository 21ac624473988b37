import { Argument, type Command, type Option } from 'commander';
import { scripts } from './shells.ts';

/** A word that can be typed, and what it means. */
export interface Word {
  readonly name: string;
  readonly meaning: string;
}

/** What follows an option: one of these words, a path, something that nobody can know, or nothing. */
export type Value = readonly string[] | 'path' | 'unknown' | 'none';

export interface CompletedOption extends Word {
  readonly short: string | undefined;
  readonly value: Value;
}

/** What can be typed after a program, or after the name of one of its commands. */
export interface Place extends Word {
  readonly options: readonly CompletedOption[];
  /** Commands, or the choices of an argument. */
  readonly words: readonly Word[];
}

/** Adds `completion`, which prints a script for a shell that completes everything else the program has. Call it last. */
export function addCompletion(program: Command): void {
  const shells = Object.keys(scripts);
  const name = program.name();
  program
    .command('completion')
    .description('print a script that makes a shell complete this command')
    .addArgument(new Argument('<shell>', 'whose script').choices(shells))
    .addHelpText(
      'after',
      `
bash: add to ~/.bashrc                   eval "$(${name} completion bash)"
zsh:  add to ~/.zshrc, after compinit    eval "$(${name} completion zsh)"
fish: run once    ${name} completion fish > ~/.config/fish/completions/${name}.fish`,
    )
    .action((shell: keyof typeof scripts) => console.log(scripts[shell](placesOf(program))));
}

/** The program first, then each of its commands. */
function placesOf(program: Command): Place[] {
  const help = program.createHelp();
  return [program, ...help.visibleCommands(program)].map((command) => ({
    name: command.name(),
    meaning: command.description(),
    options: help.visibleOptions(command).map((option) => ({
      name: option.long ?? '',
      short: option.short,
      meaning: option.description,
      value: valueAfter(option),
    })),
    words: [
      ...help.visibleCommands(command).map((sub) => ({ name: sub.name(), meaning: sub.description() })),
      ...command.registeredArguments.flatMap(({ argChoices = [], description }) =>
        argChoices.map((choice) => ({ name: choice, meaning: description })),
      ),
    ],
  }));
}

function valueAfter({ required, optional, argChoices, flags }: Option): Value {
  if (!required && !optional) return 'none';
  return argChoices ?? (/[<[](file|dir|folder)/.test(flags) ? 'path' : 'unknown');
}
