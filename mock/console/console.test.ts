import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { main, readPage, startConsole, submit } from '../test-support/console.ts';
import { addGroup, newYear, playEmployer, send } from '../test-support/employer.ts';
import { row } from '../test-support/frozen-mock.ts';

test('/_mock/ shows the worlds with their keys and plans, and links to each', async () => {
  const mock = await startConsole();
  await send(mock, 'GET', '/v1/groups', undefined, 'vit_apk_acme.pr-7');
  const page = await readPage(mock, '/_mock/');
  for (const text of ['vit_apk_acme.pr-7', 'vit_apk_globex', 'Primary Care', `href="${main}"`])
    expect(page).toContain(text);
  expect(page).toContain("Bearer vit_apk_acme.my-test'".replace("'", '&#39;'));
  const led = await mock.fetch(main, { redirect: 'manual' });
  expect(led.headers.get('location')).toBe(`${main}/groups`);
  expect((await mock.fetch('/_mock', { redirect: 'manual' })).headers.get('location')).toBe('/_mock/');
});

test('a roster shows the state of each member and each subscription as a bar', async () => {
  const mock = await startConsole({ host: newYear });
  const id = await playEmployer(mock);
  const page = await readPage(mock, `${main}/groups/${id}`);
  expect(page).toMatch(/19 active.*1 blocked.*3 removed/s);
  const [returned = ''] = page.match(/emp-0111.*?<\/li>/s) ?? [];
  expect(returned.match(/<rect/g)).toHaveLength(2);
  expect(returned).toMatch(/2026-01-01<\/time> to .*2026-03-01<\/time>.*since .*2026-04-01/s);
  const removed = await readPage(mock, `${main}/groups/${id}?state=removed`);
  expect(removed).toContain('emp-0105');
  expect(removed).not.toContain('emp-0101');
});

