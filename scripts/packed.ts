import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './generate/contract.ts';
import { rehearseImage } from './packed/image.ts';
import { nodeOf, pack, projectWith, sizeOf, weigh } from './packed/project.ts';
import { tryEverything, tryMock, tryWithoutSuite } from './packed/trial.ts';

const usage = `npm run packed                 pack, install into empty projects, and try both programs and both library entries on
                               Node 22, 24 and 26, whose binaries come from the npm registry
npm run packed -- --node 26    on this version only; may be repeated
npm run packed -- --image      run what the Dockerfile says instead, in folders, without an engine: its commands, its
                               program as its user, its health check

Prints what the package and its dependencies weigh. Exit codes: 0 all of it works, 1 something does not, 2 bad usage.`;

/** What README promises for a mock that is installed alone. */
const mostBytesOfMock = 40e6;

const mb = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

async function trial(majors: readonly number[], folder: string): Promise<void> {
  console.log('Packing …');
  const packed = pack(root, folder);
  console.log(`package: ${mb(packed.bytes)} to download, ${mb(packed.unpackedBytes)} unpacked`);
  const alone = projectWith(join(folder, 'mock-alone'), [packed.file], ['--omit=optional']);
  const whole = projectWith(join(folder, 'whole'), [packed.file]);
  for (const [name, project] of Object.entries({ 'mock alone (--omit=optional)': alone, 'mock and suite': whole })) {
    const { packages, bytes } = weigh(project);
    console.log(`${name}: ${mb(bytes)} installed, ${packages} packages`);
    if (project === alone && bytes > mostBytesOfMock) throw new Error(`expected at most ${mb(mostBytesOfMock)}`);
  }
  for (const major of majors) {
    const node = nodeOf(major, folder);
    await tryMock(node, alone);
    tryWithoutSuite(node, alone);
    console.log(`Node ${major}: ${await tryEverything(node, whole)}`);
  }
}

async function rehearse(folder: string): Promise<void> {
  console.log('Running the build stage of the Dockerfile; npm takes a minute or two …');
  const image = await rehearseImage(root, folder);
  const { bytes, packages } = weigh(image);
  const dist = sizeOf(join(image, 'dist'));
  console.log(
    `image: dist ${mb(dist)} and ${packages} packages of ${mb(bytes)}, besides the base; starts, is healthy, stops`,
  );
}

const { values } = parseArgs({
  options: {
    node: { type: 'string', multiple: true },
    image: { type: 'boolean' },
    help: { type: 'boolean' },
  },
});
const majors = (values.node ?? ['22', '24', '26']).map(Number);
if (values.help || !majors.every((major) => Number.isInteger(major) && major > 0)) {
  console[values.help ? 'log' : 'error'](usage);
  process.exit(values.help ? 0 : 2);
}
const folder = mkdtempSync(join(tmpdir(), 'packed-'));
// The image's user reads there, too.
chmodSync(folder, 0o755);
try {
  await (values.image ? rehearse(folder) : trial(majors, folder));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
