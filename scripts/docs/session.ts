import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMock } from '../../mock/index.ts';
import { root } from '../generate/contract.ts';
import type { Block } from './documents.ts';

/** The output of a shell and its exit code; null while it still runs. */
interface Outcome {
  readonly output: string;
  readonly code: number | null;
}

/** The mock's port in the documents. */
const documentedPort = '4010';

const patienceMs = 30_000;

const programs: Readonly<Record<string, string>> = {
  'groups-mock': `exec '${process.execPath}' '${join(root, 'mock/main.ts')}' "$@"`,
  'groups-conformance': `exec '${process.execPath}' '${join(root, 'conformance/main.ts')}' "$@"`,
  // The real npx would download a program that is not installed.
  npx: 'exec "$@"',
};

/**
 * Runs the blocks of a document in order, as its reader would: in a folder that looks like the checkout, and with variables
 * kept from block to block. A mock runs from the beginning; a block that starts one replaces it.
 */
export class DocumentSession {
  readonly #folder = mkdtempSync(join(tmpdir(), 'groups-kit-docs-'));
  readonly #servers: ChildProcess[] = [];
  readonly #mock = startMock({ port: 0 });
  #port: string | undefined;

  constructor() {
    const bin = join(this.#folder, '.bin');
    mkdirSync(bin);
    for (const [name, script] of Object.entries(programs)) {
      writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
      chmodSync(join(bin, name), 0o755);
    }
    for (const name of readdirSync(root)) if (name !== '.git') symlinkSync(join(root, name), join(this.#folder, name));
    // curl fails on a refusal, unless the document expects it.
    writeFileSync(join(this.#folder, '.curlrc'), 'fail-with-body\nshow-error\n');
    writeFileSync(join(this.#folder, '.variables'), '');
  }

  /** Runs a block; a server keeps running once it has printed the expected output. */
  async run({ commands, marker, printed }: Block): Promise<Outcome> {
    this.#port ??= new URL((await this.#mock).url).port;
    const port = this.#port;
    const server = marker === 'run: server';
    const script = `set -a; . ./.variables\n${commands.replaceAll(documentedPort, port)}\nexport -p >.variables`;
    const child = spawn('bash', ['-euo', 'pipefail', '-c', script], {
      cwd: this.#folder,
      env: { ...this.#environment(port), ...(server && { GROUPS_MOCK_PORT: '0' }) },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Its own process group, so that everything it starts ends with it.
      detached: server,
    });
    const ended = once(child, 'close') as Promise<[number | null]>;
    let output = '';
    const outcome = new Promise<Outcome>((resolve, reject) => {
      const take = (chunk: string) => {
        output += chunk;
        const [, own] = /127\.0\.0\.1:(\d+)/.exec(output) ?? [];
        if (!server || own === undefined || !prints(output.replaceAll(own, documentedPort), printed)) return;
        this.#port = own;
        resolve({ output: output.replaceAll(own, documentedPort), code: null });
      };
      // Do not wait forever for a server that prints something else.
      if (server) AbortSignal.timeout(patienceMs).onabort = () => resolve({ output, code: null });
      for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', take);
      ended.then(([code]) => resolve({ output: output.replaceAll(port, documentedPort), code }), reject);
    });
    if (server) this.#servers.push(child);
    return outcome;
  }

  async close(): Promise<void> {
    for (const server of this.#servers.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
      const ended = once(server, 'close');
      process.kill(-(server.pid as number), 'SIGTERM');
      await ended;
    }
    await (await this.#mock).close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #environment(port: string): NodeJS.ProcessEnv {
    // Leave out the settings of the test runner and of this machine.
    const own = Object.entries(process.env).filter(
      ([name]) => !/^(VITEST|NODE_(?!COMPILE_CACHE)|TEST|FORCE_COLOR|GROUPS_|npm_)/.test(name),
    );
    return {
      ...Object.fromEntries(own),
      PATH: `${join(this.#folder, '.bin')}:${process.env.PATH}`,
      TMPDIR: this.#folder,
      CURL_HOME: this.#folder,
      NO_COLOR: '1',
      GROUPS_MOCK_URL: `http://127.0.0.1:${port}`,
    };
  }
}

/** Masks numbers that differ in every run. */
const measured = (text: string): string => text.replace(/[\d.,]+ (s|ms|requests|groups)\b/g, 'N $1');

/** Whether the output has all lines of the document, in this order, possibly with others between them. */
export function prints(output: string, printed = ''): boolean {
  const whole = measured(output);
  let from = 0;
  for (const piece of measured(printed).split(/\s*(?:\n|…)\s*/)) {
    const at = whole.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return true;
}
