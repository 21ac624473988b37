import { describe, expect, test } from 'vitest';
import { basicRow, Town, withoutEmail } from '../test-support/town.ts';
import { matchKeys, mergeDetails } from './people.ts';

const [here, sibling, foreign] = ['acme-1', 'acme-2', 'globex-1'] as const;
const ann = basicRow('ann');
const failed = (results: { failures: readonly { reference_id: string }[] }) =>
  results.failures.map((failure) => failure.reference_id);

describe('a person is recognised by', () => {
  const nameless = withoutEmail(basicRow('ann', { phone: '2155550101' }));
  test.each([
    [
      'e-mail and birth date, whatever the name',
      ann,
      basicRow('ann', { first_name: 'Anna', last_name: 'Other' }),
      true,
    ],
    ['e-mail, ignoring case', ann, basicRow('ann', { email: 'ANN@Example.COM' }), true],
    ['e-mail only with the same birth date', ann, basicRow('ann', { date_of_birth: '1990-05-18' }), false],
    ['name, birth date and phone together, if there is no e-mail (§8.17)', nameless, nameless, true],
    ['a phone with and without +1 (§8.17)', nameless, { ...nameless, phone: '+12155550101' }, true],
    ['a name only with the same phone (§8.17)', nameless, { ...nameless, phone: '2155550102' }, false],
    ['a phone only with the same name (§8.17)', nameless, { ...nameless, first_name: 'Anna' }, false],
    ['a phone only with the same birth date (§8.17)', nameless, { ...nameless, date_of_birth: '1990-05-18' }, false],
    ['nothing, if there is neither e-mail nor phone (§8.17)', withoutEmail(ann), withoutEmail(ann), false],
    [
      'nothing, if the e-mail is null and there is no phone (§8.17)',
      { ...ann, email: null },
      { ...ann, email: null },
      false,
    ],
  ])('%s', (_, first, second, recognised) => {
    const town = new Town();
    town.sync(foreign, [first]);
    expect(failed(town.sync(here, [{ ...second, reference_id: 'again' }]))).toEqual(recognised ? ['again'] : []);
  });

  test('the details that were applied last, not the first ones', () => {
    const town = new Town();
    town.sync(foreign, [ann]);
    town.sync(foreign, [basicRow('ann', { email: 'new@example.com' })]);
    expect(failed(town.sync(here, [basicRow('other', { email: 'new@example.com' })]))).toEqual(['other']);
    expect(failed(town.sync(here, [basicRow('other', { email: 'ann@example.com' })]))).toEqual([]);
  });
});

describe('a reference that is listed again', () => {
  test('has the same account and the same member id (LIFE-5, §8.13)', () => {
    const town = new Town();
    const { added_group_member_ids: first } = town.sync(here, [ann]);
    expect(town.sync(here, []).removed_group_member_ids).toEqual(first);
    expect(town.state(here, 'ann')).toBe('removed');
    expect(town.sync(here, [ann]).added_group_member_ids).toEqual(first);
    expect(town.state(here, 'ann')).toBe('active');
  });

  test('has the same account even if its new contact details match nobody', () => {
    const town = new Town();
    const { added_group_member_ids: first } = town.sync(here, [basicRow('ann', { phone: '2155550101' })]);
    town.sync(here, []);
    expect(town.sync(here, [basicRow('ann', { email: 'new@example.com' })]).added_group_member_ids).toEqual(first);
    expect(town.details(here, 'ann')).toMatchObject({ email: 'new@example.com', phone: '2155550101' });
  });

  test('with the details of someone else gets a different member id', () => {
    const town = new Town();
    const { added_group_member_ids: first } = town.sync(here, [ann, basicRow('bob')]);
    town.sync(here, []);
    const { added_group_member_ids: next } = town.sync(here, [basicRow('bob', { reference_id: 'ann' })]);
    expect(first).not.toContain(next[0]);
  });
});

