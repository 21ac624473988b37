import { describe, expect, test } from 'vitest';
import { basicRow, Town } from '../test-support/town.ts';
import { matchKeys, mergeDetails } from './people.ts';
import { defaultQuirks } from './quirks.ts';
import { reconcile as reconcileBy } from './reconcile.ts';
import type { LoadedSync } from './roster.ts';
import { refuseDuplicates } from './submission.ts';

/** A sync of an empty group, in a world where person 3, ann, is known. */
const sync = ({ rows = [], ...given }: Partial<LoadedSync>): LoadedSync => ({
  organizationId: 'acme',
  groupId: 'acme-1',
  listed: new Map(rows.map((each) => [each.reference_id, each.plan_id])),
  rows,
  roster: [],
  members: new Map(),
  people: new Map([[3, { key: 3, details: mergeDetails(undefined, basicRow('ann')), active: null }]]),
  matches: new Map(),
  plans: new Set(['basic']),
  ...given,
});

const reconcile = (loaded: LoadedSync) =>
  reconcileBy(loaded, {
    quirks: defaultQuirks,
    issueMemberId: () => 'member-1',
    issueAccountId: () => 'account-1',
  });

const ann = {
  key: 7,
  organizationId: 'acme',
  groupId: 'acme-1',
  referenceId: 'ann',
  memberId: 'member-7',
  person: 3,
};

describe('the changes of a sync', () => {
  test('are empty if nobody is listed and nobody is subscribed', () => {
    expect(reconcile(sync({})).changes).toEqual([]);
  });

  test('are empty if nothing is different', () => {
    expect(reconcile(sync({ roster: [ann], rows: [basicRow('ann')] })).changes).toEqual([]);
  });

  test('are an update if a field of a present member is different', () => {
    const rows = [basicRow('ann', { last_name: 'New' })];
    const details = mergeDetails(undefined, basicRow('ann', { last_name: 'New' }));
    expect(reconcile(sync({ roster: [ann], rows })).changes).toEqual([
      { kind: 'update', person: 3, details, keys: matchKeys(details) },
    ]);
  });

  test('are removals first, then additions', () => {
    expect(reconcile(sync({ roster: [ann], rows: [basicRow('bob')] })).changes).toEqual([
      { kind: 'unsubscribe', subscription: ann, state: 'removed' },
      {
        kind: 'subscribe',
        addition: {
          referenceId: 'bob',
          memberId: 'member-1',
          planId: 'basic',
          person: { newId: 'account-1' },
          details: mergeDetails(undefined, basicRow('bob')),
          keys: matchKeys(basicRow('bob')),
        },
        state: 'active',
      },
    ]);
  });
});

test('an impossible lifecycle transition throws an error that names state and event', () => {
  const members: LoadedSync['members'] = new Map([['ann', { state: 'provisioning', account: null }]]);
  expect(() => reconcile(sync({ members, rows: [basicRow('ann')] }))).toThrow(
    'a member that is provisioning cannot be listed',
  );
});

test('a repeated reference_id is refused with a code and a message', () => {
  expect(() => refuseDuplicates([basicRow('a'), basicRow('a')])).toThrow(
    expect.objectContaining({
      code: 'duplicate_reference_id',
      message: 'members[1].reference_id: "a" is already used by members[0]; a reference_id may occur once in a roster.',
    }),
  );
});

test('a new reference for a present member is not a move between groups, so cross-group=reject allows it (LIFE-13)', () => {
  const town = new Town({ 'cross-group': 'reject' });
  town.sync('acme-1', [basicRow('ann')]);
  const results = town.sync('acme-1', [basicRow('ann', { reference_id: 'renamed' })]);
  expect(results.failures).toEqual([]);
  expect([...town.roster('acme-1').keys()]).toEqual(['renamed']);
});

test('someone who left and came back is still the same person: blocked under another organization', () => {
  const town = new Town();
  town.sync('acme-1', [basicRow('ann'), basicRow('bob')]);
  town.sync('acme-1', []);
  town.sync('acme-1', [basicRow('bob')]);
  expect(town.sync('globex-1', [basicRow('bob')]).failures).toMatchObject([{ reference_id: 'bob' }]);
});
