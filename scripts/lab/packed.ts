import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../generate/contract.ts';
import { maxBytesOfMock, nodeOf, packPackage, projectWith, weigh } from './packed/project.ts';
import { tryEverything, tryMock, tryWithoutSuite } from './packed/trial.ts';

const usage = `npm run lab -- packed              pack, install into empty projects, and try both programs and both library entries on
                                   Node 22, 24 and 26, whose binaries come from the npm registry
npm run lab -- packed --node 26    on this version only; may be repeated

Prints the size of the package and its dependencies. Exit codes: 0 everything works, 1 something does not, 2 bad usage.`;

const mb = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

async function trial(majors: readonly number[], folder: string): Promise<void> {
  console.log('Packing …');
  const packed = packPackage(root, folder);
  console.log(`package: ${mb(packed.bytes)} to download, ${mb(packed.unpackedBytes)} unpacked`);
  const alone = projectWith(join(folder, 'mock-alone'), [packed.file], ['--omit=optional']);
  const whole = projectWith(join(folder, 'whole'), [packed.file]);
  for (const [name, project] of Object.entries({ 'mock alone (--omit=optional)': alone, 'mock and suite': whole })) {
    const { packages, bytes } = weigh(project);
    console.log(`${name}: ${mb(bytes)} installed, ${packages} packages`);
    if (project === alone && bytes > maxBytesOfMock) throw new Error(`expected at most ${mb(maxBytesOfMock)}`);
  }
  for (const major of majors) {
    const node = nodeOf(major, folder);
    await tryMock(node, alone);
    tryWithoutSuite(node, alone);
    console.log(`Node ${major}: ${await tryEverything(node, whole)}`);
  }
}

const { values } = parseArgs({
  options: {
    node: { type: 'string', multiple: true },
    help: { type: 'boolean' },
  },
});
const majors = (values.node ?? ['22', '24', '26']).map(Number);
if (values.help || !majors.every((major) => Number.isInteger(major) && major > 0)) {
  console[values.help ? 'log' : 'error'](usage);
  process.exit(values.help ? 0 : 2);
}
const folder = mkdtempSync(join(tmpdir(), 'packed-'));
try {
  await trial(majors, folder);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
