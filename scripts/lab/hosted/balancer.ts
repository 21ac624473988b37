import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../free-port.ts';
import { end } from '../spawned-mock.ts';

const program = ['/usr/sbin', ...(process.env['PATH'] ?? '').split(delimiter)]
  .map((folder) => join(folder, 'haproxy'))
  .find((path) => existsSync(path));

/** Why no balancer can be started on this machine; undefined if one can. */
export const noBalancer =
  program === undefined ? "there is no HAProxy on this machine; install Debian's `haproxy`" : undefined;

/** Requests go to the replicas in turn. What never reached a replica is sent to another one; a read also if it was cut off. */
const configuration = (port: number, replicas: readonly number[]) => `
defaults
  mode http
  timeout connect 1s
  timeout client 2m
  timeout server 2m
  timeout check 2s
  retries 4
  option redispatch 1
  retry-on conn-failure empty-response response-timeout 500 502
  http-error status 503 content-type application/json string '{"message":"no replica is ready"}' hdr retry-after 1
frontend api
  bind 127.0.0.1:${port}
  default_backend replicas
backend replicas
  balance roundrobin
  http-request disable-l7-retry unless METH_GET
  option httpchk
  http-check send meth GET uri /_mock/health/ready ver HTTP/1.1 hdr Host localhost
  default-server check inter 250 fastinter 100 downinter 100 fall 2 rise 1
${replicas.map((replica) => `  server replica-${replica} 127.0.0.1:${replica}`).join('\n')}
`;

export interface Balancer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts HAProxy in front of the replicas at these ports. */
export async function startBalancer(replicas: readonly number[]): Promise<Balancer> {
  if (program === undefined) throw new Error(noBalancer);
  const folder = mkdtempSync(join(tmpdir(), 'groups-mock-balancer-'));
  const port = await freePort();
  const file = join(folder, 'haproxy.cfg');
  writeFileSync(file, configuration(port, replicas));
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
