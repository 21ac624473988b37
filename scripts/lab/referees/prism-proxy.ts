import { isUtf8 } from 'node:buffer';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { routeOf } from '../../../conformance/observe/exchange.ts';
import { root } from '../../generate/contract.ts';
import { prismProgram } from '../install.ts';
import { passOn, type Served, serve } from './serving.ts';

/** A fault that Prism found in an answer. */
export interface PrismFinding {
  readonly exchange: string;
  readonly finding: string;
}

/** A target whose exchanges pass through `prism proxy --errors`, and the results. */
export interface Refereed extends Served {
  readonly violations: readonly PrismFinding[];
  /** Exchanges that went through Prism. */
  readonly through: () => number;
  /** Exchanges that bypassed Prism, by reason. */
  readonly around: ReadonlyMap<string, number>;
}

const startsWithinMs = 30_000;

/** Starts a Prism process that serves or validates a contract. */
export async function startPrism(...args: readonly string[]): Promise<Served> {
  const child = spawn(process.execPath, [prismProgram, ...args, '--port', '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const end = () => child.kill();
  process.once('exit', end);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const close = async () => {
    process.off('exit', end);
    child.kill();
    await exited;
  };
  child.stderr.resume();
  const said: string[] = [];
  try {
    const url = await new Promise<string>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('Prism did not start in time')), startsWithinMs);
      createInterface(child.stdout).on('line', (line) => {
        if (said.length < 20) said.push(line);
        const [, address] = /Prism is listening on (http:\S+)/.exec(line) ?? [];
        if (address === undefined) return;
        clearTimeout(late);
        resolve(address);
      });
      child.once('exit', (code) => {
        clearTimeout(late);
        reject(new Error(`Prism ended with ${code}: ${said.join('\n')}`));
      });
    });
    return { url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Puts Prism in front of a target. Three things about Prism 5 shape this:
 *
 * - It answers requests without `Authorization` itself, so its copy of the contract has no `security`.
 * - It refuses invalid requests itself, which a suite sends on purpose, so it validates answers only.
 * - It cannot handle malformed JSON, broken UTF-8 or undocumented methods, and reserialises JSON bodies; such requests are sent to the
 *   target directly, and counted.
 */
export async function referee(target: string): Promise<Refereed> {
  const folder = mkdtempSync(join(tmpdir(), 'groups-prism-'));
  const { security: _, ...contract } = JSON.parse(readFileSync(join(root, 'generated/openapi.json'), 'utf8'));
  const file = join(folder, 'openapi.json');
  writeFileSync(file, JSON.stringify(contract));
  const prism = await startPrism('proxy', file, target, '--errors', '--validate-request=false', '--cors=false');

  const violations: PrismFinding[] = [];
  const around = new Map<string, number>();
  let through = 0;
  const door = await serve(async (request) => {
    const { pathname, search } = new URL(request.url);
    const body = Buffer.from(await request.arrayBuffer());
    const obstacle = whyAround(request, pathname, body);
    if (obstacle === undefined) through += 1;
    else around.set(obstacle, (around.get(obstacle) ?? 0) + 1);
    const answer = await passOn(request, body, obstacle === undefined ? prism.url : target);
    for (const finding of findingsIn(answer.headers.get('sl-violations')))
      violations.push({ exchange: `${request.method} ${pathname}${search}`, finding });
    return answer;
  });

  return {
    url: door.url,
    violations,
    through: () => through,
    around,
    async close() {
      await door.close();
      await prism.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const maxBytes = 10 * 1024 * 1024;

/** Why Prism cannot pass a request on unchanged; undefined if it can. */
function whyAround({ method, headers }: Request, path: string, body: Buffer): string | undefined {
  if (routeOf(method, path)[0] === null) return 'method or path not in the contract';
  if (body.length === 0) return undefined;
  if (method === 'GET') return 'GET with a body';
  if (body.length > maxBytes) return 'body above 10 MB';
  if (!/^application\/json/i.test(headers.get('content-type') ?? '')) return 'body not declared as JSON';
  if (!isUtf8(body)) return 'body that is not UTF-8';
  const text = body.toString('utf8');
  try {
    const value: unknown = JSON.parse(text);
    return value && JSON.stringify(value) === text ? undefined : 'JSON that Prism would write differently';
  } catch {
    return 'malformed JSON';
  }
}

/** The findings in Prism's header: JSON, truncated if long. */
function findingsIn(text: string | null): string[] {
  if (text === null) return [];
  try {
    const list = JSON.parse(text) as { location: string[]; message: string }[];
    return list.map(({ location, message }) => `${location.join('.')}: ${message}`);
  } catch {
    return [text];
  }
}
