import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const size = '2g';
/** Whoever writes to the disk may be faster than the measurement of what is used. */
const maxTries = 50;

/** A file system of its own, in memory, that can run out of space. */
export interface SmallDisk {
  readonly folder: string;
  /** Leaves no space but what is used. */
  fill(): void;
  /** Makes space again. */
  free(): void;
  unmount(): Promise<void>;
}

/** Mounts a disk until standard input ends, also because this process has crashed. */
const holder =
  'mount -t tmpfs -o mode=755,size="$1" tmpfs "$0" && echo mounted && read -r _; umount -l "$0"; rmdir "$0"';

/** Mounts a disk, or returns why none can be mounted here. */
export async function mountSmallDisk(): Promise<SmallDisk | string> {
  const folder = mkdtempSync(join(tmpdir(), 'groups-mock-disk-'));
  const child = spawn('/bin/sh', ['-c', holder, folder, size], { detached: true, stdio: 'pipe' });
  const gone = once(child, 'exit');
  const complaint = text(child.stderr);
  await Promise.race([once(child.stdout, 'data'), gone]);
  if (child.exitCode !== null) {
    rmSync(folder, { recursive: true, force: true });
    return `no small disk can be mounted: ${(await complaint).split('\n')[0]}`;
  }
  const resize = (to: string | number) =>
    spawnSync('mount', ['-o', `remount,size=${to}`, folder], { encoding: 'utf8' });
  return {
    folder,
    fill() {
      for (let tries = 1; ; tries += 1) {
        const { blocks, bfree, bsize } = statfsSync(folder);
        const { status, stderr } = resize((blocks - bfree) * bsize);
        if (status === 0) return;
        if (tries === maxTries) throw new Error(`the small disk cannot be filled: ${stderr}`);
      }
    },
    free() {
      const { status, stderr } = resize(size);
      if (status !== 0) throw new Error(`the small disk cannot be freed: ${stderr}`);
    },
    async unmount() {
      child.stdin.end();
      await gone;
    },
  };
}
