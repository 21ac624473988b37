import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../generate/contract.ts';

const source = join(import.meta.dirname, 'peers');
const files = ['package.json', 'package-lock.json'];
const installWithinMs = 300_000;

/** Where the peers that are too large for the project's own dependencies are installed. */
export const peersFolder = join(root, 'node_modules/.cache/bench/peers');

/** Installs the peers exactly as their lockfile says, once; afterwards no network is needed. */
export async function installPeers(): Promise<void> {
  const lock = 'package-lock.json';
  const installed = join(peersFolder, 'installed.json');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === readFileSync(join(source, lock), 'utf8')) return;
  console.log('installing the peers of the comparison, once');
  rmSync(peersFolder, { recursive: true, force: true });
  mkdirSync(peersFolder, { recursive: true });
  for (const file of files) copyFileSync(join(source, file), join(peersFolder, file));
  await promisify(execFile)('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: peersFolder,
    timeout: installWithinMs,
  });
  copyFileSync(join(source, lock), installed);
}
