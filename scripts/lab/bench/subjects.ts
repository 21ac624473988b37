import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { root } from '../../generate/contract.ts';
import { labFolder, prismProgram } from '../install.ts';
import type { Program } from './processes.ts';

/** A request and the mock's answer, for another server to repeat. */
export interface RecordedAnswer {
  readonly method: 'GET' | 'POST';
  /** The path in Hono's notation: `/v1/groups/:group_id`. */
  readonly route: string;
  readonly status: 200 | 201 | 202;
  readonly body: unknown;
  /** The name of the schema of the request's body; null if it has none. */
  readonly schema: string | null;
}

/** The folder for everything that the benchmark writes for its own use. */
const folder = join(root, 'node_modules/.cache/bench');

function write(file: string, text: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, file), text);
  return join(folder, file);
}

/** The kit as published, built by `buildKit`. */
export const kit = join(folder, 'kit');

export async function buildKit(): Promise<void> {
  const compiler = join(root, 'node_modules/typescript-native/bin/tsc');
  const project = join(root, 'scripts/tsconfig.build.json');
  await promisify(execFile)(process.execPath, [compiler, '-p', project, '--outDir', kit]);
}

/** The mock with the given flags. */
export const mock = (...flags: readonly string[]): Program => ({
  name: 'mock',
  args: (port) => [join(kit, 'mock/main.js'), '--quiet', '--port', String(port), ...flags],
});

/** A mock that applies syncs at once, so that no slice waits for a delay. */
export const eagerMock: Program = mock('--sync-delay', '0');

/** A bare Hono application that answers one request as the mock does. */
export function bareHono(name: string, exchange: RecordedAnswer): Program {
  const program = join(import.meta.dirname, 'bare.mjs');
  const file = write('exchange.json', JSON.stringify(exchange));
  return { name, args: (port) => [program, String(port), file] };
}

/** Like bare Hono, but it also validates the body with the mock's own validator. */
export function validatingHono(exchange: RecordedAnswer): Program {
  const { args } = bareHono('validating Hono', exchange);
  const validators = pathToFileURL(join(kit, 'generated/validators.js')).href;
  return { name: 'validating Hono', args: (port) => [...args(port), validators] };
}

/** Writes the contract with the mock's answer as its only example, so that other servers return the same. */
function contractWith({ method, route, status, body }: RecordedAnswer): string {
  const contract = JSON.parse(readFileSync(join(root, 'generated/openapi.json'), 'utf8'));
  const path = route.replaceAll(/:(\w+)/g, '{$1}');
  const operation = contract.paths[path][method.toLowerCase()];
  const { schema } = operation.responses[status].content['application/json'];
  operation.responses = {
    [status]: { description: 'As the mock.', content: { 'application/json': { schema, example: body } } },
  };
  return write('openapi.json', JSON.stringify(contract));
}

export function prism(exchange: RecordedAnswer): Program {
  const contract = contractWith(exchange);
  const quiet = ['--multiprocess', 'false', '--verboseLevel', 'silent'];
  return { name: 'prism', args: (port) => [prismProgram, 'mock', contract, ...quiet, '--port', String(port)] };
}

export function scalar(exchange: RecordedAnswer): Program {
  const program = join(import.meta.dirname, 'scalar.mjs');
  const contract = contractWith(exchange);
  return { name: 'scalar', args: (port) => [program, String(port), contract, labFolder] };
}

/** Mockoon with one route that returns the mock's answer. */
export function mockoon({ method, route, status, body }: RecordedAnswer): Program {
  const response = {
    uuid: randomUUID(),
    body: JSON.stringify(body),
    bodyType: 'INLINE',
    statusCode: status,
    headers: [{ key: 'content-type', value: 'application/json' }],
    disableTemplating: true,
    default: true,
    rules: [],
    callbacks: [],
  };
  const only = { uuid: randomUUID(), type: 'http', method: method.toLowerCase(), endpoint: route.slice(1) };
  const environment = {
    uuid: randomUUID(),
    name: 'bench',
    hostname: '127.0.0.1',
    routes: [{ ...only, responses: [response] }],
    rootChildren: [{ type: 'route', uuid: only.uuid }],
  };
  const file = write('mockoon.json', JSON.stringify(environment));
  const quiet = ['--repair', '--disable-log-to-file', '--disable-admin-api'];
  return {
    name: 'mockoon',
    args: (port) => [
      join(labFolder, 'node_modules/@mockoon/cli/bin/run.js'),
      ...['start', '--data', file, ...quiet, '--port', String(port)],
    ],
  };
}