describe('a reference that is listed again for somebody else (§8.32)', () => {
  const rae = basicRow('rae', { reference_id: 'ann', date_of_birth: '1985-02-11' });

  test('keeps its account, with the new details, if its former person is active nowhere', () => {
    const town = new Town();
    const { added_group_member_ids: first } = town.sync(here, [ann]);
    town.sync(here, []);
    expect(town.sync(here, [rae]).added_group_member_ids).toEqual(first);
    expect(town.details(here, 'ann')).toMatchObject({ first_name: 'rae', email: 'rae@example.com' });
  });

  test('keeps the e-mail of that account if the row has none', () => {
    const town = new Town();
    town.sync(here, [ann]);
    town.sync(here, []);
    town.sync(here, [withoutEmail(basicRow('ann', { last_name: 'Married' }))]);
    expect(town.details(here, 'ann')).toMatchObject({ last_name: 'Married', email: 'ann@example.com' });
  });

  test.each([
    ['another group', sibling],
    ['another organization', foreign],
  ])('gets a new account if its former person is active in %s, and that person stays unchanged', (_, elsewhere) => {
    const town = new Town();
    const { added_group_member_ids: first } = town.sync(here, [ann]);
    if (elsewhere === foreign) town.sync(here, []);
    town.sync(elsewhere, [basicRow('ann', { reference_id: 'b' })]);
    const { added_group_member_ids: next, failures } = town.sync(here, [rae]);
    expect(failures).toEqual([]);
    expect(next).toHaveLength(1);
    expect(next).not.toEqual(first);
    expect(town.details(elsewhere, 'b')).toMatchObject({ first_name: 'ann' });
    expect([...town.roster(elsewhere).keys()]).toEqual(['b']);
  });

  test('gets a new account, and is not refused, if its former person is in the group under another reference', () => {
    const town = new Town();
    town.sync(here, [ann]);
    const renamed = basicRow('ann', { reference_id: 'renamed' });
    town.sync(here, [renamed]);
    const results = town.sync(here, [renamed, rae]);
    expect(results).toMatchObject({ added_group_member_ids: [expect.any(String)], failures: [] });
    expect([...town.roster(here).keys()]).toEqual(['renamed', 'ann']);
    expect(town.details(here, 'renamed')).toMatchObject({ first_name: 'ann' });
  });

  test.each(['first', 'last'])(
    'gets a new account if another row matches its former person: the %s row',
    (position) => {
      const town = new Town();
      town.sync(here, [ann]);
      town.sync(here, []);
      const renamed = basicRow('ann', { reference_id: 'renamed' });
      const results = town.sync(here, position === 'first' ? [renamed, rae] : [rae, renamed]);
      expect(results.failures).toEqual([]);
      expect(town.details(here, 'renamed')).toMatchObject({ first_name: 'ann' });
      expect(town.details(here, 'ann')).toMatchObject({ first_name: 'rae' });
    },
  );

  test('gets a new account if two references had its former person and the other one returns too', () => {
    const town = new Town();
    town.sync(here, [ann]);
    town.sync(here, [basicRow('ann', { reference_id: 'renamed' })]);
    town.sync(here, []);
    const tom = basicRow('tom', { reference_id: 'renamed', date_of_birth: '1970-01-01' });
    const results = town.sync(here, [rae, tom]);
    expect(results.failures).toEqual([]);
    expect(results.added_group_member_ids).toHaveLength(2);
    expect(town.details(here, 'renamed')).toMatchObject({ first_name: 'tom' });
  });

  test('is handed on in the roster that lists its person under another: both are members, and stay so', () => {
    const town = new Town();
    town.sync(here, [ann]);
    const both = [rae, basicRow('ann', { reference_id: 'renamed' })];
    expect(town.sync(here, both)).toMatchObject({ added_group_member_ids: [expect.any(String)], failures: [] });
    expect(town.details(here, 'ann')).toMatchObject({ first_name: 'rae' });
    expect(town.details(here, 'renamed')).toMatchObject({ first_name: 'ann' });
    const again = { added_group_member_ids: [], removed_group_member_ids: [], failures: [] };
    expect(town.sync(here, both)).toEqual(again);
  });

  test('is the person it had, if that and an older account are known by the same details', () => {
    const town = new Town();
    town.sync(sibling, [basicRow('ann')]);
    const { added_group_member_ids: second } = town.sync(here, [basicRow('bob')]);
    const twin = basicRow('ann', { reference_id: 'bob' });
    town.sync(here, [twin]);
    town.sync(here, []);
    expect(town.sync(here, [twin]).added_group_member_ids).toEqual(second);
    expect(town.roster(sibling).size).toBe(1);
  });
});

