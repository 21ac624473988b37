import { expect, test } from 'vitest';
import { rosterColumns } from '../domain/roster-file.ts';
import type { Mock } from '../index.ts';
import { main, readPage, startConsole, submit } from '../test-support/console.ts';
import { addGroup, send } from '../test-support/employer.ts';
import { acmePlan, row } from '../test-support/frozen-mock.ts';

const header =
  'reference_id,first_name,last_name,date_of_birth,email,plan_id,address.address_line_1,address.city,address.state,address.zipcode';
const line = (id: string, zipcode = '02134') =>
  `${id},Ada,Example,1990-05-17,${id.trim()}@example.com,${acmePlan},1 Main St,Boston,MA,${zipcode}`;

/** A group with these members. */
async function groupOf(mock: Mock, ...names: string[]): Promise<string> {
  const id = await addGroup(mock, 'Keystone Bakery', 'keystone-bakery');
  await send(mock, 'POST', `/v1/groups/${id}/members/sync`, { members: names.map((name) => row(name)) });
  mock.clock().advance(1000);
  return id;
}

const membersOf = (mock: Mock, group: string): string[] =>
  mock
    .control()
    .readRoster(group)
    .members.filter(({ state }) => state === 'active')
    .map(({ reference_id }) => reference_id);

const roster = (...names: string[]): string => JSON.stringify({ members: names.map((name) => row(name)) });

test('a group is created through the API, and its page opens', async () => {
  const mock = await startConsole();
  const form = { action: 'createGroup', name: 'Bakery', external_reference_id: 'bakery', organization: 'globex' };
  const { status, headers } = await submit(mock, `${main}/groups`, form);
  const [group] = mock.control().listGroups().groups;
  expect(group).toMatchObject({ name: 'Bakery', external_reference_id: 'bakery', organization: 'globex' });
  expect([status, headers.get('location')]).toEqual([303, `${main}/groups/${group?.id}`]);

  const again = await submit(mock, `${main}/groups`, form);
  expect(again.status).toBe(409);
  expect(again.text).toContain('The API answered 409: external_reference_id: &quot;bakery&quot; already belongs');
});

test('a CSV file is previewed with its leading zeros, its blanks pointed out, and nothing is sent', async () => {
  const mock = await startConsole();
  const id = await groupOf(mock, 'ada', 'bea');
  const before = mock.control().exportSnapshot();
  const file = new File([`${header},nickname\n${line('ada ')},x\n${line('0042')},y\n`], 'roster.csv');
  const { status, text } = await submit(mock, `${main}/groups/${id}`, { action: 'previewRoster', group_id: id, file });
  expect(status, text).toBe(200);
  for (const part of [
    'Preview of 2 rows',
    '2 removed',
    '2 added',
    '<strong>0042</strong>',
    '&quot;zipcode&quot;:&quot;02134&quot;',
  ])
    expect(text).toContain(part);
  expect(text).toContain('members[0].reference_id: &quot;ada &quot; begins or ends with blanks, which are sent');
  expect(text).toContain('column &quot;nickname&quot;: unknown, ignored');
  expect(mock.control().exportSnapshot()).toEqual(before);
});

test('a preview names whom a sync would remove, refuse, add and change, and how', async () => {
  const mock = await startConsole();
  const id = await groupOf(mock, 'ada', 'bea', 'cy', 'dan');
  mock.control().addRejection({ reference_id: 'eve', reason: 'Blocked by hand.' });
  const members = [
    row('ada', { first_name: 'Adele' }),
    row('bea'),
    row('cy', { plan_id: 'other' }),
    row('eve'),
    row('fay'),
  ];
  const { text } = await submit(mock, `${main}/groups/${id}`, {
    action: 'previewRoster',
    group_id: id,
    roster: JSON.stringify(members),
  });
  expect(text).toMatch(/<ul class="removals"><li><strong>dan<\/strong> <code>grpmbr_/);
  expect(text).toMatch(/<strong>eve<\/strong> <span class="dim">add<\/span> Blocked by hand\./);
  expect(text).toMatch(/<ul class="additions"><li><strong>fay<\/strong> <span class="dim">a new person/);
  expect(text).toMatch(/<strong>ada<\/strong> <span class="dim">first_name/);
  expect(text).toMatch(/<strong>cy<\/strong> keeps <code>.*?<\/code>, not <code>other/);
  expect(text).toContain('Send, and remove 1 member</button>');
});

