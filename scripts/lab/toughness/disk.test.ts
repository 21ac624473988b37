import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { schemas } from '../../../generated/validators.ts';
import { skipWithWarning } from '../../../mock/test-support/skip-with-warning.ts';

test('a full disk and a read-only folder are reported as such, and nothing that was answered is lost', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'groups-mock-disk-'));
  onTestFinished(() => rmdirSync(folder));
  /** Runs a command in an isolated mount namespace in which the folder is a file system of 4 MiB. */
  const unshare = (...command: readonly string[]) => {
    const script = 'mount -t tmpfs -o size=4m tmpfs "$0" && exec "$@"';
    const args = ['--map-root-user', '--mount', 'sh', '-c', script, folder, ...command];
    return spawnSync('unshare', args, { encoding: 'utf8' });
  };
  const { status, stderr, error } = unshare('true');
  if (status !== 0)
    skipWithWarning(context, `no small file system can be had here: ${(error?.message ?? stderr).trim()}`);
  const run = unshare(process.execPath, join(import.meta.dirname, 'disk.ts'), folder);
  expect(run.stderr).toBe('');
  const { created, whileFull, afterFreeing, readOnly, atLast, integrity } = JSON.parse(run.stdout);
  expect(created).toBeGreaterThan(0);
  expect(whileFull.answer.status).toBe(500);
  expect(schemas.Error(whileFull.answer.body)).toBe(true);
  expect(whileFull.log).toMatch(
    /^groups-mock: POST \/v1\/groups failed: database or disk is full \(trace [0-9a-f]{32}\)$/,
  );
  expect(whileFull.read).toBe(created);
  expect(afterFreeing).toBe(201);
  expect(readOnly.code).toBe(2);
  expect(readOnly.said).toMatch(/^groups-mock: cannot keep worlds in .*: EROFS: read-only file system.*\n$/);
  expect(atLast).toBe(created + 1);
  expect(integrity).toEqual({ integrity_check: 'ok' });
}, 60_000);
