import { expect, test } from 'vitest';
import { type AdviceId, advice } from '../../generated/advice.ts';
import { type Client, limited, openClientMock, pages, polling, rosters } from '../test-support/clients.ts';
import { acme, openMock, row } from '../test-support/frozen-mock.ts';

const staff = ['ada', 'bea', 'cy', 'dee'].map((name) => row(name));
const blocked = row('eve', { email: 'blocked.eve@example.com' });
const otherPlan = { plan_id: 'pln_other' };
const named = (external_reference_id: string, name = 'A') => ({ body: { name, external_reference_id } });

/** For every finding, clients that cause it, and similar clients that are correct. */
const clients: Readonly<
  Record<AdviceId, { readonly bad: Readonly<Record<string, Client>>; readonly good: Readonly<Record<string, Client>> }>
> = {
  'ADV-APPEND': {
    bad: {
      'sends only the newcomer': rosters(staff, [row('new')]),
      'sends only the changed row': rosters(staff, [row('ada', { last_name: 'Married' })]),
      'sends only somebody who cannot be added': rosters(staff, [blocked]),
      'sends more newcomers than there were members': rosters(
        staff,
        [...'abcdefgh'].map((name) => row(name)),
      ),
    },
    good: {
      'sends everyone and the newcomer': rosters(staff, [...staff, row('new')]),
      'removes half of them and adds somebody': rosters(staff, [...staff.slice(2), row('new')]),
      'removes most of them': rosters(staff, staff.slice(3)),
      'removes everybody': rosters(staff, []),
      'has two members and replaces both': rosters(staff.slice(2), [row('new')]),
    },
  },
  'ADV-PLAN-CHANGE': {
    bad: { 'names the new plan at once': rosters(staff, [row('ada', otherPlan), ...staff.slice(1)]) },
    good: {
      'leaves the person out of one sync': rosters(staff, staff.slice(1), staff),
    },
  },
  'ADV-UNREAD': {
    bad: {
      async 'treats the receipt as the result'({ group, submit, wait }) {
        await submit(await group(), staff);
        wait(1000);
      },
      async 'retrieves once, too early'({ group, submit, call, wait }) {
        await call('GET', await submit(await group(), [blocked]));
        wait(1000);
      },
    },
    good: {
      'reads the results': rosters(staff),
      async 'does not know the sync, because the answer was lost'({ group, mock, submit, wait }) {
        const id = await group();
        mock.control().addFault({ cut: 'connection', applied: true, times: 1 });
        await expect(submit(id, staff)).rejects.toThrow();
        wait(1000);
      },
      async 'cannot read because of a fault'({ group, mock, submit, call, wait }) {
        const path = await submit(await group(), staff);
        wait(1000);
        mock.control().addFault({ status: 429, times: 1 });
        await call('GET', path);
      },
      async 'is still waiting for it'({ group, submit }) {
        await submit(await group(), staff);
      },
    },
  },
  'ADV-FAILURES': {
    bad: {
      'sends the same roster next month': rosters([...staff, blocked], [...staff, blocked]),
      'changes other rows only': rosters([...staff, blocked], [...staff.slice(1), blocked]),
    },
    good: {
      'corrects the row': rosters([blocked], [row('eve')]),
      'leaves the row out': rosters([...staff, blocked], staff),
      'tries a correction that fails too': rosters([blocked], [{ ...blocked, last_name: 'Corrected' }]),
    },
  },
  'ADV-RESUBMIT': {
    bad: {
      async 'submits the same roster twice'({ group, submit, call, wait }) {
        const id = await group();
        const paths = [await submit(id, staff), await submit(id, staff)];
        wait(2000);
        for (const path of paths) await call('GET', path);
      },
    },
    good: {
      'submits the same roster again after completion': rosters(staff, staff),
      async 'submits two different rosters'({ group, submit, call, wait }) {
        const id = await group();
        const paths = [await submit(id, staff), await submit(id, [...staff, row('new')])];
        wait(2000);
        for (const path of paths) await call('GET', path);
      },
      async 'submits again after a lost answer'({ group, mock, submit, call, wait }) {
        const id = await group();
        mock.control().addFault({ cut: 'connection', applied: true, times: 1 });
        await expect(submit(id, staff)).rejects.toThrow();
        const path = await submit(id, staff);
        wait(2000);
        await call('GET', path);
      },
      async 'submits the same to two groups'({ group, submit, call, wait }) {
        const paths = [await submit(await group('A'), []), await submit(await group('B'), [])];
        wait(2000);
        for (const path of paths) await call('GET', path);
      },
    },
  },
  'ADV-FAST-POLL': {
    bad: {
      'does not wait': polling(...Array.from({ length: 8 }, () => 0)),
      'waits a quarter of a second': polling(...Array.from({ length: 6 }, () => 250)),
    },
    good: {
      'waits a second': polling(...Array.from({ length: 8 }, () => 1000)),
      'starts fast and slows down': polling(100, 200, 400, 800, 1600, 3200),
    },
  },
  'ADV-BACKOFF': {
    bad: {
      'repeats at once': limited({ status: 429, retry_after: 2 }, 0),
      'waits less than requested': limited({ status: 429, retry_after: 5 }, 1000, 1000, 1000),
      'repeats a 503 at once': limited({ status: 503, retry_after: 5 }, 100),
      'repeats a 429 without Retry-After at once': limited({ status: 429 }, 0, 0),
      'retries constantly for half a minute': limited(
        { status: 503, retry_after: 5 },
        ...Array.from({ length: 60 }, () => 500),
      ),
    },
    good: {
      'waits as requested': limited({ status: 429, retry_after: 2 }, 2000, 2000),
      'waits longer than requested': limited({ status: 503, retry_after: 2 }, 60_000),
      'waits half a second without a Retry-After': limited({ status: 429 }, 500, 1000),
      'repeats a 503 without Retry-After soon': limited({ status: 503 }, 100),
      'gives up': limited({ status: 429, retry_after: 2 }),
    },
  },
  'ADV-RETRY-INVALID': {
    bad: {
      async 'sends an invalid roster again'({ group, submit }) {
        const id = await group();
        for (let attempt = 0; attempt < 3; attempt++) await submit(id, [row('ada', { date_of_birth: 'soon' })]);
      },
      async 'requests an invalid page again'({ call, wait }) {
        await call('GET', '/v1/groups?limit=1000');
        wait(2000);
        await call('GET', '/v1/groups?limit=1000');
      },
    },
    good: {
      async 'corrects the roster'({ group, submit, call, wait }) {
        const id = await group();
        await submit(id, [row('ada', { date_of_birth: 'soon' })]);
        const path = await submit(id, [row('ada')]);
        wait(1000);
        await call('GET', path);
      },
      async 'sends a different invalid roster'({ group, submit }) {
        const id = await group();
        for (const date_of_birth of ['soon', 'later']) await submit(id, [row('ada', { date_of_birth })]);
      },
      async 'sends the same request again an hour later'({ call, wait }) {
        await call('GET', '/v1/groups?limit=1000');
        wait(3_600_000);
        await call('GET', '/v1/groups?limit=1000');
      },
    },
  },
  'ADV-RECREATE': {
    bad: {
      async 'uses another reference after a 409'({ call }) {
        for (const reference of ['a', 'a', 'a-2']) await call('POST', '/v1/groups', named(reference));
      },
      async 'repeats a 409 more often than any client library does'({ call, wait }) {
        await call('POST', '/v1/groups', named('a'));
        for (let attempt = 0; attempt < 6; attempt++) {
          wait(1000);
          await call('POST', '/v1/groups', named('a'));
        }
      },
      async 'creates on every run'({ call }) {
        for (let run = 0; run < 3; run++) await call('POST', '/v1/groups', named('a'));
      },
    },
    good: {
      async 'finds the group after a 409'({ call }) {
        for (let run = 0; run < 3; run++) {
          await call('POST', '/v1/groups', named('a'));
          await call('GET', '/v1/groups?external_reference_id=a');
        }
      },
      async 'continues with the next employer after a 409'({ call }) {
        await call('POST', '/v1/groups', named('a', 'A'));
        await call('POST', '/v1/groups', named('a', 'A'));
        await call('POST', '/v1/groups', named('b', 'B'));
      },
      async 'repeats a 409 that is only a fault'({ call, mock }) {
        mock.control().addFault({ status: 409, times: 2 });
        for (let attempt = 0; attempt < 3; attempt++) await call('POST', '/v1/groups', named('a'));
      },
      async 'uses a client library that retries a 409 automatically, then finds the group'({ call, wait }) {
        await call('POST', '/v1/groups', named('a'));
        for (const ms of [0, 1000, 2000]) {
          wait(ms);
          await call('POST', '/v1/groups', named('a'));
        }
        await call('GET', '/v1/groups?external_reference_id=a');
        wait(5000);
        await call('POST', '/v1/groups', named('b', 'B'));
      },
      async 'uses a client library that retries a create after a lost answer'({ call, mock, wait }) {
        mock.control().addFault({ cut: 'connection', applied: true, times: 1 });
        await expect(call('POST', '/v1/groups', named('a'))).rejects.toThrow();
        for (const ms of [1000, 2000]) {
          wait(ms);
          await call('POST', '/v1/groups', named('a'));
        }
        await call('GET', '/v1/groups?external_reference_id=a');
      },
      async 'uses an official client, which retries a 409 automatically'({ call }) {
        await call('POST', '/v1/groups', named('a'));
        for (const retry of ['0', '1', '2'])
          await call('POST', '/v1/groups', { ...named('a'), headers: { 'x-stainless-retry-count': retry } });
      },
    },
  },
  'ADV-PAST-END': {
    bad: { 'waits for an error': pages(1, 2, 3, 4, 5) },
    good: {
      'stops at total_pages': pages(1, 2),
      'stops at the first empty page': pages(1, 2, 3),
      'requests one page far past the end': pages(1, 999),
      'pages through the list twice': pages(1, 2, 3, 1, 2, 3),
    },
  },
  'ADV-NO-REFERENCE': {
    bad: {
      async 'creates a group with only a name'({ call }) {
        await call('POST', '/v1/groups', { body: { name: 'A' } });
      },
      async 'sends an empty reference'({ call }) {
        await call('POST', '/v1/groups', named(''));
      },
    },
    good: {
      async 'sends a reference'({ call }) {
        await call('POST', '/v1/groups', named('a'));
      },
      async 'adds the reference with an update'({ call }) {
        const { body } = await call('POST', '/v1/groups', { body: { name: 'A' } });
        await call('PATCH', `/v1/groups/${body.data.id}`, { body: { external_reference_id: 'a' } });
      },
      async 'is refused for another reason'({ call }) {
        await call('POST', '/v1/groups', { body: { name: '' } });
      },
    },
  },
  'ADV-UNKNOWN-FIELD': {
    bad: {
      async 'misspells a field in every request'({ call }) {
        for (const reference of ['a', 'b', 'c'])
          await call('POST', '/v1/groups', { body: { ...named(reference, reference).body, groupName: reference } });
      },
      'sends a field that rows do not have': rosters(
        ...Array.from({ length: 3 }, () => staff.map((one) => ({ ...one, salary: 1 }))),
      ),
    },
    good: {
      async 'corrects the field after the first hint'({ call }) {
        await call('POST', '/v1/groups', { body: { ...named('a').body, groupName: 'A' } });
        for (const reference of ['b', 'c', 'd']) await call('POST', '/v1/groups', named(reference, reference));
      },
    },
  },
};

