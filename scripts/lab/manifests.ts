import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { definitions, manifestFiles, schemaFile } from '../deploy/manifests.ts';
import { flagsOf } from '../flags.ts';
import { root } from '../generate/contract.ts';
import { environmentWith, NoPython, pythonIn } from '../python-environment.ts';

const usage = `npm run lab -- manifests            validate deploy/kubernetes/ with kubernetes-validate, which ships the schemas of Kubernetes
npm run lab -- manifests --write    also renew the schemas that npm test validates with

Needs Python 3.10 or later and a package index. Exit codes: 0 valid, 1 not valid, or the schemas are out of date.`;

/** A JSON Schema, as far as it is walked here. */
type Schema = { readonly [key: string]: unknown };

/** Copies the definitions that some need, without descriptions. */
function extract(all: Readonly<Record<string, Schema>>, names: readonly string[]): Record<string, Schema> {
  const copied: Record<string, Schema> = {};
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(copy);
    if (typeof value !== 'object' || value === null) return value;
    const kept = Object.entries(value).filter(([key, text]) => !(key === 'description' && typeof text === 'string'));
    return Object.fromEntries(kept.map(([key, part]) => [key, key === '$ref' ? copyReference(part) : copy(part)]));
  };
  const copyReference = (reference: string): string => {
    const name = reference.replace(/^.*\//, '');
    if (copied[name] === undefined) {
      copied[name] = {};
      copied[name] = copy(all[name]) as Schema;
    }
    return `#/$defs/${name}`;
  };
  for (const name of names) copyReference(name);
  return Object.fromEntries(Object.entries(copied).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The output of the environment's Python. Throws with it if the program fails. */
function runPython(python: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(python, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${stdout}${stderr}`.trim());
  return stdout.trim();
}

async function validate(write: boolean): Promise<void> {
  const environment = await environmentWith(join(import.meta.dirname, 'manifests/requirements.txt'), 'manifests');
  const python = pythonIn(environment);
  console.log(runPython(python, '-m', 'kubernetes_validate', '--strict', ...manifestFiles));
  const [version = '', folder = ''] = runPython(
    python,
    '-c',
    'import kubernetes_validate as k, os; print(k.latest_version()); print(os.path.dirname(k.__file__))',
  ).split('\n');
  const file = join(folder, `kubernetes-json-schema/v${version}-local-strict/_definitions.json`);
  const { $defs } = JSON.parse(readFileSync(file, 'utf8')) as { $defs: Record<string, Schema> };
  const $comment = `Kubernetes ${version}, Apache-2.0. Written by npm run lab -- manifests --write.`;
  const text = `${JSON.stringify({ $comment, $defs: extract($defs, Object.values(definitions)) }, null, 1)}\n`;
  if (write) writeFileSync(schemaFile, text);
  else if (readFileSync(schemaFile, 'utf8') !== text)
    throw new Error(`${schemaFile} is not that of Kubernetes ${version}; renew it with --write.`);
}

const { write = false } = flagsOf(usage, { write: { type: 'boolean' } });
try {
  await validate(write);
} catch (error) {
  console.error(error instanceof NoPython ? `Not validated: ${error.message}.` : (error as Error).message);
  process.exitCode = 1;
}
