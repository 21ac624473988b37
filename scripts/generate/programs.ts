import type { Command } from 'commander';
import { program } from '../../conformance/cli/command.ts';
import { createCommand } from '../../mock/command.ts';

const nothing = async () => {};

/** The command definitions of both programs. */
export const programs = [
  createCommand({ start: nothing, journal: nothing, advise: nothing, preview: nothing }),
  program,
];

/** The commands of a program and those below them, by the words that call them: `clock`, `clock freeze`. */
export const namedCommands = (parent: Command, before = ''): { readonly name: string; readonly command: Command }[] =>
  parent
    .createHelp()
    .visibleCommands(parent)
    .filter((command) => before === '' || command.name() !== 'help')
    .flatMap((command) => {
      const name = `${before}${command.name()}`;
      return [{ name, command }, ...namedCommands(command, `${name} `)];
    });
