import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A folder with the manifest of a package and a lockfile of what comes with it, and nothing that is for development: npm
 * itself takes what is needed for both for development alone. Asks no registry. Throws with what npm said.
 */
export function shippedOf(root: string): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'groups-shipped-'));
  const { devDependencies, scripts, ...manifest } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  copyFileSync(join(root, 'package-lock.json'), join(folder, 'package-lock.json'));
  const { status, stderr } = spawnSync('npm', ['install', '--package-lock-only', '--offline', '--ignore-scripts'], {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const remove = () => rmSync(folder, { recursive: true });
  if (status === 0) return { folder, remove };
  remove();
  throw new Error(`npm cannot tell what is shipped:\n${stderr}`);
}