describe('one person under two references', () => {
  test('in two syncs causes one removal and one addition (LIFE-13)', () => {
    const town = new Town();
    const { added_group_member_ids: old } = town.sync(here, [ann]);
    const results = town.sync(here, [basicRow('ann', { reference_id: 'renamed' })]);
    expect(results.removed_group_member_ids).toEqual(old);
    expect(results.added_group_member_ids).toHaveLength(1);
    expect([...town.roster(here).keys()]).toEqual(['renamed']);
  });

  test.each([
    ['both new', [], ann, basicRow('ann', { reference_id: 'second' })],
    ['the first present', [ann], ann, basicRow('ann', { reference_id: 'second' })],
    ['e-mail in two cases', [], ann, basicRow('ann', { reference_id: 'second', email: 'ANN@EXAMPLE.COM' })],
    [
      'the second without e-mail',
      [],
      basicRow('ann', { phone: '2155550101' }),
      withoutEmail(basicRow('ann', { reference_id: 'second', phone: '2155550101' })),
    ],
  ])(
    'in one payload becomes one member: the first row applies, the later one fails (§8.14): %s',
    (_, before, first, second) => {
      const town = new Town();
      town.sync(here, before);
      const results = town.sync(here, [first, second]);
      expect(results.failures).toMatchObject([{ reference_id: 'second', operation: 'add' }]);
      expect(results.failures[0]?.reason).toContain('"ann"');
      expect([...town.roster(here).keys()]).toEqual(['ann']);
    },
  );

  test('becomes one member if a row updates a present member to the details of a new row (§8.14)', () => {
    const town = new Town();
    town.sync(here, [ann]);
    const changed = basicRow('ann', { email: 'new@example.com' });
    const results = town.sync(here, [{ ...changed, reference_id: 'second' }, changed]);
    expect(results.failures).toMatchObject([{ reference_id: 'second', reason: expect.stringContaining('"ann"') }]);
    expect(town.sync(here, [changed])).toMatchObject({ failures: [], added_group_member_ids: [] });
  });

  test('keeps the reference that is already present, even if its row comes later, and the new one fails', () => {
    const town = new Town();
    town.sync(here, [ann]);
    const results = town.sync(here, [basicRow('ann', { reference_id: 'second' }), ann]);
    expect(failed(results)).toEqual(['second']);
    expect([...town.roster(here).keys()]).toEqual(['ann']);
  });
});

describe('a person who is active under another organization', () => {
  test('is blocked, keeps the other subscription, and the other rows apply (LIFE-9, LIFE-10)', () => {
    const town = new Town();
    town.sync(foreign, [ann]);
    const results = town.sync(here, [basicRow('bob'), ann, basicRow('cyd')]);
    expect(results.failures).toMatchObject([{ reference_id: 'ann', operation: 'add' }]);
    expect(results.failures[0]?.reason).toContain('another organization');
    expect([...town.roster(here).keys()]).toEqual(['bob', 'cyd']);
    expect(town.state(here, 'ann')).toBe('blocked');
    expect([...town.roster(foreign).keys()]).toEqual(['ann']);
    expect(town.sync(foreign, [ann]).added_group_member_ids).toEqual([]);
  });

  test('is added once the block is gone (LIFE-12)', () => {
    const town = new Town();
    town.sync(foreign, [ann]);
    town.sync(here, [ann]);
    town.sync(foreign, []);
    expect(town.sync(here, [ann]).added_group_member_ids).toHaveLength(1);
    expect(town.state(here, 'ann')).toBe('active');
  });

  test.each(['move', 'reject'] as const)('is blocked under cross-group=%s too', (crossGroup) => {
    const town = new Town({ 'cross-group': crossGroup });
    town.sync(foreign, [ann]);
    expect(failed(town.sync(here, [ann]))).toEqual(['ann']);
  });
});

