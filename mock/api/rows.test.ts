import { describe, expect, test } from 'vitest';
import { schemas } from '../../generated/validators.ts';
import type { MemberRow } from '../domain/people.ts';
import { expectRefusal, openMock, row } from '../test-support/frozen-mock.ts';

const text = (length: number) => 'x'.repeat(length);
const address = (overrides: object) => ({ address: { ...row('x').address, ...overrides } });
const without = (field: string, from: object = row('bob')) =>
  Object.fromEntries(Object.entries(from).filter(([name]) => name !== field));

/** A mock with one member, `ann`; a way to submit a roster, and a check that a refused roster had no effect. */
async function withAnn() {
  const { call, group, sync } = await openMock();
  const id = await group();
  await sync(id, [row('ann')]);
  return {
    submit: (members: unknown) => call('POST', `/v1/groups/${id}/members/sync`, { body: { members } }),
    /** If a part of the refused roster had been queued, this sync would add or remove somebody. */
    async expectUntouched() {
      expect(await sync(id, [row('ann')])).toEqual({ added: [], removed: [], failed: [], reasons: [] });
    },
  };
}

/** Invalid rows: the changed fields, the rule, and words of the refusal. */
const faults: readonly (readonly [faulty: object, rule: 'SYNC-10' | 'SYNC-11' | 'SYNC-12', words: string])[] = [
  ...['first_name', 'last_name', 'date_of_birth', 'plan_id', 'address'].map(
    (field) => [{ [field]: undefined }, 'SYNC-10', `expected the field "${field}", got none`] as const,
  ),
  ...['address_line_1', 'city', 'state', 'zipcode'].map(
    (field) =>
      [
        address({ [field]: undefined }),
        'SYNC-10',
        `.address (reference_id "bob"): expected the field "${field}"`,
      ] as const,
  ),
  ...['first_name', 'last_name', 'date_of_birth', 'plan_id', 'address'].map(
    (field) => [{ [field]: null }, 'SYNC-10', `.${field} (reference_id "bob"): expected`] as const,
  ),
  ...['address_line_1', 'city', 'state', 'zipcode'].map(
    (field) =>
      [address({ [field]: 5 }), 'SYNC-10', `.address.${field} (reference_id "bob"): expected a string`] as const,
  ),
  [{ address: [] }, 'SYNC-10', '.address (reference_id "bob"): expected an object'],

  ...['2001-02-29', '2026-13-01', '2026-00-10', '17.05.1990', '1990-5-17', '19900517', '1990-05-17T00:00:00Z', ''].map(
    (date_of_birth) =>
      [
        { date_of_birth },
        'SYNC-11',
        '.date_of_birth (reference_id "bob"): expected a calendar date such as 1988-04-12',
      ] as const,
  ),
  ...['', 'P', 'Pennsylvania'].map(
    (state) => [address({ state }), 'SYNC-11', '.address.state (reference_id "bob"): expected'] as const,
  ),

  ...['XX', 'pa', '19'].map(
    (state) =>
      [
        address({ state }),
        'SYNC-12',
        '.address.state (reference_id "bob"): expected a two-letter USPS code such as PA, got',
      ] as const,
  ),
  ...['1910', '191033', '19103-12', '19103 1234', 'ABCDE', ''].map(
    (zipcode) => [address({ zipcode }), 'SYNC-12', '.address.zipcode (reference_id "bob"): expected'] as const,
  ),
  ...['555', '215555010', '21555501011', '(215) 555-0101', ''].map(
    (phone) =>
      [
        { phone },
        'SYNC-12',
        '.phone (reference_id "bob"): expected a 10-digit US number such as 2155550101, or E.164',
      ] as const,
  ),
  ...['bob', 'bob@', '@example.com', 'b b@example.com', ''].map(
    (email) => [{ email }, 'SYNC-12', '.email (reference_id "bob"): expected'] as const,
  ),
  [{ first_name: '' }, 'SYNC-12', '.first_name (reference_id "bob"): expected at least 1 character, got ""'],
  [{ last_name: text(256) }, 'SYNC-12', '.last_name (reference_id "bob"): expected at most 255 characters'],
  [{ plan_id: '' }, 'SYNC-12', '.plan_id (reference_id "bob"): expected at least 1 character'],
  [address({ city: '' }), 'SYNC-12', '.address.city (reference_id "bob"): expected at least 1'],
  [
    address({ address_line_1: text(256) }),
    'SYNC-12',
    '.address.address_line_1 (reference_id "bob"): expected at most 255',
  ],
  [
    address({ address_line_2: 5 }),
    'SYNC-12',
    '.address.address_line_2 (reference_id "bob"): expected a string or null',
  ],
  [{ phone: 2155550101 }, 'SYNC-12', '.phone (reference_id "bob"): expected a string'],
  [{ email: 'bob@' }, 'SYNC-12', '.email (reference_id "bob"): expected an e-mail address, got "bob@"'],
  [{ email: 5 }, 'SYNC-12', '.email (reference_id "bob"): expected a string or null'],
];

