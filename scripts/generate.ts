import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { generateQuirks, generateRules } from './generate/catalogue.ts';
import { type Contract, type Operation, operationsOf, readYaml, root, withSchemasOf } from './generate/contract.ts';
import { generateValidators } from './generate/validators.ts';

const usage = `npm run generate             write generated/ from spec/
npm run generate -- --check  change nothing; fail where generated/ is not what spec/ says`;

const header = '// Do not edit: written from spec/ by `npm run generate`.\n\n';

/** The typed face of a contract: its operations, types and validators, under file names that begin with `prefix`. */
async function generateContract(
  contract: Contract,
  prefix: '' | 'control-',
  standalone: readonly string[],
): Promise<readonly (readonly [file: string, text: string])[]> {
  const operations = operationsOf(contract);
  const types = astToString(
    await openapiTypescript(JSON.stringify(contract), { immutable: true, defaultNonNullable: false }),
  );
  return [
    [`${prefix}api.ts`, header + types],
    [`${prefix}validators.ts`, header + generateValidators(contract, operations, standalone, `${prefix}api.ts`)],
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

/** Every operation by its id: where it is, the limits of its query, and the schema of each body by name. */
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

async function generate(): Promise<Map<string, string>> {
  const contract = readYaml<Contract>('spec/openapi.yaml');
  const control = withSchemasOf(readYaml<Contract>('spec/control.openapi.yaml'), contract);
  return new Map([
    ...(await generateContract(contract, '', ['MemberRow', 'Group', 'GroupMemberSyncRequest'])),
    ...(await generateContract(control, 'control-', ['WorldName'])),
    ['rules.ts', header + generateRules(readYaml('spec/rules.yaml'))],
    ['quirks.ts', header + generateQuirks(readYaml('spec/quirks.yaml'))],
  ]);
}

function check(folder: string, files: ReadonlyMap<string, string>): string[] {
  const present = existsSync(folder) ? readdirSync(folder) : [];
  const stale = [...files].flatMap(([name, text]) => {
    if (!present.includes(name)) return [`generated/${name} is missing`];
    return readFileSync(join(folder, name), 'utf8') === text ? [] : [`generated/${name} is not what spec/ says`];
  });
  const left = present
    .filter((name) => !files.has(name))
    .map((name) => `generated/${name} comes from nothing in spec/`);
  return [...stale, ...left];
}

const { values } = parseArgs({ options: { check: { type: 'boolean' }, help: { type: 'boolean' } } });
const folder = join(root, 'generated');
if (values.help) {
  console.log(usage);
} else if (values.check) {
  const differences = check(folder, await generate());
  if (differences.length > 0) {
    console.error(`${differences.join('\n')}\nRun \`npm run generate\` and commit the result.`);
    process.exitCode = 1;
  } else console.log('generated/ is what spec/ says.');
} else {
  const files = await generate();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
  console.log(`Wrote ${[...files.keys()].map((name) => `generated/${name}`).join(', ')}.`);
}
