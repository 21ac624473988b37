import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const installed = 'node_modules/vitable-groups-kit';

/** A program of the installed package. */
function bin(project: string, name: string): string {
  const { bin } = JSON.parse(readFileSync(join(project, installed, 'package.json'), 'utf8')) as {
    bin: Record<string, string>;
  };
  return join(project, installed, bin[name] as string);
}

/** What a partner writes first: a mock in their own process, and a request to it. */
const mockEntry = `
import { readFile } from 'node:fs/promises';
import { startMock } from 'vitable-groups-kit/mock';
const { default: { version } } = await import('vitable-groups-kit/package.json', { with: { type: 'json' } });
await readFile(new URL(import.meta.resolve('vitable-groups-kit/spec/openapi.yaml')));
const mock = await startMock({ port: false });
const { status } = await mock.fetch('/v1/plans', { headers: { authorization: 'Bearer ' + mock.keys[0] } });
const reference = await mock.fetch('/docs/swagger-ui-bundle.js');
const control = await mock.fetch('/_mock/openapi.json');
await mock.close();
console.log(version, status, reference.status, control.status);
`;

const suiteEntry = `
import { runConformance } from 'vitable-groups-kit/conformance';
const [baseUrl] = process.argv.slice(2);
const { verdict } = await runConformance({ baseUrl, apiKey: 'vit_apk_acme.library', only: ['ID'] });
console.log(verdict);
`;

function entry(node: string, project: string, name: string, source: string, ...args: readonly string[]): string {
  const file = join(project, `${name}.js`);
  writeFileSync(file, source);
  const { status, stdout, stderr } = spawnSync(node, [file, ...args], { cwd: project, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the library entry ${name} ended with ${status}: ${stderr || stdout}`);
  if (stderr !== '') throw new Error(`the library entry ${name} printed to stderr: ${stderr}`);
  return stdout.trim();
}

function execute(node: string, project: string, ...args: readonly string[]) {
  return spawnSync(node, [bin(project, 'groups-conformance'), ...args], { cwd: project, encoding: 'utf8' });
}

/** Starts the installed mock and passes on its address; the mock must exit on SIGTERM. */
async function withMock<T>(node: string, project: string, use: (url: string) => T): Promise<T> {
  const child: ChildProcess = spawn(node, [bin(project, 'groups-mock'), '--port', '0', '--quiet'], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  try {
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    const { value: url } = await lines[Symbol.asyncIterator]().next();
    if (typeof url !== 'string') throw new Error('groups-mock did not start');
    const result = use(url);
    child.kill('SIGTERM');
    const [code] = await exited;
    if (code !== 0 && process.platform !== 'win32') throw new Error(`groups-mock ended with ${code} on SIGTERM`);
    return result;
  } finally {
    child.kill('SIGKILL');
  }
}

/** Tries the mock's program and library entry with only the mock installed. Throws with what went wrong. */
export async function tryMock(node: string, project: string): Promise<void> {
  const said = entry(node, project, 'mock', mockEntry);
  if (!/^\S+ 200 200 200$/.test(said)) throw new Error(`the mock's library entry said ${said}`);
  await withMock(node, project, (url) => {
    if (!url.startsWith('http://127.0.0.1:')) throw new Error(`groups-mock said ${url}`);
  });
}

/** Without its optional packages the suite must print one line and exit with 4. Throws with what went wrong. */
export function tryWithoutSuite(node: string, project: string): void {
  const { status, stderr } = execute(node, project, '--base-url', 'http://127.0.0.1:9');
  if (status !== 4 || !/^groups-conformance: the suite needs the package \S+, .*\n$/.test(stderr))
    throw new Error(`without the suite's packages, groups-conformance ended with ${status}: ${stderr}`);
}

/**
 * Tries both programs and both library entries: the suite judges the mock by the rules that the flags select. Returns its
 * closing line. Throws with what went wrong.
 */
export async function tryEverything(node: string, project: string, ...flags: readonly string[]): Promise<string> {
  await tryMock(node, project);
  return withMock(node, project, (url) => {
    const verdict = entry(node, project, 'suite', suiteEntry, url);
    const { status, stdout, stderr } = execute(node, project, '--base-url', url, ...flags);
    if (verdict !== 'conformant' || status !== 0)
      throw new Error(`the suite ended with ${status} and ${verdict}: ${stderr || stdout}`);
    return stdout.match(/^\d+ rule parts: .*$/m)?.[0] ?? stdout;
  });
}
