import type { Command, Option } from 'commander';
import { code, tableOf } from './markdown.ts';
import { programs } from './programs.ts';

/** What the help says stands below the options there. */
const elsewhere: Readonly<Record<string, string>> = {
  quirk: '[Quirks](../docs/mock.md#quirks)',
  faults: '[Faults](../docs/mock.md#faults)',
  scenario: '[Scenarios](../docs/scenarios.md)',
};

/** What some options say in their description, since commander would do more with it than print it. */
const inBrackets = / \((env|default): ([^)]+)\)/;

const bracketed = (kind: string, { description }: Option): string | undefined => {
  const [, found, text] = inBrackets.exec(description) ?? [];
  return found === kind ? text : undefined;
};

function meaningOf(option: Option): string {
  const link = elsewhere[option.name()];
  if (link !== undefined) return option.description.replace('see below', `see ${link}`);
  const description = option.description.replace(inBrackets, '');
  const { argChoices = [] } = option;
  return argChoices.length === 0 ? description : `${description}: ${argChoices.map(code).join(', ')}`;
}

/** The default as one would type it; nothing where there is none. A switch is off. */
function defaultOf(option: Option): string {
  const { defaultValue, defaultValueDescription } = option;
  const described = defaultValueDescription ?? bracketed('default', option);
  if (described !== undefined) return described;
  return defaultValue === undefined ? '' : code(String(defaultValue));
}

const optionsOf = ({ options }: Command): readonly Option[] => options.filter(({ long }) => long !== '--version');

function optionTable(options: readonly Option[]): string {
  const rows = options.map((option) => {
    const variable = option.envVar ?? bracketed('env', option);
    return [code(option.flags), variable === undefined ? '' : code(variable), defaultOf(option), meaningOf(option)];
  });
  return tableOf(['option', 'variable', 'default', ''], rows);
}

/** An option that a command shares with its program says the same. */
const keyOf = ({ flags, envVar, description }: Option): string => [flags, envVar, description].join();

function commandSection(program: Command, command: Command): string {
  const told = new Set(optionsOf(program).map(keyOf));
  const isTold = (option: Option) => told.has(keyOf(option));
  const own = optionsOf(command).filter((option) => !isTold(option));
  const shared = optionsOf(command).filter(isTold);
  const usage = command.registeredArguments.map((argument) => ` <${argument.name()}>`).join('');
  return [
    `### \`${program.name()} ${command.name()}${usage}\``,
    command.description(),
    ...(own.length > 0 ? [optionTable(own)] : []),
    ...(shared.length > 0 ? [`As above: ${shared.map(({ long }) => code(long ?? '')).join(', ')}.`] : []),
  ].join('\n\n');
}

const sections = programs.map((program) =>
  [
    `## \`${program.name()}\``,
    optionTable(optionsOf(program)),
    ...program.commands.map((command) => commandSection(program, command)),
  ].join('\n\n'),
);

console.log(`<!-- Do not edit: written from the programs by \`npm run generate\`. -->

# Settings

Every option of both programs. An option on the command line beats its environment variable, and that the default.

${sections.join('\n\n')}`);
