import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../../generate/contract.ts';
import { freePort } from '../free-port.ts';
import { end } from '../spawned-mock.ts';

const program = ['/usr/sbin', ...(process.env['PATH'] ?? '').split(delimiter)]
  .map((folder) => join(folder, 'haproxy'))
  .find((path) => existsSync(path));

/** Why no balancer can be started on this machine; undefined if one can. */
export const noBalancer =
  program === undefined ? "there is no HAProxy on this machine; install Debian's `haproxy`" : undefined;

/** That of deploy/haproxy.cfg, but with these replicas, and a socket that answers commands. */
const configuration = (port: number, replicas: readonly number[], socket: string) =>
  readFileSync(join(root, 'deploy/haproxy.cfg'), 'utf8')
    .replace(/^global\n/m, (line) => `${line}  stats socket ${socket}\n`)
    .replace(/^resolvers docker\n(?: .*\n)+/m, '')
    .replace(/bind :\d+/, `bind 127.0.0.1:${port}`)
    .replace(/^ *server-template .*$/m, () =>
      replicas.map((replica) => `  server replica-${replica} 127.0.0.1:${replica}`).join('\n'),
    );

export interface Balancer {
  readonly url: string;
  /** Answers a command of HAProxy, such as `show table addresses`. */
  ask(command: string): Promise<string>;
  stop(): Promise<void>;
}

/** Starts HAProxy in front of the replicas at these ports. */
export async function startBalancer(replicas: readonly number[]): Promise<Balancer> {
  if (program === undefined) throw new Error(noBalancer);
  const folder = mkdtempSync(join(tmpdir(), 'groups-mock-balancer-'));
  const port = await freePort();
  const file = join(folder, 'haproxy.cfg');
  const socket = join(folder, 'socket');
  writeFileSync(file, configuration(port, replicas, socket));
  const child = spawn(program, ['-db', '-f', file], { stdio: ['ignore', 'ignore', 'pipe'] });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk).slice(-2000)));
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error(`HAProxy did not start:\n${said}`);
    await sleep(20);
  }
  return {
    url: `http://127.0.0.1:${port}`,
    ask: (command) => text(connect(socket).end(`${command}\n`)),
    async stop() {
      process.off('exit', kill);
      await end(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
