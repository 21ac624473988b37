import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isQuirkCatalogue, isRuleCatalogue } from './catalogue.ts';
import type { ContractParts } from './comparison.ts';
import { isObject } from './json-pointer.ts';
import { withReferences } from './references.ts';
import { readYaml } from './yaml.ts';

/** A file that cannot be read as a contract. */
export class UnreadableContract extends Error {
  override readonly name = 'UnreadableContract';
}

/** The files of a contract folder by the part that each holds. */
export const contractFiles = { openapi: 'openapi.yaml', rules: 'rules.yaml', quirks: 'quirks.yaml' } as const;

function parsed(file: string): unknown {
  try {
    return readYaml(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UnreadableContract(`${file}: expected YAML or JSON: ${(error as Error).message}`);
  }
}

/** What a file contains instead of a contract, in a few words. */
function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list of something else';
  if (!isObject(value)) return 'plain text';
  for (const field of ['openapi', 'swagger']) if (field in value) return `${field} ${value[field]}`;
  return `an object with ${Object.keys(value).slice(0, 3).join(', ') || 'no field'}`;
}

function fail(file: string, at: string, reason: string): never {
  throw new UnreadableContract(`${file}#${at}: expected a reference that leads somewhere: ${reason}`);
}

function partOf(file: string, value: unknown): ContractParts {
  if (isObject(value) && typeof value['openapi'] === 'string' && value['openapi'].startsWith('3.'))
    return { openapi: withReferences(file, { parse: parsed, fail }) };
  if (isRuleCatalogue(value)) return { rules: value };
  if (isQuirkCatalogue(value)) return { quirks: value };
  throw new UnreadableContract(
    `${file}: expected an OpenAPI 3 document, a rule catalogue or a list of open questions (see spec/), got ${kindOf(value)}`,
  );
}

/**
 * Reads a contract: one file, or a folder with openapi.yaml and, if they are there, rules.yaml and quirks.yaml. Throws
 * UnreadableContract.
 */
export function readContract(path: string): ContractParts {
  if (!existsSync(path)) throw new UnreadableContract(`${path}: there is no such file or folder`);
  if (!statSync(path).isDirectory()) return partOf(path, parsed(path));
  const files = Object.values(contractFiles).map((name) => join(path, name));
  const present = files.filter((file) => existsSync(file));
  if (present.length === 0)
    throw new UnreadableContract(`${path}: expected ${Object.values(contractFiles).join(', ')} in this folder`);
  return Object.assign({}, ...present.map((file) => partOf(file, parsed(file)))) as ContractParts;
}