describe('a roster is refused as a whole and nothing of it is queued', () => {
  test.each(faults)(
    'for a row with %j, under %s, and the refusal names row, reference and field',
    async (faulty, rule, words) => {
      const { submit, expectUntouched } = await withAnn();
      const answer = await submit([row('cyd'), { ...row('bob'), ...faulty }]);
      expectRefusal(answer, 400, rule, 'members[1]', '(reference_id "bob")', words);
      await expectUntouched();
    },
  );

  test.each([
    [without('reference_id'), 'SYNC-10', 'members[0]: expected the field "reference_id"'],
    [{ ...row('bob'), reference_id: 7 }, 'SYNC-10', 'members[0].reference_id: expected a string, got 7'],
    [{ ...row('bob'), reference_id: '' }, 'SYNC-12', 'members[0].reference_id (reference_id ""): expected at least 1'],
    [{ ...row('bob'), reference_id: text(256) }, 'SYNC-12', 'expected at most 255 characters'],
    [null, 'SYNC-10', 'members[0]: expected an object, got null'],
    ['bob', 'SYNC-10', 'members[0]: expected an object, got "bob"'],
  ] as const)('for a row without a valid reference, and the refusal names the row: %#', async (faulty, rule, words) => {
    const { submit, expectUntouched } = await withAnn();
    expectRefusal(await submit([faulty]), 400, rule, words);
    await expectUntouched();
  });

  test.each([
    [undefined, 'SYNC-10', 'body: expected the field "members", got none'],
    [null, 'SYNC-10', 'members: expected an array, got null'],
    [{}, 'SYNC-10', 'members: expected an array, got {}'],
    ['ann', 'SYNC-10', 'members: expected an array, got "ann"'],
    [Array.from({ length: 5001 }, (_, index) => row(`p${index}`)), 'SYNC-13', 'at most 5000 rows, got 5001 rows'],
  ] as const)('for members that are not a roster: %#', async (members, rule, words) => {
    const { submit, expectUntouched } = await withAnn();
    expectRefusal(await submit(members), 400, rule, words);
    await expectUntouched();
  });

  test('for a duplicate reference_id, even far apart and with different details (SYNC-8)', async () => {
    const { submit, expectUntouched } = await withAnn();
    const many = Array.from({ length: 1000 }, (_, index) => row(`p${index}`));
    const members = [row('bob'), ...many, row('other', { reference_id: 'bob' })];
    expectRefusal(await submit(members), 400, 'SYNC-8', 'members[1001].reference_id', '"bob"', 'members[0]');
    await expectUntouched();
  });
});

test('the refusal names up to five invalid rows', async () => {
  const { submit } = await withAnn();
  const bad = (name: string) => row(name, { first_name: '' });
  const { message } = (await submit([row('p0'), bad('p1'), row('p2'), bad('p3')])).body;
  expect(message).toContain('members[1].first_name (reference_id "p1")');
  expect(message).toContain('members[3].first_name (reference_id "p3")');
  const many = (await submit(Array.from({ length: 9 }, (_, index) => bad(`p${index}`)))).body.message;
  expect(many).toContain('members[4]');
  expect(many).not.toContain('members[5]');
  expect(many).toContain('and further rows');
});

describe('a valid row is accepted and added (SYNC-16, SYNC-20)', () => {
  const states =
    'AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI ' +
    'SC SD TN TX UT VT VA WA WV WI WY DC PR GU AS VI MP MH PW FM AE AA AP';

  test('in every state and territory', async () => {
    const { group, sync } = await openMock();
    const rows = states.split(' ').map((state) => row(state, address({ state }) as Partial<MemberRow>));
    expect(rows).toHaveLength(62);
    expect((await sync(await group(), rows)).added).toHaveLength(62);
  });

  test.each<[string, object]>([
    ['ZIP+4', address({ zipcode: '19103-1234' })],
    ['a leap-day birth date', { date_of_birth: '2004-02-29' }],
    ['a birth date in the future (§8.20)', { date_of_birth: '2126-01-01' }],
    ['a 255-character reference', { reference_id: text(255) }],
    ['255-character names', { first_name: text(255), last_name: 'é'.repeat(255) }],
    ['names beyond ASCII', { first_name: 'Zoë', last_name: '李 𝒳' }],
    ['e-mail and second address line null', { email: null, ...address({ address_line_2: null }) }],
    ['a second address line', address({ address_line_2: 'Apt 4' })],
    ['a 10-digit phone', { phone: '2155550101' }],
    ['an E.164 phone', { phone: '+12155550101' }],
    ['fields that the contract does not know', { ssn: 'x', __proto__: 'x', constructor: 'x' }],
  ])('with %s', async (_, overrides) => {
    const { group, sync } = await openMock();
    const valid = row('bob', overrides);
    expect(schemas.MemberRow(valid)).toBe(true);
    expect((await sync(await group(), [valid])).added).toHaveLength(1);
  });
});
