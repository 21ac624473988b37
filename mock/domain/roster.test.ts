import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { basicRow, plans, Town } from '../test-support/town.ts';
import type { MemberRow } from './people.ts';
import { Problem } from './problems.ts';
import { refuseDuplicates } from './submission.ts';

const names = ['ann', 'bob', 'cyd', 'dan', 'eve', 'fay', 'gus', 'hal'];
const group = 'acme-1';

/** Any roster of distinct people, in any order, on any plan. */
const rosters = fc
  .uniqueArray(fc.record({ name: fc.constantFrom(...names), plan: fc.constantFrom(...plans), city: fc.string() }), {
    selector: ({ name }) => name,
  })
  .map((people) =>
    people.map(({ name, plan, city }) =>
      basicRow(name, { plan_id: plan, address: { ...basicRow(name).address, city } }),
    ),
  );

const references = (rows: readonly MemberRow[]) => new Set(rows.map((each) => each.reference_id));
const minus = <T>(one: ReadonlySet<T>, other: ReadonlySet<T>) => new Set([...one].filter((each) => !other.has(each)));
const both = <T>(one: ReadonlySet<T>, other: ReadonlySet<T>) => new Set([...one].filter((each) => other.has(each)));

describe('the roster is replaced by the rows', () => {
  test('added is new minus old, removed is old minus new, and those in both keep their id (LIFE-1 to LIFE-4)', () => {
    fc.assert(
      fc.property(rosters, rosters, (old, next) => {
        const town = new Town();
        town.sync(group, old);
        const before = town.roster(group);
        const results = town.sync(group, next);
        const after = town.roster(group);

        const [was, is] = [references(old), references(next)];
        expect(results.failures).toEqual([]);
        expect(new Set(results.added_group_member_ids)).toEqual(
          new Set([...minus(is, was)].map((id) => after.get(id))),
        );
        expect(results.added_group_member_ids).toHaveLength(minus(is, was).size);
        expect(results.removed_group_member_ids).toEqual([...minus(was, is)].map((id) => before.get(id)));
        expect(new Set(after.keys())).toEqual(is);
        for (const kept of both(is, was)) expect(after.get(kept)).toBe(before.get(kept));
      }),
    );
  });

  test('the same roster again, in any order, changes nothing (SYNC-17, SYNC-18)', () => {
    fc.assert(
      fc.property(
        rosters.chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length }))),
        ([rows, shuffled]) => {
          const town = new Town();
          town.sync(group, rows);
          const before = town.roster(group);
          for (const again of [rows, shuffled])
            expect(town.sync(group, again)).toEqual({
              added_group_member_ids: [],
              removed_group_member_ids: [],
              failures: [],
            });
          expect(town.roster(group)).toEqual(before);
        },
      ),
    );
  });

  test('an empty roster removes everyone (SYNC-9)', () => {
    fc.assert(
      fc.property(rosters, (rows) => {
        const town = new Town();
        town.sync(group, rows);
        const ids = [...town.roster(group).values()];
        expect(town.sync(group, []).removed_group_member_ids).toEqual(ids);
        expect(town.roster(group).size).toBe(0);
      }),
    );
  });
});

describe('a row that fails never stops the others (LIFE-10)', () => {
  /** What can be wrong with a row. */
  const kinds = fc.constantFrom('valid', 'no such plan', 'blocked', 'the same person again');
  const mixed = fc
    .uniqueArray(fc.record({ name: fc.constantFrom(...names), kind: kinds }), { selector: ({ name }) => name })
    .map((people) =>
      people.map(({ name, kind }, index) => ({ kind, row: rowOf(kind, basicRow(name), people[index - 1]?.name) })),
    );

  function rowOf(kind: string, valid: MemberRow, neighbour: string | undefined): MemberRow {
    if (kind === 'no such plan') return { ...valid, plan_id: 'other' };
    if (kind === 'blocked') return { ...valid, email: `blocked.${valid.email}` };
    if (kind === 'the same person again' && neighbour) return { ...valid, email: `${neighbour}@example.com` };
    return valid;
  }

  test('every row is either added, kept or in failures', () => {
    fc.assert(
      fc.property(rosters, mixed, (old, next) => {
        const town = new Town();
        town.sync(group, old);
        const before = town.roster(group);
        const rows = next.map((each) => each.row);
        const results = town.sync(group, rows);
        const after = town.roster(group);

        const failed = new Set(results.failures.map((failure) => failure.reference_id));
        const kept = both(references(rows), references(old));
        const added = new Set([...after.keys()].filter((id) => !before.has(id)));
        expect(failed.size).toBe(results.failures.length);
        expect(results.added_group_member_ids).toHaveLength(added.size);
        expect(failed.size + kept.size + added.size).toBe(rows.length);
        expect(new Set([...failed, ...kept, ...added])).toEqual(references(rows));
        for (const { kind, row: each } of next)
          if (kind === 'valid' && !failed.has(each.reference_id)) expect(after.has(each.reference_id)).toBe(true);
        for (const { operation, reason } of results.failures) {
          expect(operation).toBe('add');
          expect(reason).not.toBe('');
        }
      }),
    );
  });

  test('no sequence of syncs of several groups makes anyone active twice (LIFE-11)', () => {
    const history = fc.array(fc.tuple(fc.constantFrom('acme-1', 'acme-2', 'globex-1'), mixed), { maxLength: 8 });
    fc.assert(
      fc.property(history, fc.constantFrom('move', 'reject'), (syncs, crossGroup) => {
        const town = new Town({ 'cross-group': crossGroup });
        for (const [id, next] of syncs)
          town.sync(
            id,
            next.map((each) => each.row),
          ); // The town refuses a second subscription.
      }),
    );
  });
});

