import { expect, onTestFinished, test, vi } from 'vitest';
import { withoutExperimentalWarning } from './load.ts';

test('only the warning that a module is experimental is suppressed, and only while it loads', async () => {
  const emitWarning = vi.spyOn(process, 'emitWarning').mockReturnValue();
  onTestFinished(() => emitWarning.mockRestore());
  const loaded = withoutExperimentalWarning(() => {
    process.emitWarning('SQLite is an experimental feature', 'ExperimentalWarning');
    process.emitWarning('something is deprecated', 'DeprecationWarning');
    return 'module';
  });
  process.emitWarning('somebody else', 'ExperimentalWarning');
  expect(loaded).toBe('module');
  expect(emitWarning.mock.calls).toEqual([
    ['something is deprecated', 'DeprecationWarning'],
    ['somebody else', 'ExperimentalWarning'],
  ]);
});

test('a module that cannot be loaded leaves warnings as they were', () => {
  const before = process.emitWarning;
  expect(() =>
    withoutExperimentalWarning(() => {
      throw new Error('no such module');
    }),
  ).toThrow('no such module');
  expect(process.emitWarning).toBe(before);
});
