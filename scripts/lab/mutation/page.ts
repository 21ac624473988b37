interface Place {
  readonly line: number;
  readonly column: number;
}

/** The fields of a mutant in the report (mutation-testing-report-schema) that are read here. */
export interface Mutation {
  readonly status: string;
  readonly replacement?: string;
  readonly location: { readonly start: Place; readonly end: Place };
}

/** The results of the mutants of one file. */
export interface MutantCounts {
  readonly name: string;
  readonly mutants: number;
  readonly killed: number;
  /** A mutant as `original → replacement`, and why it survives. */
  readonly explained: readonly (readonly [mutant: string, reason: string])[];
  readonly unexplained: readonly string[];
  /** Reasons for mutants that do not survive. */
  readonly obsolete: readonly string[];
}

function original(source: string, { start, end }: Mutation['location']): string {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  lines[lines.length - 1] = (lines.at(-1) as string).slice(0, end.column - 1);
  lines[0] = (lines[0] as string).slice(start.column - 1);
  return lines.map((line) => line.trim()).join(' ');
}

/** Counts the mutants of a file and compares its survivors with the reasons given for them. */
export function tally(
  name: string,
  source: string,
  all: readonly Mutation[],
  reasons: Record<string, string>,
): MutantCounts {
  const counted = all.filter(({ status }) => status !== 'Ignored' && status !== 'CompileError');
  const survivors = counted.filter(({ status }) => status !== 'Killed' && status !== 'Timeout');
  const texts = survivors.map(({ location, replacement = '' }) => `${original(source, location)} → ${replacement}`);
  return {
    name,
    mutants: counted.length,
    killed: counted.length - survivors.length,
    explained: texts.flatMap((text) => (reasons[text] === undefined ? [] : [[text, reasons[text]] as const])),
    unexplained: texts.filter((text) => reasons[text] === undefined),
    obsolete: Object.keys(reasons).filter((text) => !texts.includes(text)),
  };
}

const percent = (killed: number, mutants: number) => `${((100 * killed) / mutants).toFixed(1)} %`;
const code = (text: string) => `\`${text.replaceAll('|', '\\|')}\``;

/** The page of results, with the reason for each survivor. */
export function mutationPage(files: readonly MutantCounts[]): string {
  const sum = (of: (file: MutantCounts) => number) => files.reduce((total, file) => total + of(file), 0);
  const [mutants, killed] = [sum((file) => file.mutants), sum((file) => file.killed)];
  const survivors = files.flatMap(({ name, explained, unexplained }) => [
    ...explained.map(([mutant, reason]) => `| ${name} | ${code(mutant)} | ${reason} |`),
    ...unexplained.map((mutant) => `| ${name} | ${code(mutant)} | **not explained** |`),
  ]);
  return `<!-- Written by \`npm run lab -- mutation\`; do not edit. Reasons: scripts/lab/mutation/survivors.yaml -->

**Mutants of \`mock/domain\`**: small changes to the code, one at a time, each of which a test of the domain should notice.

| file | mutants | killed | score |
| --- | --- | --- | --- |
${files.map((file) => `| ${file.name} | ${file.mutants} | ${file.killed} | ${percent(file.killed, file.mutants)} |`).join('\n')}
| **total** | **${mutants}** | **${killed}** | **${percent(killed, mutants)}** |

${survivors.length === 0 ? 'None survived.' : `Those that survived, \`original → replacement\`:\n\n| file | mutant | why no test notices |\n| --- | --- | --- |\n${survivors.join('\n')}`}
`;
}