test('sending leads to the page of the sync, which names everyone whom it added and removed', async () => {
  const mock = await startConsole();
  const id = await groupOf(mock, 'ada', 'bea', 'cy');
  const sent = await submit(mock, `${main}/groups/${id}`, {
    action: 'sendRoster',
    group_id: id,
    roster: roster('ada', 'bea', 'dan'),
  });
  expect(sent.status, sent.text).toBe(303);
  const path = sent.headers.get('location') as string;
  expect(await readPage(mock, path)).toContain('This page updates when the sync completes.');
  mock.clock().advance(1000);
  const completed = await readPage(mock, path);
  expect(completed).toMatch(/is-removal">1 removed/);
  expect(completed).toMatch(/<ul class="removals"><li><strong>cy<\/strong> <code>grpmbr_/);
  expect(completed).toMatch(/<ul class="additions"><li><strong>dan<\/strong> <code>grpmbr_/);
  expect(membersOf(mock, id)).toEqual(['ada', 'bea', 'dan']);
});

test('a sync that removes more than half of a group asks again, also if the group changed since', async () => {
  const mock = await startConsole();
  const id = await groupOf(mock, 'ada', 'bea', 'cy', 'dan');
  const send = (fields: Record<string, string>) =>
    submit(mock, `${main}/groups/${id}`, { action: 'sendRoster', group_id: id, roster: roster('ada'), ...fields });
  const asked = await send({});
  expect(asked.status).toBe(200);
  expect(asked.text).toContain('would remove <strong>3 of the 4 members</strong> of Keystone Bakery');
  expect(asked.text).toContain('name="confirmed" value="3"');
  expect((await send({ confirmed: '2' })).text).toContain('name="confirmed" value="3"');
  expect(membersOf(mock, id)).toHaveLength(4);

  const half = await send({ roster: roster('ada', 'bea') });
  expect(half.status).toBe(303);
  expect((await send({ confirmed: '3' })).status).toBe(303);
  mock.clock().advance(1000);
  expect(membersOf(mock, id)).toEqual(['ada']);
});

test('a roster that cannot be read or sent says why, and what was pasted stays', async () => {
  const mock = await startConsole();
  const id = await groupOf(mock, 'ada');
  const refused = async (fields: Record<string, string | File>) => {
    const { status, text } = await submit(mock, `${main}/groups/${id}`, {
      action: 'previewRoster',
      group_id: id,
      ...fields,
    });
    return [`${status} ${text.match(/class="notice is-error">(.*?)<\/p>/s)?.[1]}`, text] as const;
  };
  expect((await refused({}))[0]).toBe('400 Expected a roster, got none; choose a file or paste its text.');
  const latin1 = new File([Uint8Array.of(0x7b, 0xe4)], 'roster.csv');
  expect((await refused({ file: latin1 }))[0]).toBe(
    '400 Expected a file in UTF-8; save roster.csv as CSV UTF-8 or as JSON.',
  );
  const [message, page] = await refused({ roster: `${header}\n${line('ada', '1')}` });
  expect(message).toMatch(/^400 members\[0\]\.address\.zipcode \(reference_id &quot;ada&quot;\): expected/);
  expect(page).toContain(`${line('ada', '1')}</textarea>`);
});

test('a lost answer is reported, although the sync took effect', async () => {
  const mock = await startConsole();
  const id = await groupOf(mock, 'ada');
  mock.control().addFault({ cut: 'connection', applied: true, times: 1 });
  const lost = await submit(mock, `${main}/groups/${id}`, {
    action: 'sendRoster',
    group_id: id,
    roster: roster('ada', 'bea'),
  });
  expect(lost.text).toContain('A fault dropped the connection before the answer was complete.');
  mock.clock().advance(1000);
  expect(membersOf(mock, id)).toEqual(['ada', 'bea']);
  mock.control().addFault({ status: 502, body: 'Bad gateway', times: 1 });
  const failed = await submit(mock, `${main}/groups/${id}`, {
    action: 'sendRoster',
    group_id: id,
    roster: roster('ada'),
  });
  expect(failed.text).toContain('The API answered 502: Bad gateway');
});

test('the template has every column, and a group without members accepts it as it is', async () => {
  const mock = await startConsole();
  const id = await addGroup(mock, 'Bakery', 'bakery');
  const template = await mock.fetch(`${main}/groups/${id}/template.csv`);
  expect(template.headers.get('content-disposition')).toBe('attachment; filename="roster.csv"');
  const text = await template.text();
  expect(text.split('\r\n')[0]).toBe(rosterColumns.join(','));
  const { text: page } = await submit(mock, `${main}/groups/${id}`, {
    action: 'previewRoster',
    group_id: id,
    roster: text,
  });
  expect(page).toMatch(/1 added.*<strong>emp-1<\/strong>/s);
});

test('the journal marks what the console sent, and the advice leaves it out', async () => {
  const mock = await startConsole();
  const id = await addGroup(mock, 'Bakery', 'bakery');
  await submit(mock, `${main}/groups/${id}`, { action: 'sendRoster', group_id: id, roster: roster('ada') });
  mock.clock().advance(1000);
  const control = mock.control();
  expect(control.readJournal().exchanges.map(({ console }) => console)).toEqual([false, true]);
  expect(await readPage(mock, `${main}/journal`)).toContain('console · acme');
  expect(control.advise()).toMatchObject({ exchanges: 1, unfinished: 0, findings: [] });
});
