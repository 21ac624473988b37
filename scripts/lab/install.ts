import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The folder in which the packages that only the lab needs are installed. */
export const labFolder = import.meta.dirname;

/** The program of Prism; only there after `installLab`. */
export const prismProgram = join(labFolder, 'node_modules/@stoplight/prism-cli/dist/index.js');

const installWithinMs = 300_000;

/** Installs the lab's packages from its lockfile on first use; afterwards no network is needed. */
export async function installLab(): Promise<void> {
  const lock = join(labFolder, 'package-lock.json');
  const installed = join(labFolder, 'node_modules/installed.json');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === readFileSync(lock, 'utf8')) return;
  console.log('Installing the packages of the lab (only on first use) …');
  await promisify(execFile)('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: labFolder,
    timeout: installWithinMs,
    shell: process.platform === 'win32',
  });
  copyFileSync(lock, installed);
}
