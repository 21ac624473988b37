import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MemberRow } from '../domain/people.ts';
import { acme, acmePlan, globex, globexPlan, openMock, row, unknownGroup } from '../test-support/frozen-mock.ts';
import { runs } from '../test-support/runs.ts';

describe('the preview of a sync', () => {
  test('names who would be added, kept, changed, removed and refused, and changes nothing', async () => {
    const { mock, group, sync } = await openMock();
    const [id, other] = [await group('Here'), await group('There')];
    await sync(other, [row('moving')]);
    await sync(id, [row('returning')]);
    await sync(id, [row('staying'), row('renamed'), row('switching'), row('leaving')]);
    const before = mock.control().exportSnapshot();

    const preview = mock.control().previewSync(id, {
      members: [
        row('staying'),
        row('renamed', { last_name: 'Married', address: { ...row('renamed').address, city: 'Pittsburgh' } }),
        row('switching', { plan_id: 'pln_another' }),
        row('new'),
        row('moving'),
        row('returning'),
        row('broken', { plan_id: 'pln_nobody_has' }),
      ],
    });

    expect(preview).toEqual({
      group_id: id,
      rows: 7,
      syncs_in_flight: 0,
      added: [
        { reference_id: 'new', plan_id: acmePlan, account: 'new', moved_from: null },
        { reference_id: 'moving', plan_id: acmePlan, account: 'known', moved_from: other },
        { reference_id: 'returning', plan_id: acmePlan, account: 'returning', moved_from: null },
      ],
      kept: ['staying', 'switching'],
      changed: [{ reference_id: 'renamed', fields: ['last_name', 'address.city'] }],
      removed: [{ reference_id: 'leaving', member_id: expect.stringMatching(/^grpmbr_/) }],
      refused: [{ reference_id: 'broken', operation: 'add', reason: expect.stringContaining('pln_nobody_has') }],
      ignored_plans: [{ reference_id: 'switching', plan_id: acmePlan, ignored_plan_id: 'pln_another' }],
    });
    expect(mock.control().exportSnapshot()).toEqual(before);
  });

  test('counts the syncs of the group that would complete first', async () => {
    const { mock, call, group } = await openMock();
    const [id, other] = [await group('Here'), await group('There')];
    for (const each of [id, other, id])
      await call('POST', `/v1/groups/${each}/members/sync`, { body: { members: [row('waiting')] } });
    const { added, syncs_in_flight } = mock.control().previewSync(id, { members: [row('waiting')] });
    expect({ added: added.length, syncs_in_flight }).toEqual({ added: 1, syncs_in_flight: 2 });
  });

  test('shows what a rejection would do, and does not use it up', async () => {
    const { mock, group, sync } = await openMock();
    const id = await group();
    await sync(id, [row('staying')]);
    mock.control().addRejection({ reference_id: 'staying', operation: 'remove', reason: 'On leave.' });
    const refused = [{ reference_id: 'staying', operation: 'remove', reason: 'On leave.' }];
    for (const _ of ['once', 'again'])
      expect(mock.control().previewSync(id, { members: [] })).toMatchObject({ removed: [], kept: [], refused });
    expect((await sync(id, [])).reasons).toEqual(['On leave.']);
  });

  test.each([
    ['a body that is no roster', { members: 'everyone' }, {}, /^members: expected an array/],
    ['a repeated reference', { members: [row('a'), row('a')] }, {}, /^members\[1\]\.reference_id: "a"/],
    [
      'a plan that a quirk refuses',
      { members: [row('a', { plan_id: 'pln_x' })] },
      { 'unknown-plan': 'reject' },
      /pln_x/,
    ],
    ['a phone that is not plain', { members: [row('a', { phone: '(215) 555-0101' })] }, {}, /^members\[0\]\.phone/],
  ] as const)('refuses %s as the submission does', async (_, body, quirks, message) => {
    const { mock, call, group } = await openMock({ quirks });
    const id = await group();
    const submitted = await call('POST', `/v1/groups/${id}/members/sync`, { body });
    expect(submitted.body.message).toMatch(message);
    expect(() => mock.control().previewSync(id, body as never)).toThrow(submitted.body.message);
  });

  test('reads phone numbers as leniently as the mock does', async () => {
    const { mock, group } = await openMock({ quirks: { 'phone-format': 'lenient' } });
    const { added } = mock.control().previewSync(await group(), { members: [row('a', { phone: '(215) 555-0101' })] });
    expect(added).toHaveLength(1);
  });

  test('of an unknown group is a 404', async () => {
    const { mock } = await openMock();
    const path = `/_mock/worlds/main/groups/${unknownGroup}/preview`;
    const answer = await fetch(mock.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"members":[]}',
    });
    expect([answer.status, ((await answer.json()) as { message: string }).message]).toEqual([
      404,
      expect.stringContaining(unknownGroup),
    ]);
  });
});