describe('a person who is active in another group of the organization (§8.3)', () => {
  test('moves, and no later sync of the old group reports a removal (cross-group=move, §8.16)', () => {
    const town = new Town({ 'cross-group': 'move' });
    town.sync(sibling, [ann, basicRow('bob')]);
    expect(town.sync(here, [ann]).added_group_member_ids).toHaveLength(1);
    expect([...town.roster(sibling).keys()]).toEqual(['bob']);
    expect(town.state(sibling, 'ann')).toBe('removed');
    expect(town.sync(sibling, [basicRow('bob')]).removed_group_member_ids).toEqual([]);
  });

  test('moves also if an older account, active nowhere, is known by the same details', () => {
    const town = new Town();
    town.sync(here, [ann]);
    town.sync(here, []);
    town.sync(sibling, [basicRow('bob')]);
    town.sync(sibling, [basicRow('ann', { reference_id: 'bob' })]);
    expect(town.sync('acme-3', [basicRow('ann', { reference_id: 'third' })]).failures).toEqual([]);
    expect(town.roster(sibling).size).toBe(0);
  });

  test('moves back when the old group lists them again', () => {
    const town = new Town({ 'cross-group': 'move' });
    const { added_group_member_ids: old } = town.sync(sibling, [ann]);
    town.sync(here, [ann]);
    expect(town.sync(sibling, [ann]).added_group_member_ids).toEqual(old);
    expect(town.roster(here).size).toBe(0);
  });

  test('fails and stays where they are (cross-group=reject)', () => {
    const town = new Town({ 'cross-group': 'reject' });
    town.sync(sibling, [ann]);
    const results = town.sync(here, [ann, basicRow('bob')]);
    expect(results.failures).toMatchObject([{ reference_id: 'ann', operation: 'add' }]);
    expect(results.failures[0]?.reason).toContain(sibling);
    expect([...town.roster(sibling).keys()]).toEqual(['ann']);
    expect([...town.roster(here).keys()]).toEqual(['bob']);
  });

  test('is not affected by a different person with the same reference in another group (§8.23)', () => {
    const town = new Town();
    town.sync(sibling, [basicRow('ann', { reference_id: 'e1' })]);
    town.sync(here, [basicRow('bob', { reference_id: 'e1' })]);
    expect(town.roster(sibling).get('e1')).not.toBe(town.roster(here).get('e1'));
    expect(town.roster(sibling).size).toBe(1);
  });
});

describe('what is known of a person', () => {
  test('has no match key without an e-mail and a phone', () => {
    expect(matchKeys(withoutEmail(ann))).toEqual({ byEmail: null, byName: null });
  });

  test('a separator in a name cannot forge a match key', () => {
    const [a, b] = [
      basicRow('a', { first_name: 'A","B', phone: '2155550101' }),
      basicRow('a', { phone: '2155550101' }),
    ];
    expect(matchKeys(a).byName).not.toBe(matchKeys({ ...b, first_name: 'A', last_name: 'B' }).byName);
  });

  test('takes a given field, is cleared by null, keeps a field that is left out, and never includes reference or plan', () => {
    const known = mergeDetails(undefined, basicRow('ann', { phone: '2155550101' }));
    const merged = mergeDetails(known, { ...withoutEmail(ann), last_name: 'New' });
    expect(merged).toEqual({ ...known, last_name: 'New' });
    expect(mergeDetails(known, { ...ann, email: null }).email).toBeNull();
    expect(merged).not.toHaveProperty('reference_id');
    expect(merged).not.toHaveProperty('plan_id');
  });
});
