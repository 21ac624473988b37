import { demands } from '../../conformance/contract/change.ts';
import { compareContracts } from '../../conformance/contract/comparison.ts';
import { contractsOf, type Fixture, fixtureFiles, readFixtures } from './fixtures.ts';

function row(fixture: Fixture): string {
  const { changes, verdict } = compareContracts(...contractsOf(fixture));
  const [gravest] = changes;
  const judged =
    gravest === undefined || verdict === 'unchanged'
      ? [verdict, '', '', '']
      : [verdict, gravest.what, gravest.affects.join(', ') || 'nobody', demands[verdict]];
  return `| ${[fixture.name, fixture.in, ...judged].map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** The page of all pairs with the gate's current verdict on each, in Markdown. */
export function fixtureTable(): string {
  const parts = fixtureFiles.map((file) => ({ file, fixtures: readFixtures(file) }));
  const count = parts.reduce((sum, { fixtures }) => sum + fixtures.length, 0);
  return [
    '<!-- Do not edit: written by `npm run vitest -- scripts/gate/fixtures -u`. -->',
    `# The gate's ${count} pairs`,
    'Each pair is two contracts. The table has the verdict of the gate on the step from the first to the second, and its most\nserious change. The pairs and their expected verdicts are in `scripts/gate/fixtures/`.',
    ...parts.map(({ file, fixtures }) =>
      [
        `## ${file} (${fixtures.length})\n`,
        '| pair | in | verdict | what changed | affects | demands |',
        '| --- | --- | --- | --- | --- | --- |',
        ...fixtures.map(row),
      ].join('\n'),
    ),
  ]
    .join('\n\n')
    .concat('\n');
}
