import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import openapiTypescript, { astToString } from 'openapi-typescript';
import packageJson from '../package.json' with { type: 'json' };
import { cachingEnvironment } from './environment.ts';
import { flagsOf } from './flags.ts';
import { generateAdvice, generateQuirks, generateRules } from './generate/catalogue.ts';
import { type Contract, type Operation, operationsOf, readYamlFile, root, withSchemasOf } from './generate/contract.ts';
import { generateFields } from './generate/fields.ts';
import { questionsPage, rulesPage } from './generate/pages.ts';
import { generatePythonTypes } from './generate/python-types.ts';
import { generateScenarios } from './generate/scenarios.ts';
import { generateSupportedNode } from './generate/supported-node.ts';
import { generateValidators } from './generate/validators.ts';

const usage = `npm run generate             write generated/ from spec/
npm run generate -- --check  change nothing; fail if generated/ is out of date

Some files come from the programs: the checks and defects of each rule (coverage.md), the operations that each check sends
(traffic.ts), the mistakes that break each rule (mistakes.ts), the completion of shells (completion.ts), and every option (settings.md). In traffic.ts only checks that it lacks are
added; delete it to run all of them.`;

const folder = join(root, 'generated');

const header = '// Do not edit: written from spec/ by `npm run generate`.\n\n';

/**
 * Generates the operations, types and validators of a contract, in files whose names begin with `prefix`. There are
 * validators for request bodies and for the schemas that `standalone` names.
 */
async function generateContract(
  contract: Contract,
  prefix: '' | 'control-',
  standalone: (operations: readonly Operation[]) => readonly string[],
): Promise<readonly (readonly [file: string, text: string])[]> {
  const operations = operationsOf(contract);
  const types = astToString(
    await openapiTypescript(JSON.stringify(contract), { immutable: true, defaultNonNullable: false }),
  );
  return [
    [`${prefix}api.ts`, header + types],
    [
      `${prefix}validators.ts`,
      header + generateValidators(contract, operations, standalone(operations), `${prefix}api.ts`),
    ],
    [`${prefix}operations.ts`, header + generateOperations(contract, operations)],
    [`${prefix}openapi.json`, `${JSON.stringify(contract, null, 2)}\n`],
  ];
}

function generateOperations(contract: Contract, operations: readonly Operation[]): string {
  const table = Object.fromEntries(
    operations.map(({ id, query, ...operation }) => [
      id,
      { ...operation, query: Object.fromEntries(query.map(({ name, schema }) => [name, pick(schema)])) },
    ]),
  );
  return `/** The version of the contract. */
export const contractVersion = ${JSON.stringify(contract.info.version)};

/** Every operation by id: its method and path, the limits of its query, and the schema name of each body. */
export const operations = ${JSON.stringify(table, null, 2)} as const;

export type OperationId = keyof typeof operations;
`;
}

const pick = ({ type, minimum, maximum, default: initial }: Record<string, unknown>) => ({
  type,
  minimum,
  maximum,
  default: initial,
});

/** The severities of the advisor's findings, from the control contract. */
function severitiesOf(control: Contract): readonly string[] {
  const { Finding } = control.components.schemas as unknown as {
    Finding: { properties: { severity: { enum: readonly string[] } } };
  };
  return Finding.properties.severity.enum;
}

async function generate(): Promise<Map<string, string>> {
  const contract = readYamlFile<Contract>('spec/openapi.yaml');
  const ownControl = readYamlFile<Contract>('spec/control.openapi.yaml');
  const control = withSchemasOf(ownControl, contract);
  return new Map([
    ...(await generateContract(contract, '', (operations) => [
      ...operations.flatMap(({ responses }) => Object.values(responses)),
      ...['MemberRow', 'Group', 'GroupMemberSyncRequest'],
    ])),
    // Few validators, because the mock loads them on every start and only tests validate answers of the control plane.
    ...(await generateContract(control, 'control-', () => ['WorldName', 'FullWorldName', 'TenantName'])),
    ['control_types.py', generatePythonTypes(control, Object.keys(ownControl.components.schemas))],
    ['fields.ts', header + generateFields(contract, operationsOf(contract))],
    ['supported-node.ts', header + generateSupportedNode(packageJson.engines)],
    [
      'rules.ts',
      header + generateRules(readYamlFile('spec/rules.yaml'), readFileSync(join(root, 'spec/rules.yaml'), 'utf8')),
    ],
    ['rules.md', rulesPage(readYamlFile('spec/rules.yaml'))],
    ['questions.md', questionsPage(readYamlFile('spec/quirks.yaml'))],
    ['quirks.ts', header + generateQuirks(readYamlFile('spec/quirks.yaml'))],
    ['advice.ts', header + generateAdvice(readYamlFile('spec/advice.yaml'), severitiesOf(control))],
    ['scenarios.ts', header + generateScenarios(readYamlFile('spec/scenarios.yaml'))],
  ]);
}

/** The files that `generate/derived.ts` makes from the programs. */
const derivedFiles = ['traffic.ts', 'mistakes.ts', 'completion.ts', 'coverage.md', 'settings.md'];

/** Makes them in a process of its own, because the programs load generated/. */
async function derive(): Promise<(readonly [file: string, text: string])[]> {
  const program = join(import.meta.dirname, 'generate/derived.ts');
  const options = { env: cachingEnvironment, maxBuffer: Number.POSITIVE_INFINITY };
  const { stdout } = await promisify(execFile)(process.execPath, [program], options);
  return Object.entries<string>(JSON.parse(stdout)).map(([name, text]) => [
    name,
    name.endsWith('.ts') ? header + text : text,
  ]);
}

/** What is wrong with a file of generated/; empty if it is up to date. */
function faultsOf([name, text]: readonly [file: string, text: string]): string[] {
  if (!existsSync(join(folder, name))) return [`generated/${name} is missing`];
  return readFileSync(join(folder, name), 'utf8') === text ? [] : [`generated/${name} is out of date`];
}

/** Files of generated/ that are no longer generated. */
const leftovers = (files: ReadonlyMap<string, string>): string[] =>
  readdirSync(folder).filter((name) => !files.has(name) && !derivedFiles.includes(name));

async function check(): Promise<string[]> {
  const derived = derive();
  // The programs may crash on a generated/ that is out of date, which is reported below.
  derived.catch(() => {});
  const files = await generate();
  const faults = [
    ...[...files].flatMap(faultsOf),
    ...leftovers(files).map((name) => `generated/${name} is no longer generated; delete it`),
  ];
  return faults.length > 0 ? faults : (await derived).flatMap(faultsOf);
}

async function write(): Promise<string[]> {
  const files = await generate();
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
  for (const [name, text] of await derive()) writeFileSync(join(folder, name), text);
  for (const name of leftovers(files)) rmSync(join(folder, name));
  return [...files.keys(), ...derivedFiles];
}

const flags = flagsOf(usage, { check: { type: 'boolean' } });
if (flags.check) {
  const faults = await check();
  if (faults.length > 0) {
    console.error(`${faults.join('\n')}\nRun \`npm run generate\` and commit the result.`);
    process.exitCode = 1;
  } else console.log('generated/ is up to date.');
} else {
  console.log(`Wrote ${(await write()).map((name) => `generated/${name}`).join(', ')}.`);
}
