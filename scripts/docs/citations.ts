/** The sections and rules of the contract that a text cites. */
export interface Citations {
  /** `8.12` of `§8.12`. */
  readonly sections: readonly string[];
  readonly rules: readonly string[];
}

/** Does not match inside a longer path, link or address, or after a placeholder. */
const start = String.raw`(?<![\w./@:<{*…~$-])`;
const end = String.raw`(?![\w/*{<…-]|\.\w)`;
const name = String.raw`[\w-][\w.-]*\.`;

/** Bare names of YAML files are left out, because examples name files that their reader creates. */
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

/** The sections and rules that a text cites. `areas` are the prefixes of rule ids; tests use number 99 for a rule that does not exist. */
export const citationsIn = (text: string, areas: readonly string[]): Citations => ({
  sections: all(section, text),
  rules: all(RegExp(String.raw`(?<![\w-])((?:${areas.join('|')})-(?!99\b)\d+)(?![\w-])`, 'g'), text),
});

/** The files and folders that a text names, as written. */
export const filesIn = (text: string): readonly string[] => files.flatMap((pattern) => all(pattern, text));

/** The comments of a source file; a document is returned whole. */
export function commentsOf(file: string, text: string): string {
  if (/\.(ts|mjs|js)$/.test(file)) return all(/^\s*(?:\/\*|\*|\/\/).*|(?<=\s)\/\/ .*/gm, text).join('\n');
  if (/\.(py|sh|toml|yml)$/.test(file)) return all(/(?:^|\s)# .*/gm, text).join('\n');
  return text;
}
