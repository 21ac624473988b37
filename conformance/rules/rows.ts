import contract from '../../generated/openapi.json' with { type: 'json' };
import { rule, should } from '../run/check.ts';
import type { CheckContext } from '../run/context.ts';
import { expect } from '../run/expect.ts';
import type { MemberRow } from '../run/people.ts';
import { sorted } from '../run/sync-results.ts';
import type { TestGroup } from '../run/test-group.ts';
import { expectInvalid } from './support.ts';

const { reference_id } = contract.components.schemas.MemberRow.properties;
const { state: stateSchema } = contract.components.schemas.Address.properties;
const maxLength = reference_id.maxLength;

/** A row with fields replaced, whatever their type; undefined leaves one out. */
function altered(
  row: MemberRow,
  fields: Readonly<Record<string, unknown>>,
  address: Readonly<Record<string, unknown>> = {},
) {
  return { ...row, address: { ...row.address, ...address }, ...fields };
}

/**
 * Submits faulty rosters, each of which would also drop and add someone if it were applied, and expects that each is
 * refused as invalid and membership is as before.
 */
async function expectRosterRefused(run: CheckContext, faults: readonly FaultyRow[]): Promise<void> {
  const group = await run.group();
  const [kept, dropped] = run.people.many(2) as [MemberRow, MemberRow];
  const { added } = await run.sync(group, [kept, dropped]);
  for (const [what, faulty] of faults)
    expectInvalid(
      await group.submit([kept, run.people.one(), faulty(run.people.one()), run.people.one()]),
      `a roster with ${what}`,
    );
  expect(await run.removeAllMembers(group), 'members after the refused rosters').toEqual(sorted(added));
}

const required = ['reference_id', 'first_name', 'last_name', 'date_of_birth', 'plan_id', 'address'] as const;
const requiredOfAddress = ['address_line_1', 'city', 'state', 'zipcode'] as const;

type FaultyRow = readonly [what: string, faulty: (row: MemberRow) => unknown];

/** Rows in which a required field is missing or of each wrong type. */
function wrongValues(
  name: string,
  withFields: (row: MemberRow, fields: Readonly<Record<string, unknown>>) => unknown,
): FaultyRow[] {
  const values = {
    missing: undefined,
    null: null,
    'a number': 7,
    'a boolean': true,
    'a list': ['PA'],
    'an object': { a: 'PA' },
  };
  return Object.entries(values).map(([what, value]) => [
    `a row whose ${name} is ${what}`,
    (row) => withFields(row, { [name]: value }),
  ]);
}

/** Rosters of one row that a careful service refuses: what is wrong, and the row. */
function carelessRows(row: MemberRow): [string, unknown][] {
  const over = 'x'.repeat(maxLength + 1);
  return [
    ...['ZZ', 'pa', 'Pa'].map((state): [string, unknown] => [`state ${state}`, altered(row, {}, { state })]),
    ...['1910', '191066', 'ABCDE', '19106-12', '191061234', '19106 1234', '19106\n', '１９１０６'].map(
      (zipcode): [string, unknown] => [`zipcode ${JSON.stringify(zipcode)}`, altered(row, {}, { zipcode })],
    ),
    ...['12345', '215555010', 'not a number', '21555501OO', '+1234567890123456', '２１５５５５０１０１'].map(
      (phone): [string, unknown] => [`phone ${phone}`, altered(row, { phone })],
    ),
    ...['nobody', 'nobody@', '@example.com', 'no body@example.com', 'no@body@example.com'].map(
      (email): [string, unknown] => [`email ${email}`, altered(row, { email })],
    ),
    ...(['reference_id', 'first_name', 'last_name', 'plan_id'] as const).map((name): [string, unknown] => [
      `an empty ${name}`,
      altered(row, { [name]: '' }),
    ]),
    ...(['address_line_1', 'city'] as const).map((name): [string, unknown] => [
      `an empty ${name}`,
      altered(row, {}, { [name]: '' }),
    ]),
    ...(['reference_id', 'first_name', 'last_name'] as const).map((name): [string, unknown] => [
      `an over-long ${name}`,
      altered(row, { [name]: over }),
    ]),
    ...(['address_line_1', 'city'] as const).map((name): [string, unknown] => [
      `an over-long ${name}`,
      altered(row, {}, { [name]: over }),
    ]),
    ['a numeric email', altered(row, { email: 7 })],
    ['a numeric phone', altered(row, { phone: 2155550101 })],
    ['a numeric address_line_2', altered(row, {}, { address_line_2: 7 })],
  ];
}