const cases = (kind: 'bad' | 'good') =>
  Object.entries(clients).flatMap(([id, each]) =>
    Object.entries(each[kind]).map(([behavior, client]) => ({ id: id as AdviceId, behavior, client })),
  );

test.for(cases('bad'))('only $id is found if a client $behavior', async ({ id, client }) => {
  const world = await openClientMock();
  await client(world);
  const found = world.findings();
  expect(found).toMatchObject([{ id }]);
  const { exchanges, completions } = world.mock.control().readJournal();
  const numbers = new Set([...exchanges, ...completions].map(({ number }) => number));
  for (const evidence of found[0]?.evidence ?? []) {
    expect(evidence.length).toBeGreaterThan(0);
    expect(evidence.filter((number) => !numbers.has(number))).toEqual([]);
  }
  expect(world.mock.control().advise().findings).toMatchObject([{ ...advice[id] }]);
});

test.for(cases('good'))('nothing is found, for example no $id, if a client $behavior', async ({ client }) => {
  const world = await openClientMock();
  await client(world);
  expect(world.findings()).toEqual([]);
});

test('the most severe finding comes first, and each contains all its occurrences', async () => {
  const world = await openClientMock();
  await pages(1, 2, 3, 4)(world);
  await rosters(staff, [row('new')])(world);
  await rosters(staff, [row('new-2')])(world);
  const found = world.findings();
  expect(found.map(({ id }) => id)).toEqual(['ADV-APPEND', 'ADV-PAST-END']);
  expect(found[0]?.evidence).toHaveLength(2);
});

test('requests of two organizations are not mixed up', async () => {
  const { call, mock } = await openMock();
  for (const key of [acme, 'vit_apk_globex', acme, 'vit_apk_globex'])
    await call('GET', `/v1/groups?page=${key === acme ? 1 : 2}`, { key });
  await call('GET', '/v1/groups?limit=0');
  await call('GET', '/v1/groups?limit=0', { key: 'vit_apk_globex' });
  expect(mock.control().advise()).toMatchObject({ exchanges: 6, findings: [] });
});

test('requests without a key, of other worlds and before a reset are not judged', async () => {
  const world = await openClientMock();
  await pages(1, 2, 3, 4)(world);
  world.mock.reset();
  await world.call('GET', '/v1/plans', { key: null });
  await world.call('GET', '/v1/plans', { key: `${acme}.other` });
  expect(world.mock.control().advise()).toEqual({
    world: 'main',
    exchanges: 0,
    forgotten: 7,
    unfinished: 0,
    findings: [],
  });
});
