import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../conformance/contract/judged-contract.ts';
import { copyToReleased } from '../gate/repository.ts';
import { shippedOf } from '../hygiene/shipped.ts';
import type { ReleasePlan } from './plan.ts';
import { wheelOf } from './wheel.ts';

/** The commit that is released: its hash, and when it was made (ISO 8601). */
export interface Commit {
  readonly hash: string;
  readonly date: string;
}

export interface Artefact {
  readonly name: string;
  readonly content: Buffer;
}

/** Runs a command and returns its output. Throws with its error output if it fails. */
export function runProgram(folder: string, command: string, ...args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    shell: process.platform === 'win32',
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stderr || stdout}`);
  return stdout;
}

/** The commit that a checkout is at. */
export function headOf(root: string): Commit {
  const [hash = '', date = ''] = runProgram(root, 'git', 'log', '-1', '--format=%H %cI').trim().split(' ');
  return { hash, date };
}

/** Clones the HEAD of a checkout, so that only what is committed is packed. */
export function cloneHead(root: string, folder: string): void {
  runProgram(root, 'git', 'clone', '--quiet', '--no-hardlinks', root, folder);
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
}

/** The files that a release writes, in the checkout or in a clone of it. */
export const releaseFiles = ['package.json', 'package-lock.json', 'CHANGELOG.md', 'spec/released/'] as const;

/** Writes versions and changelog, makes the contract the released one, and clears the judgements. */
export function writePlan(root: string, { version, changelog }: ReleasePlan): void {
  const edit = (file: string, change: (text: string) => string) =>
    writeFileSync(join(root, file), change(readFileSync(join(root, file), 'utf8')));
  edit('package.json', (text) => text.replace(/^( {2}"version": )".*"/m, `$1"${version}"`));
  edit('package-lock.json', (text) => {
    const lock = JSON.parse(text) as { version: string; packages: { '': { version: string } } };
    lock.version = version;
    lock.packages[''].version = version;
    return `${JSON.stringify(lock, null, 2)}\n`;
  });
  writeFileSync(join(root, 'CHANGELOG.md'), changelog);
  copyToReleased(root);
  edit('spec/released/release.yaml', (text) => text.replace(/^package: .*$/m, `package: ${version}`));
}

function pack(folder: string): Artefact {
  const [{ filename }] = JSON.parse(runProgram(folder, 'npm', 'pack', '--json', '--silent').replace(/^[^[]*/, '')) as [
    { filename: string },
  ];
  return { name: filename, content: readFileSync(join(folder, filename)) };
}

/** The parts of npm's bill of materials that are changed. */
interface BillOfMaterials {
  readonly metadata: { timestamp: string; readonly component: { name: string } };
  serialNumber: string;
  components: readonly { readonly 'bom-ref': string; readonly properties: readonly { readonly name: string }[] }[];
  dependencies: readonly { readonly ref: string }[];
}

/** The packages shipped with this one, from the lockfile. The random id and time of npm are replaced by values of the commit. */
export function billOfMaterials(folder: string, { date }: Commit): Artefact {
  const shipped = shippedOf(folder);
  const bom: BillOfMaterials = JSON.parse(
    runProgram(shipped.folder, 'npm', 'sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'),
  );
  shipped.remove();
  // The lockfile also has the Node of developers, which the reduced manifest does not need.
  const extraneous = bom.components
    .filter(({ properties }) => properties.some((property) => property.name === 'cdx:npm:package:extraneous'))
    .map((component) => component['bom-ref']);
  bom.components = bom.components.filter((component) => !extraneous.includes(component['bom-ref']));
  bom.dependencies = bom.dependencies.filter(({ ref }) => !extraneous.includes(ref));
  const { name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name: string };
  bom.metadata.timestamp = date;
  bom.metadata.component.name = name;
  const digest = sha256(JSON.stringify([bom.metadata.component, bom.components]));
  // A name-based UUID (RFC 9562, version 8) of the content.
  const uuid = `${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
  bom.serialNumber = `urn:uuid:${uuid}`;
  return { name: 'sbom.cdx.json', content: Buffer.from(`${JSON.stringify(bom, null, 2)}\n`) };
}

/** The provenance of the artefacts as an unsigned in-toto statement (SLSA provenance 1.0); CI signs its own. */
function provenance(
  folder: string,
  { version }: ReleasePlan,
  { hash }: Commit,
  subjects: readonly Artefact[],
): Artefact {
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: subjects.map(({ name, content }) => ({ name, digest: { sha256: sha256(content) } })),
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: 'urn:vitable-groups-kit:npm-pack:1',
        externalParameters: { version },
        resolvedDependencies: [
          { name: 'source', digest: { gitCommit: hash } },
          ...['package-lock.json', 'spec/released/openapi.yaml', 'spec/released/rules.yaml'].map((name) => ({
            name,
            digest: { sha256: sha256(readFileSync(join(folder, name))) },
          })),
        ],
      },
      runDetails: { builder: { id: 'urn:vitable-groups-kit:release-script:1' } },
    },
  };
  return { name: 'provenance.json', content: Buffer.from(`${JSON.stringify(statement, null, 2)}\n`) };
}

/**
 * Builds the npm package and the wheel twice in a clone that the plan was written to. Throws if the results differ.
 */
export function artefactsOf(folder: string, plan: ReleasePlan, commit: Commit): Artefact[] {
  const bom = billOfMaterials(folder, commit);
  const build = () => [pack(folder), wheelOf(folder, join(folder, 'dist'), bom.content)];
  const [built, again] = [build(), build()];
  for (const [index, { name, content }] of built.entries())
    if (again[index]?.content.equals(content) !== true) throw new Error(`Two builds of ${name} differ.`);
  const statement = provenance(folder, plan, commit, [...built, bom]);
  const all = [...built, bom, statement];
  const sums = all.map(({ name, content }) => `${sha256(content)}  ${name}\n`).join('');
  return [...all, { name: 'SHA256SUMS', content: Buffer.from(sums) }];
}
