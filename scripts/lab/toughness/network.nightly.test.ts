import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { skipWithWarning } from '../../../mock/test-support/skip-with-warning.ts';

/** An isolated network namespace; its only device is a loopback that is down. */
const unshare = (...command: readonly string[]) =>
  spawnSync('unshare', ['--map-root-user', '--net', ...command], { encoding: 'utf8' });

test('mock and suite work without a network and do not try to reach one', (context) => {
  const { status, stderr, error } = unshare('ip', 'link', 'show', 'lo');
  if (status !== 0)
    skipWithWarning(context, `no empty network namespace can be had here: ${(error?.message ?? stderr).trim()}`);
  const alone = unshare(process.execPath, join(import.meta.dirname, 'alone.ts'));
  expect(alone.stderr).toBe('');
  const { noticed, attempts, exitCode, verdict } = JSON.parse(alone.stdout);
  expect(noticed).toBeGreaterThan(0);
  expect(attempts).toBe(0);
  expect(verdict).toContain('conformant: http://127.0.0.1:');
  expect(exitCode).toBe(0);
}, 120_000);