test('syncs show their results, the journal the rule that refused a request', async () => {
  const mock = await startConsole({ host: newYear });
  await playEmployer(mock);
  await send(mock, 'GET', '/v1/groups?limit=500');
  const syncs = await readPage(mock, `${main}/syncs`);
  expect(syncs).toMatch(/0 added.*3 removed.*1 failed.*emp-0132.*active subscription under another organization/s);
  const journal = await readPage(mock, `${main}/journal`);
  expect(journal).toMatch(
    /<b title="A limit or page that is out of range.*?">PAGE-4<\/b> limit: expected at most 100, got 500\./,
  );
  expect(journal).toContain('1 plan change ignored (LIFE-7)');
  const trouble = await readPage(mock, `${main}/journal?show=trouble`);
  expect(trouble.match(/id="entry-/g)).toHaveLength(3);
});

test('the settings of a world can be changed, and a wrong one is refused', async () => {
  const mock = await startConsole();
  const form = { action: 'changeSettings', 'cross-group': 'reject', phone: 'optional', sync_delay_ms: '0' };
  const saved = await submit(mock, `${main}/world`, form);
  expect(saved.text).toContain('Settings saved.');
  expect(saved.text).toMatch(/<option value="reject" selected>/);
  expect(mock.control().readSettings()).toMatchObject({ quirks: { 'cross-group': 'reject' }, sync_delay_ms: 0 });

  const refused = await submit(mock, `${main}/world`, { ...form, phone: 'perhaps' });
  expect(refused.text).toContain('perhaps');
  expect(mock.control().readSettings().quirks.phone).toBe('optional');
});

test('advice shows the mistakes of a client, the most severe first, and links to their journal entries', async () => {
  const mock = await startConsole({ host: newYear });
  expect(await readPage(mock, `${main}/advice`)).toMatch(/No requests yet.*groups-mock advise --url/s);
  await send(mock, 'GET', '/v1/groups');
  expect(await readPage(mock, `${main}/advice`)).toMatch(/based on 1 request\..*No problems found/s);

  await playEmployer(mock);
  for (let more = 0; more < 200; more++) await send(mock, 'GET', '/v1/plans');
  const page = await readPage(mock, `${main}/advice`);
  const { findings } = mock.control().advise();
  expect([...page.matchAll(/<code>(ADV-.*?)</g)].map(([, id]) => id)).toEqual(findings.map(({ id }) => id));
  const [finding] = findings;
  const evidence = finding?.occurrences[0]?.evidence ?? [];
  for (const text of [finding?.title, finding?.why, finding?.fix, finding?.occurrences[0]?.what, 'error', 'warning'])
    expect(page).toContain(text);

  const [, path = ''] = page.match(/href="([^"]*entries=[^"]*)"/) ?? [];
  const journal = await readPage(mock, path);
  expect([...journal.matchAll(/id="entry-(\d+)"/g)].map(([, number]) => Number(number))).toEqual(evidence.toReversed());
  mock.control().clearJournal();
  await send(mock, 'GET', '/v1/plans');
  expect(await readPage(mock, path)).toContain('These entries are no longer in the journal');
});

test('a long roster is shown in pages', async () => {
  const mock = await startConsole({ progress: { after: 'delay', ms: 0 } });
  const id = await addGroup(mock, 'Many', 'many');
  const members = Array.from({ length: 101 }, (_, index) => row(`emp-${1000 + index}`));
  await send(mock, 'POST', `/v1/groups/${id}/members/sync`, { members });
  mock.clock().advance(0);
  const first = await readPage(mock, `${main}/groups/${id}?state=active`);
  expect(first).toContain(`href="${main}/groups/${id}?state=active&amp;page=2"`);
  expect(first).not.toContain('emp-1100');
  expect(await readPage(mock, `${main}/groups/${id}?state=active&page=2`)).toContain('emp-1100');
});

test('names, references and reasons cannot inject markup', async () => {
  const mock = await startConsole({ progress: { after: 'manual' } });
  const attack = `"'><img src=x onerror=alert(1)><script>alert(1)</script>`;
  const id = await addGroup(mock, attack, `ref ${attack}`);
  const control = mock.control();
  control.addRejection({ reference_id: attack, reason: attack });
  const submitted = await send(mock, 'POST', `/v1/groups/${id}/members/sync`, {
    members: [row('ada', { reference_id: attack })],
  });
  const { data } = (await submitted.json()) as { data: { request_id: string } };
  control.completeSync(data.request_id);
  control.addRejection({ reference_id: attack, reason: attack });
  control.seedWorld({ organizations: [{ slug: 'evil', plans: [{ id: attack, name: attack }] }] });
  const [created] = control.readJournal().exchanges;
  const items = [`groups/${id}`, `syncs/${data.request_id}`, `journal/${created?.number}`];
  const paths = ['groups', 'syncs', 'journal', 'advice', 'faults', 'world', ...items].map((path) => `${main}/${path}`);
  let shown = 0;
  for (const path of [
    '/_mock/',
    ...paths,
    `${main}/groups?page=${attack}`,
    `${main}/groups?page=${'9'.repeat(30)}`,
    `${main}/journal?show=${attack}`,
    `${main}/journal?entries=${attack}`,
    `/_mock/?search=${attack}`,
  ]) {
    const page = await readPage(mock, path);
    shown += page.includes('&lt;img src=x') ? 1 : 0;
    expect(page, path).not.toMatch(/<img|<script>|onerror=alert\(1\)>(?!&lt;)/);
  }
  expect(shown).toBe(11);
  const members = [row('ada', { reference_id: attack })];
  for (const fields of [{ roster: JSON.stringify(members) }, { roster: attack }]) {
    const { text } = await submit(mock, `${main}/groups/${id}`, { action: 'previewRoster', group_id: id, ...fields });
    expect(text).toContain('&lt;img src=x');
    expect(text).not.toMatch(/<img|<script>/);
  }
  const lost = await mock.fetch(`${main}/${encodeURIComponent(attack)}`);
  expect(await lost.text()).not.toContain('<img');
  expect((await submit(mock, `${main}/groups`, { action: attack })).text).not.toContain('<img');
});

test('every page allows only its own scripts and styles, and forbids framing and content sniffing', async () => {
  const mock = await startConsole();
  for (const path of [
    '/_mock/',
    `${main}/journal`,
    `${main}/none`,
    '/_mock/console/assets/htmx.js',
    `${main}/snapshot`,
  ]) {
    const { headers } = await mock.fetch(path);
    const policy = headers.get('content-security-policy');
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "frame-ancestors 'none'",
      "form-action 'self'",
    ])
      expect(policy, path).toContain(rule);
    expect(headers.get('x-content-type-options'), path).toBe('nosniff');
  }
  expect(await readPage(mock, `${main}/faults`)).not.toMatch(/ style=|<style|<script(?! src=)| on[a-z]+=/);
});

