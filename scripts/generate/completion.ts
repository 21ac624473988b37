import type { Command, Option } from 'commander';
import type { CompletedCommand, Value } from './completed.ts';
import { namedCommands, programs } from './programs.ts';
import { scripts } from './shells.ts';

/** The program itself, followed by each of its commands and their commands. */
function commandsOf(program: Command): CompletedCommand[] {
  const help = program.createHelp();
  return [{ name: program.name(), command: program }, ...namedCommands(program)].map(({ name, command }) => ({
    name,
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

/** By program and shell. */
const completion = Object.fromEntries(
  programs.map((each) => [
    each.name(),
    Object.fromEntries(Object.entries(scripts).map(([shell, script]) => [shell, script(commandsOf(each))])),
  ]),
);
/** The text of generated/completion.ts. */
export const completionTable = `/** Completion scripts by program and shell. They contain all words, so completing does not start the program. */
export const completion = ${JSON.stringify(completion, null, 2)};

export type Shell = keyof (typeof completion)['groups-mock'];
`;