/** Rosters of few people under few references, so that they meet in every way. */
const roster = fc
  .uniqueArray(
    fc.record({
      reference: fc.constantFrom('r1', 'r2', 'r3', 'r4'),
      person: fc.constantFrom('ann', 'ben', 'cy'),
      city: fc.constantFrom('Erie', 'York'),
      plan: fc.constantFrom('own', 'foreign'),
    }),
    { selector: ({ reference }) => reference, maxLength: 4 },
  )
  .map((people) => ({
    rows: (plans: Readonly<Record<'own' | 'foreign', string>>): MemberRow[] =>
      people.map(({ reference, person, city, plan }) =>
        row(person, { reference_id: reference, plan_id: plans[plan], address: { ...row(person).address, city } }),
      ),
  }));

test.each(['move', 'reject'] as const)(
  'what a sync does is what its preview said, under cross-group=%s',
  async (crossGroup) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ group: fc.constantFrom(0, 1, 2), roster }), { minLength: 2, maxLength: 6 }),
        async (steps) => {
          const { mock, group, sync } = await openMock({ quirks: { 'cross-group': crossGroup }, port: false });
          const keys = [acme, acme, globex];
          const ids = [await group('A'), await group('B'), await group('C', globex)];
          const control = mock.control();
          const details = () =>
            new Map(control.listPeople().people.map(({ person, details: known }) => [person, known]));
          const active = (id: string) =>
            new Map(
              control
                .readRoster(id)
                .members.filter(({ state }) => state === 'active')
                .map((member) => [member.reference_id, member]),
            );
          for (const step of steps) {
            const [id, key] = [ids[step.group] as string, keys[step.group] as string];
            const [own, foreign] = key === acme ? [acmePlan, globexPlan] : [globexPlan, acmePlan];
            const members = step.roster.rows({ own, foreign });
            const [rosterBefore, detailsBefore] = [active(id), details()];
            const said = control.previewSync(id, { members });
            const done = await sync(id, members, key);
            const [rosterAfter, detailsAfter] = [active(id), details()];

            expect(said.refused.map(({ reason }) => reason)).toEqual(done.reasons);
            expect(said.refused.map(({ reference_id }) => reference_id)).toEqual(done.failed);
            expect(said.removed.map(({ member_id }) => member_id)).toEqual(done.removed);
            expect(said.added.map(({ reference_id }) => rosterAfter.get(reference_id)?.member_id)).toEqual(done.added);
            expect(said.added.filter(({ account }) => account === 'new')).toHaveLength(
              detailsAfter.size - detailsBefore.size,
            );
            for (const reference of said.kept) {
              expect(rosterAfter.get(reference)?.member_id).toBe(rosterBefore.get(reference)?.member_id);
              const person = rosterAfter.get(reference)?.person as number;
              expect(detailsAfter.get(person)).toEqual(detailsBefore.get(person));
            }
            for (const { reference_id } of said.changed) {
              const person = rosterAfter.get(reference_id)?.person as number;
              expect(detailsAfter.get(person)).not.toEqual(detailsBefore.get(person));
            }
            expect([...rosterAfter.keys()].sort()).toEqual(
              [
                ...said.added.map(({ reference_id }) => reference_id),
                ...said.kept,
                ...said.changed.map(({ reference_id }) => reference_id),
              ].sort(),
            );
          }
        },
      ),
      { numRuns: runs(15, 40) },
    );
  },
);