test('the buttons do what the control plane does, and report it', async () => {
  const mock = await startConsole({ progress: { after: 'manual' } });
  const control = mock.control();
  const id = await addGroup(mock, 'A group', 'a-group');
  const roster = async (...names: string[]) => {
    const members = names.map((name) => row(name));
    const answer = await send(mock, 'POST', `/v1/groups/${id}/members/sync`, { members });
    return ((await answer.json()) as { data: { request_id: string } }).data.request_id;
  };
  const press = async (tab: string, fields: Record<string, string>) => {
    const { status, text } = await submit(mock, `${main}/${tab}`, fields);
    expect(status, text).toBe(200);
    return text.match(/class="notice">(.*?)</)?.[1];
  };

  expect(await press('groups', { action: 'freezeClock' })).toBe('Time is frozen at 2026-01-15T10:30:00.000Z.');
  expect(await press('groups', { action: 'advanceClock', ms: '3600000' })).toBe('It is now 2026-01-15T11:30:00.000Z.');
  expect(control.readClock()).toEqual({ now: '2026-01-15T11:30:00.000Z', frozen: true });
  expect(await press('groups', { action: 'resumeClock' })).toBe('Time is running.');

  const first = await roster('ada');
  const second = await roster('ada', 'bea');
  await press('syncs', { action: 'stallSync', request_id: first });
  expect(await press('syncs', { action: 'completeSync', request_id: second })).toMatch(/after the earlier syncs/);
  expect(control.listSyncs().syncs.map(({ progress }) => progress)).toEqual(['ready', 'stalled']);
  await press('syncs', { action: 'unstallSync', request_id: first });
  expect(await press('syncs', { action: 'completeSync', request_id: first })).toBe('Completed.');
  expect(control.listGroups().groups[0]?.active_members).toBe(2);

  const fault = {
    action: 'addFault',
    effect: 'status',
    status: '503',
    retry_after: '',
    latency_ms: '',
    headers: '',
    operation: 'createGroup',
    times: '2',
    probability: '1',
  };
  expect(await press('faults', fault)).toBe('Added fault-1.');
  expect(control.listFaults().faults).toEqual([
    { id: 'fault-1', happened: 0, status: 503, operations: ['createGroup'], times: 2, probability: 1 },
  ]);
  await press('faults', { action: 'removeFault', fault_id: 'fault-1' });
  await press('faults', { action: 'addFaultProfile', profile: 'flaky' });
  expect(control.listFaults().faults).toHaveLength(3);
  await press('faults', { action: 'clearFaults' });
  expect(control.listFaults().faults).toEqual([]);
  await press('faults', { action: 'addRejection', reference_id: 'cy', reason: 'No.', operation: 'add', times: '' });
  expect(control.listRejections().rejections).toEqual([
    { reference_id: 'cy', reason: 'No.', operation: 'add', times: 1 },
  ]);
  await press('faults', { action: 'clearRejections' });

  await press('journal', { action: 'clearJournal' });
  expect(control.readJournal().exchanges).toEqual([]);
  expect(await press('world', { action: 'loadScenario', scenario: 'first-roster' })).toBe(
    'Loaded the scenario first-roster.',
  );
  expect(control.listGroups().groups).toMatchObject([{ name: 'Keystone Bakery', active_members: 0 }]);
  await press('world', { action: 'resetWorld' });
  expect(control.listGroups().groups).toEqual([]);
});

