import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { rowsPerSlice } from '../domain/slices.ts';
import type { MockOptions } from '../index.ts';
import type { Host } from '../jobs/clock.ts';
import { acmePlan, openMock, row, stoppedHost } from '../testing.ts';

/** A machine whose timers fire, and whose turns come, when told. */
class ManualHost implements Host {
  #now = stoppedHost.now();
  #timers: { readonly at: number; readonly callback: () => void }[] = [];
  readonly #turns: (() => void)[] = [];

  now = () => this.#now;

  after(ms: number, callback: () => void) {
    const timer = { at: this.#now + ms, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  soon(callback: () => void): void {
    this.#turns.push(callback);
  }

  pass(ms: number): void {
    this.#now += ms;
    for (const timer of this.#timers.filter(({ at }) => at <= this.#now)) {
      this.#timers = this.#timers.filter((other) => other !== timer);
      timer.callback();
    }
  }

  turn(): boolean {
    const next = this.#turns.shift();
    next?.();
    return next !== undefined;
  }
}

const rows = (name: string) => Array.from({ length: 3 * rowsPerSlice }, (_, index) => row(`${name}-${index}`));

/** A mock in which a sync takes a second, and of which a large one has just begun to be completed. */
async function underWay(options: MockOptions = {}) {
  const host = new ManualHost();
  const opened = await openMock({ host, ...options });
  const { mock, call, group: create } = opened;
  const group = await create();
  const submit = async (members = rows('ann'), to = group): Promise<string> => {
    const answer = await call('POST', `/v1/groups/${to}/members/sync`, { body: { members } });
    return answer.body.data.request_id;
  };
  const read = async (id: string, of = group) => (await call('GET', `/v1/groups/${of}/members/sync/${id}`)).body.data;
  const id = await submit();
  host.pass(1000);
  return { ...opened, create, control: mock.control(), host, group, id, submit, read };
}

test('a large sync is completed in turns; until the last, reads see nothing of it, and then all', async () => {
  const { call, control, host, group, id, read } = await underWay();
  for (let turns = 0; control.listSyncs().syncs[0]?.completed_at === null; turns += 1) {
    expect(await read(id)).toMatchObject({ completed_at: null, results: null });
    expect((await call('GET', `/v1/groups/${group}`)).status).toBe(200);
    expect(control.describeWorld().syncs_in_flight).toBe(1);
    expect(host.turn(), `turn ${turns}`).toBe(true);
  }
  const { completed_at, results } = await read(id);
  expect(completed_at).not.toBeNull();
  expect(results.added_group_member_ids).toHaveLength(3 * rowsPerSlice);
  expect(control.readRoster(group).members).toHaveLength(3 * rowsPerSlice);
  expect(control.readJournal().completions).toHaveLength(1);
});

test('a write of the contract waits for the end of the sync, and is done in between two syncs', async () => {
  const { call, host, id, read, submit, group: first } = await underWay();
  let isCreated = false;
  const created = call('POST', '/v1/groups', { body: { name: 'Meanwhile' } }).then(({ status }) => {
    isCreated = status === 201;
  });
  const later = submit([]);
  for (let turns = 0; turns < 3; turns += 1) {
    host.turn();
    await new Promise(setImmediate);
    expect(isCreated).toBe(false);
  }
  while (host.turn());
  await created;
  expect(isCreated).toBe(true);
  expect((await read(id)).results.added_group_member_ids).toHaveLength(3 * rowsPerSlice);

  host.pass(1000);
  while (host.turn());
  expect((await read(await later, first)).results.removed_group_member_ids).toHaveLength(3 * rowsPerSlice);
});

test('what the control plane reads of members is the end of the sync, not its middle', async () => {
  const { control, group, host, id, read } = await underWay();
  host.turn();
  expect(new Set(control.readRoster(group).members.map(({ state }) => state))).toEqual(new Set(['active']));
  expect(await read(id)).toMatchObject({ completed_at: expect.any(String) });
  while (host.turn());
  expect(control.readJournal().completions).toHaveLength(1);
});

test.each(['completeSync', 'stallSync', 'unstallSync'] as const)(
  '%s comes too late for a sync that is being completed',
  async (operation) => {
    const { control, id } = await underWay();
    expect(() => control[operation](id)).toThrow(/was completed at 2026/);
  },
);

test('syncs that wait for their turn are completed as their time came, also across groups', async () => {
  const { control, host, submit, id, create } = await underWay();
  while (host.turn());
  const other = await create('Another');
  const ids = [await submit([]), await submit(rows('bob'), other), await submit([row('cy')])];
  host.pass(1000);
  while (host.turn());
  const completed = control.readJournal().completions.map(({ request_id }) => request_id);
  expect(completed).toEqual([id, ...ids]);
});

test('small syncs whose time came need no turn', async () => {
  const { host, submit, read } = await underWay();
  while (host.turn());
  await submit([]);
  host.pass(1000);
  while (host.turn());
  const small = [await submit([row('dee')]), await submit([row('eve')])];
  host.pass(1000);
  for (const id of small) expect((await read(id)).completed_at).not.toBeNull();
});

test.each(['advance', 'freeze'] as const)('the clock does not %s before what is due is completed', async (step) => {
  const { control, host, submit, mock, create } = await underWay();
  while (host.turn());
  const ids = [await submit([]), await submit(rows('bob'), await create('Another'))];
  host.pass(1000);
  const due = mock.clock().timestamp();
  if (step === 'advance') control.advanceClock({ ms: 5000 });
  else control.freezeClock();
  for (const id of ids) {
    const sync = control.listSyncs().syncs.find(({ request_id }) => request_id === id);
    expect(sync?.completed_at).toBe(due);
  }
  while (host.turn());
  expect(control.readJournal().completions).toHaveLength(3);
});

test('who advances the clock finds completed what came due on the way', async () => {
  const { control, host, submit, read } = await underWay();
  while (host.turn());
  const id = await submit(rows('bob'));
  control.advanceClock({ ms: 1000 });
  expect((await read(id)).results.added_group_member_ids).toHaveLength(3 * rowsPerSlice);
});

test('a reset in the middle leaves nothing of the sync, now or in later turns', async () => {
  const { control, host, group, call } = await underWay();
  host.turn();
  control.resetWorld();
  while (host.turn());
  expect((await call('GET', `/v1/groups/${group}`)).status).toBe(404);
  expect(control.listPeople().people).toEqual([]);
  expect(control.readJournal().completions).toEqual([]);
});

test('a snapshot taken in the middle holds the whole sync, and one that is refused there stops nothing', async () => {
  const { control, host, group } = await underWay();
  const before = control.exportSnapshot();
  expect(before.tables.subscriptions).toHaveLength(3 * rowsPerSlice);
  expect(before.tables.syncs).toMatchObject([{ completed_at: expect.any(String), roster: null }]);

  const again = await underWay();
  again.host.turn();
  const broken = { ...before, tables: { ...before.tables, plans: [{ id: acmePlan }] } };
  expect(() => again.control.importSnapshot(broken)).toThrow(/tables\.plans/);
  again.host.pass(0);
  while (again.host.turn());
  expect(again.control.readRoster(again.group).members).toHaveLength(3 * rowsPerSlice);
  while (host.turn());
  expect(control.readRoster(group).members).toHaveLength(3 * rowsPerSlice);
});

test('a mock that is closed in the middle starts again with the sync in flight, and completes it', async () => {
  const data = mkdtempSync(join(tmpdir(), 'groups-mock-'));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  const { mock, host, group } = await underWay({ data });
  host.turn();
  await mock.close();
  while (host.turn());
  const { mock: second } = await openMock({ host, data });
  expect(second.control().describeWorld().syncs_in_flight).toBe(1);
  expect(second.control().listPeople().people).toEqual([]);
  host.pass(0);
  while (host.turn());
  expect(second.control().readRoster(group).members).toHaveLength(3 * rowsPerSlice);
});

test('a turn that is still to come finds a closed world, and does nothing', async () => {
  const { control, host, mock, submit, create } = await underWay();
  while (host.turn());
  const other = await create('Another');
  for (const group of [undefined, other]) await submit(rows('bob'), group);
  host.pass(1000);
  // Completes the first, after which the second is to have its turn.
  control.listPeople();
  await mock.close();
  while (host.turn());
  await mock.close();
});

test('a write that waits while the mock is closed opens no world again', async () => {
  const data = mkdtempSync(join(tmpdir(), 'groups-mock-'));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  const { mock, host } = await underWay({ data });
  const stopped = vi.spyOn(console, 'error').mockReturnValue();
  onTestFinished(() => stopped.mockRestore());
  const waiting = mock.fetch('/v1/groups', {
    method: 'POST',
    headers: { authorization: 'Bearer vit_apk_acme', 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Too late' }),
  });
  await new Promise(setImmediate);
  await mock.close();
  expect((await waiting).status).toBe(500);
  expect(stopped).toHaveBeenCalledWith(expect.stringContaining('POST /v1/groups failed'));
  const { mock: second } = await openMock({ host, data });
  expect(second.control().listGroups().groups).toHaveLength(1);
});

test('who tells the next rows to fail does not tell those of a sync that is half applied', async () => {
  const { control, host, id, read } = await underWay();
  host.turn();
  control.addRejection({ reference_id: `ann-${3 * rowsPerSlice - 1}`, reason: 'No.' });
  while (host.turn());
  expect((await read(id)).results.failures).toEqual([]);
  expect(control.listRejections().rejections).toHaveLength(1);
});

test('a world that is dropped in the middle is gone, and a write that waited for it begins a new one', async () => {
  const { control, host, mock, call } = await underWay();
  const created = call('POST', '/v1/groups', { body: { name: 'Meanwhile' } });
  await new Promise(setImmediate);
  control.dropWorld();
  expect((await created).status).toBe(201);
  while (host.turn());
  expect(mock.control().listGroups().groups).toMatchObject([{ name: 'Meanwhile', active_members: 0 }]);
});
