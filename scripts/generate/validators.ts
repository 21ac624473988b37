import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import addFormats from 'ajv-formats';
import type { Contract, Operation } from './contract.ts';

const documentId = 'https://contract.invalid/openapi.json';

/**
 * Compiled validators as the text of a module: one per request body, one per schema of `standalone`, and one per
 * operation with query parameters. Errors carry the value and the schema that refused it (ajv's `verbose`). `api` is the
 * module with the contract's types.
 */
export function generateValidators(
  contract: Contract,
  operations: readonly Operation[],
  standalone: readonly string[],
  api: string,
): string {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, verbose: true, code: { source: true, esm: true } });
  addFormats.default(ajv, ['date', 'date-time', 'email']);
  // Check an enum last: ajv checks it before type and length and would hide their errors. All enums here are strings.
  const oneOf = ajv.getKeyword('enum');
  if (typeof oneOf === 'object') ajv.removeKeyword('enum').addKeyword({ ...oneOf, keyword: 'enum', type: 'string' });
  ajv.addVocabulary([
    ...['openapi', 'info', 'servers', 'security', 'tags', 'paths', 'components'],
    'x-refusal',
    'x-expected',
    'example',
  ]);
  ajv.addSchema({ ...contract, $id: documentId });

  // A body that is only a reference to the other contract is validated by the validator of that contract.
  const isOwn = (name: string) => contract.components.schemas[name]?.$ref === undefined;
  const bodies = operations
    .map(({ body }) => body)
    .filter((name) => name !== null)
    .filter(isOwn);
  const names = [...new Set([...bodies, ...standalone])].sort();
  const references: Record<string, string> = {};
  for (const name of names) references[name] = `${documentId}#/components/schemas/${name}`;
  for (const operation of operations.filter(({ query }) => query.length > 0)) {
    const id = `https://contract.invalid/${operation.id}Query`;
    const properties = Object.fromEntries(operation.query.map(({ name, schema }) => [name, schema]));
    ajv.addSchema({ $id: id, type: 'object', properties });
    references[`${operation.id}Query`] = id;
  }

  const code = standaloneCode.default(ajv, references);
  const queries = Object.keys(references).filter((name) => name.endsWith('Query'));
  return [
    '// @ts-nocheck',
    `import type { components } from './${api}';`,
    ...importsOf(code),
    '',
    '/** An error of a validator, see https://ajv.js.org/api.html#validation-errors */',
    'export interface SchemaError {',
    '  readonly instancePath: string;',
    '  readonly keyword: string;',
    '  readonly params: Readonly<Record<string, unknown>>;',
    '  readonly message: string;',
    '  readonly parentSchema: Readonly<Record<string, unknown>>;',
    '  readonly data: unknown;',
    '}',
    '',
    '/** A compiled validator: a type guard that leaves what it refused in `errors`. */',
    'export interface Validator<T> {',
    '  (value: unknown): value is T;',
    '  errors: readonly SchemaError[] | null;',
    '}',
    '',
    "type Schemas = components['schemas'];",
    '',
    'export const schemas: { readonly [Name in ' +
      `${names.map((name) => `'${name}'`).join(' | ')}]: Validator<Schemas[Name]> } = {`,
    ...names.map((name) => `  ${name}: ${localName(code, name)},`),
    '};',
    '',
    `export const queries: { readonly [Name in ${queries.map((name) => `'${name}'`).join(' | ')}]: Validator<Readonly<Record<string, unknown>>> } = {`,
    ...queries.map((name) => `  ${name}: ${localName(code, name)},`),
    '};',
    '',
    withoutModuleSyntax(code),
    '',
  ].join('\n');
}

const requirePattern = /const (\w+) = require\("([^"]+)"\)([^;]*);/g;

/** Replaces the `require` calls that ajv writes even into ES modules by imports. */
function importsOf(code: string): string[] {
  const specifiers = new Map<string, string>();
  for (const [, , specifier] of code.matchAll(requirePattern))
    specifiers.set(specifier as string, moduleName(specifier as string));
  return [...specifiers].map(([specifier, name]) => `import ${name} from '${specifier}.js';`);
}

function withoutModuleSyntax(code: string): string {
  return code
    .replaceAll(
      requirePattern,
      // Node and bundlers disagree about the default import of a CommonJS module.
      (_, local: string, specifier: string, member: string) =>
        `const ${local} = ${member === '.default' ? `(${moduleName(specifier)}.default ?? ${moduleName(specifier)})` : moduleName(specifier) + member};`,
    )
    .replace('"use strict";', '')
    .replaceAll(/export const \w+ = validate\d+;/g, '')
    .replaceAll(/export default [^;]+;/g, '')
    .replaceAll(/;(?=\S)/g, ';\n');
}

const moduleName = (specifier: string): string =>
  specifier.replace(/^.*\/dist\//, '').replaceAll(/\W(\w)/g, (_, letter: string) => letter.toUpperCase());

function localName(code: string, exported: string): string {
  const local = new RegExp(`export const ${exported} = (validate\\d+);`).exec(code)?.[1];
  if (local === undefined) throw new Error(`ajv did not export ${exported}`);
  return local;
}