test('the list of worlds can be searched, and shows how many requests of each were refused or failed', async () => {
  const mock = await startConsole();
  for (const world of ['pr-7', 'pr-8'])
    await send(mock, 'GET', '/v1/groups?limit=500', undefined, `vit_apk_acme.${world}`);
  expect(await readPage(mock, '/_mock/')).toContain('3 worlds');
  const found = await readPage(mock, '/_mock/?search=PR-7');
  expect(found).toContain('1 of 3 worlds');
  expect(found).toContain(`href="/_mock/console/worlds/pr-7/journal?show=trouble">1 refused or failed</a>`);
  expect(found).not.toMatch(/worlds\/pr-8|worlds\/main/);
  expect(await readPage(mock, '/_mock/?search=nothing')).toContain('0 of 3 worlds');
});

test('the root leads a browser to the console; the console and the API reference link to each other', async () => {
  const mock = await startConsole();
  const root = await mock.fetch('/', { headers: { accept: 'text/html,*/*' }, redirect: 'manual' });
  expect(root.headers.get('location')).toBe('/_mock/');
  expect((await mock.fetch('/')).status).toBe(404);
  expect(await readPage(mock, '/_mock/')).toContain('href="/docs"');
  expect(await readPage(mock, '/docs')).toContain('href="/_mock/"');
});

test('resetting a world and loading a scenario ask first', async () => {
  const page = await readPage(await startConsole(), `${main}/world`);
  const outside = page.replaceAll(/<details class="confirm">.*?<\/details>/gs, '');
  for (const action of ['resetWorld', 'loadScenario']) expect(page).toContain(`value="${action}"`);
  expect(outside).not.toMatch(/value="(resetWorld|loadScenario)"/);
});

test('an invalid form is refused on its page with what was expected, and changes nothing', async () => {
  const mock = await startConsole();
  const refused = async (fields: Record<string, string>) => {
    const { status, text } = await submit(mock, `${main}/faults`, fields);
    return `${status} ${text.match(/class="notice is-error">(.*?)</)?.[1]}`;
  };
  expect(await refused({ action: 'addFault', effect: 'status', status: 'x' })).toBe(
    '400 status: expected an integer, got &quot;x&quot;.',
  );
  const missing = (effect: string) => refused({ action: 'addFault', effect, status: '', latency_ms: '', headers: '' });
  expect(await missing('status')).toBe('400 status: expected a status such as 503, got none.');
  expect(await missing('late')).toBe('400 latency_ms: expected a delay such as 3000, got none.');
  expect(await missing('headers')).toMatch(/^400 headers: expected a line such as/);
  expect(await missing('none')).toMatch(/^400 There is no effect &quot;none&quot;; expected one of lost, status/);
  expect(await refused({ action: 'addFault', effect: 'headers', headers: 'no colon' })).toMatch(
    /^400 headers: expected lines such as .*got &quot;no colon&quot;\.$/,
  );
  expect(await refused({ action: 'addRejection' })).toMatch(/^400 body: expected the field/);
  expect(await refused({ action: 'completeSync', request_id: 'grpmsr_none' })).toMatch(/^404 There is no sync request/);
  expect(await refused({ action: 'toString' })).toMatch(/^400 There is no action &quot;toString&quot;/);
  expect(await refused({ action: 'loadScenario', scenario: 'x' })).toMatch(/^400 name: expected one of empty,/);
  expect(await refused({ action: 'importSnapshot' })).toMatch(/^400 Expected a snapshot file/);
  expect(mock.control().listFaults().faults).toEqual([]);
});

