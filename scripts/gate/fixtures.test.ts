import { describe, expect, test } from 'vitest';
import { compareContracts } from '../../conformance/contract/comparison.ts';
import { fixtureTable } from './fixture-table.ts';
import { contractsOf, fixtureFiles, readFixtures } from './fixtures.ts';

describe.each(fixtureFiles)('%s', (file) => {
  test.each(readFixtures(file))('$name ($in): $verdict', (fixture) => {
    const [before, after] = contractsOf(fixture);
    const { verdict, changes } = compareContracts(before, after);
    expect({ verdict, kind: changes[0]?.kind, changes }).toMatchObject({
      verdict: fixture.verdict,
      ...(fixture.kind && { kind: fixture.kind }),
    });
    if (fixture.affects) expect(changes[0]?.affects).toEqual(fixture.affects);
    const shown = changes.flatMap(({ counterexample }) => (counterexample ? [counterexample.value] : []));
    if ('counterexample' in fixture) expect(shown).toContainEqual(fixture.counterexample);
    expect(compareContracts(after, after).changes).toEqual([]);
  });
});

test('docs/gate-fixtures.md has the current verdicts of the gate', async () => {
  await expect(fixtureTable()).toMatchFileSnapshot('../../docs/gate-fixtures.md');
});
