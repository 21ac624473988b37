import { expect, test } from 'vitest';
import { basicRow, Town, withoutEmail } from '../test-support/town.ts';

const group = 'acme-1';

/** A person who was removed, and whose new row has contact details that the mock has not seen before. */
const known = basicRow('ann');
const again = basicRow('ann', { email: 'new@example.com', phone: '2155550101' });

test.each([
  ['their new e-mail', basicRow('other', { email: 'NEW@example.com' })],
  ['their name and new phone', withoutEmail({ ...again, reference_id: 'other', phone: '+12155550101' })],
])('a later row of the same payload with %s matches the same person, and fails (§8.14)', (_, later) => {
  const town = new Town();
  town.sync(group, [known]);
  town.sync(group, []);
  const { failures } = town.sync(group, [again, later]);
  expect(failures).toMatchObject([{ reference_id: 'other', operation: 'add' }]);
  expect(failures[0]?.reason).toContain('"ann"');
  expect([...town.roster(group).keys()]).toEqual(['ann']);
});

test('a row that failed does not block a later row about the same person', () => {
  const town = new Town();
  const { failures } = town.sync(group, [
    basicRow('ann', { plan_id: 'none' }),
    basicRow('ann', { reference_id: 'second' }),
  ]);
  expect(failures).toMatchObject([{ reference_id: 'ann' }]);
  expect([...town.roster(group).keys()]).toEqual(['second']);
});

test('people without e-mail and phone are never matched with each other', () => {
  const town = new Town();
  const rows = [basicRow('ann'), withoutEmail(basicRow('bea')), withoutEmail(basicRow('cy'))].map(
    ({ phone: _, ...rest }) => rest,
  );
  expect(town.sync(group, rows).failures).toEqual([]);
  expect([...town.roster(group).keys()]).toEqual(['ann', 'bea', 'cy']);
});
