import type { RunComparison } from './compare-runs.ts';

export const compareFormats = ['text', 'markdown', 'json'] as const;
export type CompareFormat = (typeof compareFormats)[number];

export const renderComparison = (comparison: RunComparison, format: CompareFormat): string =>
  format === 'json' ? `${JSON.stringify(comparison, null, 2)}\n` : `${sections(comparison, format).join('\n\n')}\n`;

interface Row {
  readonly what: string;
  readonly a: string;
  readonly b: string;
  readonly note: string;
}

interface Table {
  readonly title: string;
  readonly rows: readonly Row[];
}

function sections(comparison: RunComparison, format: 'text' | 'markdown'): string[] {
  const runs = (['a', 'b'] as const).map((name) => {
    const { target, startedAt, verdict } = comparison[name];
    return `${name.toUpperCase()}: ${target}, ${startedAt}: ${verdict}`;
  });
  const tables = tablesOf(comparison).filter(({ rows }) => rows.length > 0);
  return [
    runs.join(format === 'text' ? '\n' : '  \n'),
    ...tables.map(format === 'text' ? textTable : markdownTable),
    summaryOf(comparison),
  ];
}

const tablesOf = ({ outcomes, readings, answers }: RunComparison): Table[] => [
  {
    title: 'Outcomes that changed',
    rows: outcomes.map(({ part, a, b, isWorse }) => ({
      what: part,
      a: a ?? 'not run',
      b: b ?? 'not run',
      note: isWorse ? 'worse' : '',
    })),
  },
  {
    title: 'Readings that differ',
    rows: readings.map(({ question, a, b }) => ({ what: question, a, b, note: '' })),
  },
  {
    title: 'Answers that differ',
    rows: answers.map(({ operation, where, a, b, times, firstSeenIn }) => ({
      what: `${operation}, ${where}`,
      a: a ?? 'absent',
      b: b ?? 'absent',
      note: `${times} ${times === 1 ? 'time' : 'times'}, first in ${firstSeenIn}`,
    })),
  },
];

const textTable = ({ title, rows }: Table): string =>
  [
    `${title} (${rows.length})`,
    ...rows.map(({ what, a, b, note }) => `  ${what}: ${a} → ${b}${note === '' ? '' : `\n    ${note}`}`),
  ].join('\n');

function markdownTable({ title, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const escaped = (text: string) => text.replaceAll(/[\\`|<>*_[\]]/g, '\\$&').replaceAll('\n', ' ');
  const lines = rows.map(({ what, a, b, note }) => line([what, a, b, note].map(escaped)));
  return [`### ${title} (${rows.length})`, '', '| | A | B | |', '| --- | --- | --- | --- |', ...lines].join('\n');
}

function summaryOf({ outcomes, readings, answers, compared, withoutCounterpart: { a, b } }: RunComparison): string {
  const basis = `${compared} pairs of answers were compared; ${a} exchanges of A and ${b} of B have no counterpart.`;
  const isSame = outcomes.length + readings.length + answers.length === 0;
  return `${isSame ? 'No difference' : 'The runs differ'}: ${basis}`;
}
