import type { Command, Option } from 'commander';
import { inlineCode, tableOf } from './markdown.ts';
import { namedCommands, programs } from './programs.ts';

/** Links that replace "see below" of the help texts, by option. */
const links: Readonly<Record<string, string>> = {
  quirk: '[Quirks](../docs/mock.md#quirks)',
  faults: '[Faults](../docs/mock.md#faults)',
  scenario: '[Scenarios](../docs/scenarios.md)',
};

/** Variables and defaults that some options have only in their description, because commander would apply them. */
const inBrackets = / \((env|default): ([^)]+)\)/;

const bracketed = (kind: string, { description }: Option): string | undefined => {
  const [, found, text] = inBrackets.exec(description) ?? [];
  return found === kind ? text : undefined;
};

function meaningOf(option: Option): string {
  const link = links[option.name()];
  if (link !== undefined) return option.description.replace('see below', `see ${link}`);
  const description = option.description.replace(inBrackets, '');
  const { argChoices = [] } = option;
  return argChoices.length === 0 ? description : `${description}: ${argChoices.map(inlineCode).join(', ')}`;
}

/** The default as it would be typed; empty if there is none. A switch is off by default. */
function defaultOf(option: Option): string {
  const { defaultValue, defaultValueDescription } = option;
  const described = defaultValueDescription ?? bracketed('default', option);
  if (described !== undefined) return described;
  return defaultValue === undefined ? '' : inlineCode(String(defaultValue));
}

const optionsOf = ({ options }: Command): readonly Option[] => options.filter(({ long }) => long !== '--version');

function optionTable(options: readonly Option[]): string {
  const rows = options.map((option) => {
    const variable = option.envVar ?? bracketed('env', option);
    return [
      inlineCode(option.flags),
      variable === undefined ? '' : inlineCode(variable),
      defaultOf(option),
      meaningOf(option),
    ];
  });
  return tableOf(['option', 'variable', 'default', ''], rows);
}

/** An option that a command shares with its program has the same key. */
const keyOf = ({ flags, envVar, description }: Option): string => [flags, envVar, description].join();

function commandSection(program: Command, name: string, command: Command): string {
  const keys = new Set(optionsOf(program).map(keyOf));
  const isShared = (option: Option) => keys.has(keyOf(option));
  const own = optionsOf(command).filter((option) => !isShared(option));
  const shared = optionsOf(command).filter(isShared);
  const usage = command.registeredArguments.map((argument) => ` <${argument.name()}>`).join('');
  return [
    `### \`${program.name()} ${name}${usage}\``,
    command.description(),
    ...(own.length > 0 ? [optionTable(own)] : []),
    ...(shared.length > 0 ? [`As above: ${shared.map(({ long }) => inlineCode(long ?? '')).join(', ')}.`] : []),
  ].join('\n\n');
}

const sections = programs.map((program) =>
  [
    `## \`${program.name()}\``,
    optionTable(optionsOf(program)),
    ...namedCommands(program)
      .filter(({ command }) => command.commands.length === 0)
      .map(({ name, command }) => commandSection(program, name, command)),
  ].join('\n\n'),
);

/** The text of generated/settings.md. */
export const settingsPage = `<!-- Do not edit: written from the programs by \`npm run generate\`. -->

# Settings

Every option of both programs. Options override environment variables, which override defaults.

${sections.join('\n\n')}
`;
