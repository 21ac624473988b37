import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { MockWorld } from './mock-world.ts';
import { duration, type Reference, type Row, seededOrganizations } from './reference.ts';

type Command = fc.AsyncCommand<Reference, MockWorld>;

const pick = <const T>(...values: readonly T[]) => fc.constantFrom(...values);
const org = pick(...seededOrganizations);
/** An index into a list whose length is known only when the command runs. */
const place = fc.nat({ max: 30 });
const externalReference = pick(undefined, null, '', 'emp-1', 'EMP-1', 'emp 1/ä');

/**
 * Rows about six people in three families. There are fewer references than people, so that references are reused, and plans
 * of both organizations and of neither. Every detail can change separately, be shared with the family, be absent or null.
 */
const rowPlan = fc.record({
  reference: fc.nat({ max: 3 }),
  person: fc.nat({ max: 5 }),
  email: pick('own', 'own', 'own', 'OWN', 'new', 'family', 'none', 'none', 'null'),
  phone: pick('none', 'none', 'own', 'own', 'new', 'null'),
  born: pick('own', 'own', 'own', 'own', 'twin'),
  surname: pick('Example', 'Example', 'Married'),
  plan: pick('own', 'own', 'own', 'own', 'own', 'own', 'own', 'other', 'none'),
});
const rosterPlan = fc.oneof(
  { arbitrary: fc.uniqueArray(rowPlan, { maxLength: 5, selector: ({ reference }) => reference }), weight: 9 },
  { arbitrary: fc.array(rowPlan, { minLength: 2, maxLength: 5 }), weight: 1 },
);
type RowPlan = typeof rowPlan extends fc.Arbitrary<infer T> ? T : never;

const address = { address_line_1: '1 Main St', city: 'Philadelphia', state: 'PA', zipcode: '19103' };

function toRow({ reference, person, email, phone, born, surname, plan }: RowPlan, own: string, model: Reference): Row {
  const other = seededOrganizations.find((each) => each !== own) as string;
  const [ownPlan, otherPlan] = [model.plans[own]?.[0] as string, model.plans[other]?.[0] as string];
  const family = person - (person % 2);
  const emails = {
    own: `p${person}@example.com`,
    OWN: `P${person}@Example.COM`,
    new: `new-p${person}@example.com`,
    family: `family-${family}@example.com`,
    null: null,
  };
  const phones = { own: `215555010${person}`, new: `215555011${person}`, null: null };
  return {
    reference_id: `r${reference}`,
    first_name: `Person ${person}`,
    last_name: surname,
    date_of_birth: `199${born === 'twin' ? family : person}-05-17`,
    ...(email !== 'none' && { email: emails[email] }),
    ...(phone !== 'none' && { phone: phones[phone] }),
    plan_id: plan === 'own' ? ownPlan : plan === 'other' ? otherPlan : 'pln_none',
  };
}

const shown = (value: string | null | undefined) => JSON.stringify(value) ?? 'left out';

/** Makes a command; `text` describes it in a failure. */
const command = (text: string, run: Command['run'], check = (_: { syncs: readonly unknown[] }) => true): Command => ({
  check,
  run(model, real) {
    real.history.push(text);
    return run(model, real);
  },
  toString: () => text,
});

/** Creates a group in mock and model, and compares the answers. */
export async function createInBoth(
  model: Reference,
  real: MockWorld,
  own: string,
  name: string,
  reference?: string | null,
) {
  const body = { name, external_reference_id: reference };
  const answer = await real.call('POST', '/v1/groups', own, body);
  assert.equal(answer.status, model.create(own, name, reference || ''));
  if (answer.status !== 201) return;
  assert.ok(!real.groups.includes(answer.body.data.id), 'a new group has an id of its own');
  real.groups.push(answer.body.data.id);
  real.expectGroup(model, model.groups.at(-1) as (typeof model.groups)[number], answer.body.data);
}

