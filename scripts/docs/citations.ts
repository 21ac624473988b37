/** Where a text sends its reader in the contract. */
export interface Citations {
  /** `8.12` of `§8.12`. */
  readonly sections: readonly string[];
  readonly rules: readonly string[];
}

/** Neither the rest of a longer path, link or address, nor what follows a placeholder. */
const start = String.raw`(?<![\w./@:<{*…~$-])`;
const end = String.raw`(?![\w/*{<…-]|\.\w)`;
const name = String.raw`[\w-][\w.-]*\.`;

/** Bare names of YAML files are left out: examples name files that their reader makes. */
const files = [
  RegExp(String.raw`${start}(?:\.?\w[\w.-]*\/)+${name}(?:md|ts|mjs|py|sh|toml|yaml|yml)${end}`, 'g'),
  RegExp(`${start}${name}(?:md|ts|mjs|py|sh|toml)${end}`, 'g'),
  RegExp(
    String.raw`${start}(?:mock|conformance|scripts|docs|spec|examples|generated)\/(?:[\w.-]+\/)*(?![\w*{<…])`,
    'g',
  ),
];

const all = (pattern: RegExp, text: string): string[] =>
  [...text.matchAll(pattern)].map(([whole, group]) => group ?? whole);

const section = /§\s?(\d+(?:\.\d+)?)/g;

/** The sections and rules that a text cites. `areas` are what rule ids begin with; tests use 99 for a rule that is not there. */
export const citationsIn = (text: string, areas: readonly string[]): Citations => ({
  sections: all(section, text),
  rules: all(RegExp(String.raw`(?<![\w-])((?:${areas.join('|')})-(?!99\b)\d+)(?![\w-])`, 'g'), text),
});

/** The files and folders that a text names, as it names them. */
export const filesIn = (text: string): readonly string[] => files.flatMap((pattern) => all(pattern, text));

/** The comments of a source, by the kind of its file; a document is returned whole. */
export function commentsOf(file: string, text: string): string {
  if (/\.(ts|mjs|js)$/.test(file)) return all(/^\s*(?:\/\*|\*|\/\/).*|(?<=\s)\/\/ .*/gm, text).join('\n');
  if (/\.(py|sh|toml|yml)$/.test(file)) return all(/(?:^|\s)# .*/gm, text).join('\n');
  return text;
}
