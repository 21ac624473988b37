import { expect, test } from 'vitest';
import { openMock, row, unknownGroup } from '../test-support/frozen-mock.ts';

test('settings of one world leave the others alone, and a reset restores those of the mock', async () => {
  const { mock } = await openMock({ quirks: { phone: 'required' }, progress: { after: 'manual' } });
  const control = mock.control('strict');
  const before = control.changeSettings({});
  expect(before).toMatchObject({ quirks: { phone: 'required', 'cross-group': 'move' }, sync_manual: true });
  control.changeSettings({ quirks: { 'cross-group': 'reject' }, sync_delay_ms: 7 });
  const changed = control.changeSettings({ quirks: { 'create-status': '200' } });
  expect(changed).toEqual({
    quirks: { ...before.quirks, 'cross-group': 'reject', 'create-status': '200' },
    sync_delay_ms: 7,
  });
  expect(mock.control().readSettings()).toEqual(before);
  control.resetWorld();
  expect(control.readSettings()).toEqual(before);
});

test('syncs in flight follow the new settings', async () => {
  const { mock, call, group } = await openMock({ progress: { after: 'manual' } });
  const control = mock.control();
  const path = `/v1/groups/${await group()}/members/sync`;
  const { body } = await call('POST', path, { body: { members: [row('ada')] } });
  const isCompleted = async () =>
    (await call('GET', `${path}/${body.data.request_id}`)).body.data.completed_at !== null;
  control.advanceClock({ ms: 60_000 });
  control.changeSettings({ sync_delay_ms: 90_000 });
  expect(await isCompleted()).toBe(false);
  control.advanceClock({ ms: 30_000 });
  expect(await isCompleted()).toBe(true);
});

test('unknown, contradictory and mistyped settings are refused, and change nothing', async () => {
  const { mock } = await openMock();
  const control = mock.control();
  const before = control.readSettings();
  for (const [changes, message] of [
    [{ quirks: { phone: 'always' } }, 'quirk phone can be optional or required, not "always"'],
    [{ quirks: { colour: 'red' } }, 'unknown quirk "colour"'],
    [{ sync_polls: 1, sync_delay_ms: 1 }, 'expected at most one of sync_delay_ms, sync_polls and sync_manual'],
    [{ sync_delay: 1 }, '"sync_delay"'],
  ] as const) {
    expect(() => control.changeSettings(changes as never)).toThrow(message);
    expect(() => control.resetWorld({ settings: changes as never })).toThrow(message);
  }
  expect(control.readSettings()).toEqual(before);
});

test('a seed brings settings, which also apply to its own groups', async () => {
  const settings = { quirks: { 'external-reference': 'null' }, sync_polls: 0 };
  const seed = { settings, organizations: [{ slug: 'acme', groups: [{ name: 'Without a reference' }] }] };
  const { mock, call } = await openMock({ seed });
  expect(mock.control('any').changeSettings({})).toMatchObject(settings);
  const listed = await call('GET', '/v1/groups');
  expect(listed.body.data).toMatchObject([{ external_reference_id: null }]);
});

test('a snapshot contains the settings, and a bad one is refused', async () => {
  const { mock, call } = await openMock();
  mock.control().changeSettings({ quirks: { 'refusal-order': 'body-first' } });
  const snapshot = mock.control().exportSnapshot();
  mock.control().resetWorld();
  mock.control().importSnapshot(snapshot);
  expect((await call('PATCH', `/v1/groups/${unknownGroup}`, { body: { name: 7 } })).status).toBe(400);
  const bad = [{ one: 1, json: '{"quirks":{"colour":"red"}}' }];
  const { tables, format } = snapshot;
  expect(() => mock.control().importSnapshot({ format, tables: { ...tables, settings: bad } })).toThrow('"colour"');
  expect(mock.control().readSettings().quirks).toMatchObject({ 'refusal-order': 'body-first' });
});