/** Expects that valid rows are accepted and all added. */
export async function expectAllAdded(
  run: CheckContext,
  group: TestGroup,
  rows: readonly MemberRow[],
  what: string,
): Promise<void> {
  const answer = await group.submit(rows);
  expect(answer.status, `status of ${what} (${answer.text.slice(0, 300)})`).toBe(202);
  const { added, failures } = await run.resultsOf(group, run.accepted(answer, rows.length));
  expect(failures, `failures of ${what}`).toEqual([]);
  expect(added.length, `number added of ${what}`).toBe(rows.length);
}

export const rowChecks = [
  rule(
    'SYNC-10',
    'a row without a required field, or with one of the wrong type, is refused and no row is applied',
    async (run) => {
      await expectRosterRefused(run, [
        ...required.flatMap((name) => wrongValues(name, (row, fields) => altered(row, fields))),
        ...requiredOfAddress.flatMap((name) => wrongValues(name, (row, fields) => altered(row, {}, fields))),
        ['an address that is an empty object', (row) => altered(row, { address: {} })],
        ['an address that is a text', (row) => altered(row, { address: Object.values(row.address).join(', ') })],
        ['a LAST_NAME and no last_name', (row) => altered(row, { last_name: undefined, LAST_NAME: row.last_name })],
        ['a row that is null', () => null],
        ['a row that is a string', () => 'row'],
      ]);
    },
  ),
  rule('SYNC-10', 'a faulty row is refused wherever it is in a roster', async (run) => {
    const group = await run.group();
    const { added } = await run.sync(group, [run.people.one()]);
    const length = 120;
    for (const position of [0, 50, length - 1]) {
      const rows: unknown[] = run.people.many(length);
      rows[position] = { ...run.people.one(), last_name: undefined };
      expectInvalid(await group.submit(rows), `a roster of ${length} whose row ${position + 1} has no last_name`);
    }
    expect(await run.removeAllMembers(group), 'members after the refused rosters').toEqual(sorted(added));
  }),
  should('SYNC-10', 'the status is 400', async (run) => {
    const group = await run.groupToRefuse();
    const row = run.people.one();
    const bodies: [string, unknown][] = [
      ['no members', {}],
      ['a row that is a text', { members: ['row'] }],
      ...required.map((name): [string, unknown] => [
        `a row without ${name}`,
        { members: [altered(row, { [name]: undefined })] },
      ]),
      ['a row whose last_name is a number', { members: [altered(row, { last_name: 7 })] }],
    ];
    for (const [what, body] of bodies) {
      const { status } = await group.send('submitMemberSync', { body });
      expect(status, `status of a roster with ${what}`).toBe(400);
    }
  }),
  rule('SYNC-10', 'a body without members, or with members of the wrong type, is refused', async (run) => {
    const group = await run.group();
    const { added } = await run.sync(group, [run.people.one()]);
    for (const body of [
      {},
      { MEMBERS: [] },
      { members: null },
      { members: {} },
      { members: 'none' },
      [],
      'none',
      null,
    ]) {
      const answer = await group.send('submitMemberSync', { rawBody: JSON.stringify(body) });
      expectInvalid(answer, `the body ${JSON.stringify(body)}`);
    }
    expect(await run.removeAllMembers(group), 'members after the refused bodies').toEqual(sorted(added));
  }),
  rule(
    'SYNC-11',
    'an impossible or badly formatted birth date, or a state that is not two characters, is refused',
    async (run) => {
      const dates = [
        '1990-02-30',
        '1991-02-29',
        '1990-13-01',
        '1990-00-10',
        '01/02/1990',
        '1990-1-2',
        '19900102',
        '',
        '1990-01-02T00:00:00Z',
        '1900-02-29',
        '1990-04-31',
        ' 1990-01-02',
        '1990-01-02\n',
        '１９９０-０１-０２',
      ];
      const states = ['P', 'PEN', '', 'Pennsylvania', 'PA\n', ' PA'];
      await expectRosterRefused(run, [
        ...dates.map((date_of_birth): [string, (row: MemberRow) => unknown] => [
          `date_of_birth ${JSON.stringify(date_of_birth)}`,
          (row) => altered(row, { date_of_birth }),
        ]),
        ...states.map((state): [string, (row: MemberRow) => unknown] => [
          `state ${JSON.stringify(state)}`,
          (row) => altered(row, {}, { state }),
        ]),
      ]);
    },
  ),
  should('SYNC-11', 'the status is 400', async (run) => {
    const group = await run.groupToRefuse();
    const row = run.people.one();
    const { status } = await group.submit([altered(row, { date_of_birth: '1990-02-30' })]);
    expect(status, 'status of a roster with an impossible date_of_birth').toBe(400);
    const answer = await group.submit([altered(row, {}, { state: 'Pennsylvania' })]);
    expect(answer.status, 'status of a roster with a state of twelve characters').toBe(400);
  }),
  rule('SYNC-12', 'a value that is out of its set, format or length is 400', async (run) => {
    const group = await run.group();
    const accepted: string[] = [];
    for (const [what, row] of carelessRows(run.people.one())) {
      const { status } = await group.submit([row]);
      if (status !== 400) accepted.push(`${what}: ${status}`);
    }
    expect(accepted, 'faulty rows that were not answered with 400').toEqual([]);
  }),
  rule('SYNC-16', 'email and address_line_2 may be omitted or null', async (run) => {
    const { email, ...withoutEmail } = run.people.one();
    const row = run.people.one();
    const rows: MemberRow[] = [
      withoutEmail,
      run.people.one({ email: null }),
      { ...row, address: { ...row.address, address_line_2: null } },
      run.people.one({ address: { ...row.address, address_line_2: 'Unit 4' } }),
    ];
    await expectAllAdded(run, await run.group(), rows, 'rows without email or address_line_2');
  }),
  should('SYNC-16', 'phone may be omitted or null', async (run) => {
    const { phone, ...withoutPhone } = run.people.one();
    const rows = [withoutPhone, run.people.one({ phone: null }), run.people.one({ phone: null, email: null })];
    await expectAllAdded(run, await run.group(), rows, 'rows without phone');
  }),
  rule('SYNC-20', 'every listed state and territory is accepted', async (run) => {
    const rows = stateSchema.enum.map((state) => {
      const row = run.people.one();
      return { ...row, address: { ...row.address, state: state as MemberRow['address']['state'] } };
    });
    await expectAllAdded(run, await run.group(), rows, 'a roster with every state and territory');
  }),
  should('SYNC-20', 'names of 255 characters that are not ASCII are accepted', async (run) => {
    const rows = [run.people.one({ first_name: 'é'.repeat(maxLength), last_name: 'ß'.repeat(maxLength) })];
    await expectAllAdded(run, await run.group(), rows, 'a row with names of 255 non-ASCII characters');
  }),
  rule('SYNC-20', 'unusual but valid rows are accepted', async (run) => {
    const at = (zipcode: string) => ({ ...run.people.one().address, zipcode });
    const rows = [
      run.people.one({ address: at('19106') }),
      run.people.one({ address: at('19106-1234') }),
      run.people.one({ date_of_birth: '1992-02-29' }),
      run.people.one({ date_of_birth: '2000-02-29' }),
      run.people.one({ reference_id: run.reference().padEnd(maxLength, 'r') }),
      run.people.one({ reference_id: run.reference().padEnd(maxLength, 's') }),
      run.people.one({ first_name: 'F'.repeat(maxLength), last_name: 'L'.repeat(maxLength) }),
      run.people.one({ first_name: 'Zoë', last_name: 'Nuñez-Ó Briain' }),
      run.people.one({ first_name: '愛', last_name: '王' }),
      run.people.one({ phone: '2155550100' }),
      run.people.one({ email: run.people.one().email?.toUpperCase() ?? null }),
    ];
    await expectAllAdded(run, await run.group(), rows, 'a roster of unusual but valid rows');
  }),
  rule('GRP-16', 'reference_ids that differ in case, accents or white space are different', async (run) => {
    const group = await run.group();
    const base = `ct-${run.reference()}`;
    const ids = [`${base}-a`, `${base}-A`, `${base}-á`, ` ${base}-a`, `${base}-a `];
    const answer = await group.submit(ids.map((reference_id) => run.people.one({ reference_id })));
    expect(answer.status, 'status of a roster whose reference_ids differ so little').toBe(202);
    const { added, failures } = await run.resultsOf(group, run.accepted(answer, ids.length));
    expect(failures, 'failures').toEqual([]);
    expect(added.length, 'number added').toBe(ids.length);
    for (const end of ['-B', '-b', '-b\u0301', '-b\u0301 ']) {
      const next = await run.sync(group, [run.people.one({ reference_id: base + end })]);
      expect(next.added.length, `number added by ${JSON.stringify(base + end)} after one that is similar`).toBe(1);
    }
  }),
];