test.each([{}, { controlToken: 'a token of the mock' }])(
  'a body that is not a form is refused on a page: %j',
  async (options) => {
    const mock = await startConsole({ ...options, port: 0 });
    for (const body of ['', 'no part', '--x\r\ncontent-disposition: form-data; name="to']) {
      const headers = { 'sec-fetch-site': 'same-origin', 'content-type': 'multipart/form-data; boundary=x' };
      const response = await fetch(`${mock.url}${main}/groups`, { method: 'POST', headers, body });
      expect(response.status).toBe(400);
      expect(await response.text()).toContain('Expected a complete form');
    }
  },
);

test('without scripts a form redirects to its page', async () => {
  const mock = await startConsole();
  const path = `${main}/journal?show=trouble`;
  const { status, headers } = await submit(mock, path, { action: 'freezeClock' }, false);
  expect(status).toBe(303);
  expect(headers.get('location')).toBe(path);
  expect(mock.clock().frozen).toBe(true);
});

test('a snapshot is exported as a file, and importing it restores the world', async () => {
  const mock = await startConsole();
  await addGroup(mock, 'A group', 'a-group');
  const exported = await mock.fetch(`${main}/snapshot`);
  expect(exported.headers.get('content-disposition')).toBe('attachment; filename="main.json"');
  const snapshot = new File([await exported.bytes()], 'saved.json');
  mock.reset();
  const imported = await submit(mock, `${main}/world`, { action: 'importSnapshot', snapshot });
  expect(imported.text).toContain('Imported saved.json.');
  expect(mock.control().listGroups().groups).toMatchObject([{ name: 'A group' }]);
  const broken = await submit(mock, `${main}/world`, { action: 'importSnapshot', snapshot: new File(['{'], 'x.json') });
  expect(broken.status).toBe(400);
});

test('an unknown page is a 404 with a link to the worlds', async () => {
  const mock = await startConsole();
  for (const path of [
    '/_mock/console/worlds/none/groups',
    `${main}/none`,
    `${main}/groups/grp_none`,
    '/_mock/console/none',
  ]) {
    const response = await mock.fetch(path);
    expect(response.status, path).toBe(404);
    expect(await response.text()).toContain('See all worlds');
  }
  expect(mock.worlds().worlds).toHaveLength(1);
});

test('the console is loaded by its first request, not when the mock starts', async () => {
  const program = `
    import { registerHooks } from 'node:module';
    let loaded = 0;
    registerHooks({ load: (url, context, next) => { loaded += url.includes('/mock/console/'); return next(url, context); } });
    const { startMock } = await import(${JSON.stringify(new URL('../index.ts', import.meta.url).href)});
    const mock = await startMock({ port: 0 });
    const before = loaded;
    await mock.fetch('/_mock/');
    await mock.close();
    console.log(before, loaded > 0);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
  expect(stdout).toBe('0 true\n');
});

const hasCurl = spawnSync('curl', ['--version']).status === 0;
test.skipIf(!hasCurl)('the commands that empty pages show create content', async () => {
  const mock = await startConsole({ port: 0, progress: { after: 'delay', ms: 0 } });
  const offered = async (path: string) => {
    const [, command = ''] = (await readPage(mock, path)).match(/<pre[^>]*><code>(.*?)<\/code>/s) ?? [];
    return command.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  };
  const run = (command: string) =>
    promisify(execFile)('sh', ['-c', command.replace('curl -s', 'curl -sS --fail-with-body')]);
  await run(await offered(`${main}/journal`));
  expect(await readPage(mock, `${main}/journal`)).toContain('/v1/groups');
  await run(await offered(`${main}/groups`));
  const [group] = mock.control().listGroups().groups;
  await run(await offered(`${main}/groups/${group?.id}`));
  mock.clock().advance(0);
  expect(await readPage(mock, `${main}/groups/${group?.id}`)).toContain('emp-1');
  await run(await offered('/_mock/'));
  expect(mock.worlds().worlds.map(({ name }) => name)).toContain('my-test');
});
