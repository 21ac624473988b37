import type { Command, Option } from 'commander';
import { programs } from './programs.ts';
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

/** For each program, the script of each shell. */
const completion = Object.fromEntries(
  programs.map((each) => [
    each.name(),
    Object.fromEntries(Object.entries(scripts).map(([shell, script]) => [shell, script(placesOf(each))])),
  ]),
);
process.stdout.write(`/** What makes a shell complete each program: nothing runs when a key is pressed, all words are in the script. */
export const completion = ${JSON.stringify(completion, null, 2)};

export type Shell = keyof (typeof completion)['groups-mock'];
`);