const creates = fc
  .tuple(org, fc.nat({ max: 2 }), externalReference)
  .map(([own, name, reference]) =>
    command(`${own} creates a group G${name} with reference ${shown(reference)}`, (model, real) =>
      createInBoth(model, real, own, `G${name}`, reference),
    ),
  );

const updates = fc
  .tuple(place, fc.option(pick('G0', 'G1', 'G2')), externalReference, fc.integer({ min: 0, max: 9 }))
  .map(([at, name, reference, stranger]) =>
    command(
      `${stranger === 0 ? 'the other organization' : 'the owner'} updates group ${at} to name ${shown(name)}, reference ${shown(reference)}`,
      async (model, real) => {
        const index = at % model.groups.length;
        const group = model.groups[index] as (typeof model.groups)[number];
        const own = stranger === 0 ? (seededOrganizations.find((each) => each !== group.org) as string) : group.org;
        const body = { name, external_reference_id: reference };
        const answer = await real.call('PATCH', `/v1/groups/${real.groups[index]}`, own, body);
        assert.equal(answer.status, model.update(group, own, name ?? undefined, reference ?? undefined));
        const { body: after } = await real.call('GET', `/v1/groups/${real.groups[index]}`, group.org);
        real.expectGroup(model, group, after.data);
        if (answer.status === 200) assert.deepEqual(answer.body, after);
      },
    ),
  );

const lists = fc
  .tuple(org, externalReference, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 4 }))
  .map(([own, reference, page, limit]) =>
    command(`${own} lists page ${page} of ${limit} a page, reference ${shown(reference)}`, (model, real) =>
      real.expectList(model, own, reference || '', page, limit),
    ),
  );

/** Uses only the first four groups, two of each organization, so that the same people appear in several. */
const submits = fc.tuple(fc.nat({ max: 3 }), rosterPlan, fc.nat({ max: 19 })).map(([index, rows, stranger]) => {
  const texts = rows.map(
    (row) =>
      `r${row.reference}: person ${row.person} (e-mail ${row.email}, phone ${row.phone}, birth date ${row.born}, ` +
      `${row.surname}, ${row.plan} plan)`,
  );
  const who = stranger === 0 ? ' by the other organization' : '';
  return command(`sync of group ${index}${who} [${texts.join('; ')}]`, async (model, real) => {
    const group = model.groups[index] as (typeof model.groups)[number];
    const own = stranger === 0 ? (seededOrganizations.find((each) => each !== group.org) as string) : group.org;
    const members = rows.map((row) => toRow(row, own, model));
    const answer = await real.call('POST', `/v1/groups/${real.groups[index]}/members/sync`, own, {
      members: members.map((row) => ({ ...row, address })),
    });
    assert.equal(answer.status, model.submit(group, own, members));
    if (answer.status !== 202) return;
    assert.ok(!real.syncs.includes(answer.body.data.request_id), 'a new request has an id of its own');
    real.syncs.push(answer.body.data.request_id);
    await real.expectSync(model, model.syncs.at(-1) as (typeof model.syncs)[number]);
  });
});

/** Before, at and after the instant at which a sync is due. */
const steps = pick(1, duration - 1, duration, duration, 3 * duration).map((ms) =>
  command(`${ms} ms pass`, async (model, real) => {
    const { status } = await real.control('POST', '/clock/advance', { ms });
    assert.equal(status, 200);
    model.advance(ms);
    await real.expectEverything(model);
  }),
);

const retrievals = place.map((at) =>
  command(
    `retrieval of sync ${at}`,
    (model, real) => real.expectSync(model, model.syncs[at % model.syncs.length] as (typeof model.syncs)[number]),
    (model) => model.syncs.length > 0,
  ),
);

/** Sequences of commands, most of them syncs and clock steps. */
export const sequences = (maxCommands: number) =>
  fc.commands([creates, updates, lists, submits, submits, submits, steps, steps, retrievals], {
    maxCommands,
    size: 'max',
  });
