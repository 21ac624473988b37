import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CheckRecord } from '../run/outcome.ts';
import { progressIntervalMs, showProgress } from './progress.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const record = { rule: 'LIFE-3' } as CheckRecord;

function shown(isTTY: boolean) {
  const texts: string[] = [];
  const progress = showProgress({ isTTY, write: (text) => texts.push(text) });
  return { progress, text: () => texts.join('') };
}

test('without a terminal there is a line every ten seconds, and none after the end', () => {
  const { progress, text } = shown(false);
  progress.onCheck(record, { done: 3, of: 9 });
  expect(text()).toBe('');
  vi.advanceTimersByTime(2 * progressIntervalMs);
  progress.end();
  vi.advanceTimersByTime(2 * progressIntervalMs);
  expect(text()).toBe('10 s: 3 of 9 checks have finished\n20 s: 3 of 9 checks have finished\n');
});

test('on a terminal one line is overwritten', () => {
  const { progress, text } = shown(true);
  progress.onCheck(record, { done: 3, of: 9 });
  vi.advanceTimersByTime(2 * progressIntervalMs);
  expect(text()).toBe('\r3 of 9 checks (LIFE-3)\u001b[K');
});

test('a long wait is announced before it begins, a short one is not', () => {
  const { progress, text } = shown(false);
  progress.onWait(400);
  progress.onWait(60_000);
  progress.end();
  expect(text()).toBe('The target asks for a pause (429): waiting 60 s before the next attempt.\n');
});
