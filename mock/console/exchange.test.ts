import { expect, test } from 'vitest';
import { main, readPage, startConsole } from '../test-support/console.ts';
import { addGroup, send } from '../test-support/employer.ts';
import { row } from '../test-support/frozen-mock.ts';

test('an exchange shows both bodies, the rule with its statement, and a command that repeats it', async () => {
  const mock = await startConsole();
  const id = await addGroup(mock, "Bea's bakery", 'bakery');
  await send(mock, 'POST', `/v1/groups/${id}/members/sync`, { members: [row('ada', { date_of_birth: '1990-02-30' })] });
  const journal = await readPage(mock, `${main}/journal`);
  const [path = ''] = journal.match(/\/_mock\/console\/worlds\/main\/journal\/\d+/) ?? [];
  const refused = await readPage(mock, path);
  expect(refused).toContain('&quot;date_of_birth&quot;: &quot;1990-02-30&quot;');
  expect(refused).toContain('&quot;app_error_code&quot;: &quot;validation_failed&quot;');
  expect(refused).toMatch(/<b>SYNC-11<\/b>.*must.*impossible or badly formatted/s);
  expect(refused).toContain(
    `curl -i -X POST &#39;http://mock/v1/groups/${id}/members/sync&#39;`.replace('http://mock', mock.url),
  );
  expect(refused).toContain('Authorization: Bearer vit_apk_acme&#39;');

  const created = await readPage(mock, `${main}/journal/1`);
  expect(created).not.toContain('class="panel reasons"');
  expect(created).toContain('Bea&#39;\\&#39;&#39;s bakery');
  expect((await mock.fetch(`${main}/journal/9`)).status).toBe(404);
});

test('an exchange whose bodies are not kept still says which fault applied', async () => {
  const mock = await startConsole({ bodies: false });
  mock.control().addFault({ cut: 'connection', applied: true });
  await expect(send(mock, 'GET', '/v1/plans')).rejects.toThrow();
  const page = await readPage(mock, `${main}/journal/1`);
  expect(page).toContain('The injected <b>fault-1</b> applied: dropped before the answer, but applied.');
  expect(page).toContain('--no-bodies');
});