describe('a rejection', () => {
  test('of an addition makes the row fail with its reason; a sync after it is cleared adds the row', () => {
    const town = new Town();
    town.reject('add', 'ann', 'Not today.');
    const results = town.sync(group, [basicRow('ann'), basicRow('bob')]);
    expect(results.failures).toEqual([{ reference_id: 'ann', operation: 'add', reason: 'Not today.' }]);
    expect([...town.roster(group).keys()]).toEqual(['bob']);
    expect(town.state(group, 'ann')).toBe('failed');
    town.reject('add', 'ann', undefined);
    expect(town.sync(group, [basicRow('ann'), basicRow('bob')]).added_group_member_ids).toHaveLength(1);
  });

  test('of a removal keeps the member subscribed; a sync after it is cleared removes the member', () => {
    const town = new Town();
    const { added_group_member_ids: ids } = town.sync(group, [basicRow('ann')]);
    town.reject('remove', 'ann', 'Not today.');
    expect(town.sync(group, [])).toEqual({
      added_group_member_ids: [],
      removed_group_member_ids: [],
      failures: [{ reference_id: 'ann', operation: 'remove', reason: 'Not today.' }],
    });
    expect(town.state(group, 'ann')).toBe('active');
    town.reject('remove', 'ann', undefined);
    expect(town.sync(group, []).removed_group_member_ids).toEqual(ids);
  });

  test('of the removal of a person who is listed under another reference makes that row fail, and they stay', () => {
    const town = new Town();
    town.sync(group, [basicRow('ann')]);
    town.reject('remove', 'ann', 'Not today.');
    const results = town.sync(group, [basicRow('ann', { reference_id: 'renamed' })]);
    expect(results.failures).toMatchObject([
      { reference_id: 'ann', operation: 'remove' },
      { reference_id: 'renamed', operation: 'add' },
    ]);
    expect([...town.roster(group).keys()]).toEqual(['ann']);
  });
});

describe('a member who is present', () => {
  test('stays unchanged if the plan changes, even to one that does not exist (LIFE-7, §8.15)', () => {
    const town = new Town();
    town.sync(group, [basicRow('ann')]);
    for (const plan_id of ['plus', 'other'])
      expect(town.sync(group, [basicRow('ann', { plan_id })])).toEqual({
        added_group_member_ids: [],
        removed_group_member_ids: [],
        failures: [],
      });
  });

  test('gets changed personal fields, is neither added nor removed, and keeps optional fields that are left out (LIFE-6)', () => {
    const town = new Town();
    town.sync(group, [basicRow('ann', { phone: '2155550101' })]);
    const results = town.sync(group, [basicRow('ann', { last_name: 'Newname', email: null })]);
    expect(results.added_group_member_ids).toEqual([]);
    expect(results.removed_group_member_ids).toEqual([]);
    expect(town.details(group, 'ann')).toMatchObject({ last_name: 'Newname', email: null, phone: '2155550101' });
  });
});

describe('a reference_id that occurs twice', () => {
  const rows = (...references: string[]) => references.map((reference_id) => basicRow('x', { reference_id }));
  const many = Array.from({ length: 4998 }, (_, index) => `r${index}`);

  test.each([
    ['adjacent', ['a', 'a'], 1, 0],
    ['far apart', ['a', ...many, 'a'], 4999, 0],
    ['not the first', ['a', 'b', 'c', 'b'], 3, 1],
    ['three times, and the second one is named', ['a', 'a', 'a'], 1, 0],
    ['a property that every object has', ['__proto__', 'constructor', '__proto__'], 2, 0],
  ])('is refused and both rows are named: %s (SYNC-8)', (_, references, second, first) => {
    const refused = () => refuseDuplicates(rows(...references));
    expect(refused).toThrow(Problem);
    expect(refused).toThrow(`members[${second}].reference_id`);
    expect(refused).toThrow(`members[${first}];`);
    expect(refused).toThrow(expect.objectContaining({ rule: 'SYNC-8', kind: 'malformed' }));
  });

  test('with different case or spaces is a different reference', () => {
    expect(() => refuseDuplicates(rows('a', 'A', ' a', 'a '))).not.toThrow();
  });
});
