import type { CompletedCommand, CompletedOption, Value, Word } from './completed.ts';

/** Makes the completion script of a program, by shell. */
export const scripts = { bash, zsh, fish } satisfies Record<string, (commands: readonly CompletedCommand[]) => string>;

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
const functionOf = (program: string): string => `_${program.replaceAll(/\W/g, '_')}`;
const namesOf = ({ name, short }: CompletedOption): string[] => (short === undefined ? [name] : [name, short]);

/** The branches of a `case` for options that take a value, by command and option: `'journal --url'|…`. */
function valueCases(commands: readonly CompletedCommand[], write: (value: Exclude<Value, 'none'>) => string): string {
  return commands
    .flatMap(({ name, options }, index) =>
      options.flatMap((option) => {
        if (option.value === 'none') return [];
        const pattern = namesOf(option).map((typed) => quoted(`${index === 0 ? '' : name} ${typed}`));
        return [`    ${pattern.join('|')}) ${write(option.value)} ;;`];
      }),
    )
    .join('\n');
}

/** Sets `command` to the first words that name a command; otherwise it stays empty. */
const findCommand = (commands: readonly CompletedCommand[], typed: string): string => `  for each in ${typed}; do
    case "\${command:+$command }$each" in ${commands
      .slice(1)
      .map(({ name }) => quoted(name))
      .join('|')}) command="\${command:+$command }$each" ;; esac
  done`;

function bash(commands: readonly CompletedCommand[]): string {
  const [{ name: program } = { name: '' }] = commands;
  const reply = (words: readonly string[]) => `COMPREPLY=($(compgen -W ${quoted(words.join(' '))} -- "$word"))`;
  return `${functionOf(program)}() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command= each
  # bash takes --option=value for three words.
  if [[ $word == = ]]; then word=; elif [[ $before == = ]]; then before=\${COMP_WORDS[COMP_CWORD-2]}; fi
${findCommand(commands, `"\${COMP_WORDS[@]:1:COMP_CWORD-1}"`)}
  COMPREPLY=()
  case "$command $before" in
${valueCases(commands, (value) => (value === 'path' ? ':' : value === 'unknown' ? 'compopt +o default' : reply(value)))}
    *) case "$command" in
${commands
  .map(({ name, options, words }, index) => {
    const all = [...words.map((word) => word.name), ...options.map((option) => option.name)];
    return `      ${index === 0 ? "''" : quoted(name)}) ${reply(all)} ;;`;
  })
  .join('\n')}
      esac ;;
  esac
}
complete -o default -F ${functionOf(program)} ${program}`;
}

function zsh(commands: readonly CompletedCommand[]): string {
  const [{ name: program } = { name: '' }] = commands;
  const described = ({ name, meaning }: Word) => quoted(`${name.replaceAll(':', '\\:')}:${meaning}`);
  return `#compdef ${program}
${functionOf(program)}() {
  local command= each
${findCommand(commands, `"\${(@)words[2,CURRENT-1]}"`)}
  case "$command \${words[CURRENT-1]}" in
${valueCases(commands, (value) =>
  value === 'path' ? '_files' : value === 'unknown' ? ':' : `compadd -- ${value.map(quoted).join(' ')}`,
)}
    *) local -a names flags
      case "$command" in
${commands
  .map(
    ({ name, options, words }, index) =>
      `      ${index === 0 ? "''" : quoted(name)}) names=(${words.map(described).join(' ')}) flags=(${options.map(described).join(' ')}) ;;`,
  )
  .join('\n')}
      esac
      _describe command names
      _describe -o option flags ;;
  esac
}
compdef ${functionOf(program)} ${program}`;
}

function fish(all: readonly CompletedCommand[]): string {
  const [{ name: program } = { name: '' }] = all;
  const escaped = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const first = all.slice(1).flatMap(({ name }) => (name.includes(' ') ? [] : [name]));
  /** What fish must have seen before the words and options of a command: the words of its name, and no word below it. */
  const condition = (name: string): string => {
    const below = all.flatMap((each) => (each.name.startsWith(`${name} `) ? [each.name.slice(name.length + 1)] : []));
    return [
      ...name.split(' ').map((word) => `__fish_seen_subcommand_from ${word}`),
      ...(below.length > 0 ? [`not __fish_seen_subcommand_from ${below.join(' ')}`] : []),
    ].join('; and ');
  };
  const kinds = { path: ' -rF', unknown: ' -x', none: '' };
  const lines = all.flatMap(({ name, options, words }, index) => {
    const seen = index === 0 ? `not __fish_seen_subcommand_from ${first.join(' ')}` : condition(name);
    const line = `complete -c ${program} -n ${escaped(seen)}`;
    return [
      ...words.map((word) => `${line} -a ${word.name} -d ${escaped(word.meaning)}`),
      ...options.map(({ name: long, short, value, meaning }) => {
        const letter = short === undefined ? '' : ` -s ${short.slice(1)}`;
        const kind = typeof value === 'string' ? kinds[value] : ` -xa ${escaped(value.join(' '))}`;
        return `${line} -l ${long.slice(2)}${letter}${kind} -d ${escaped(meaning)}`;
      }),
    ];
  });
  return [`complete -c ${program} -f`, ...lines].join('\n');
}
