import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { root } from '../../generate/contract.ts';
import { end, startSpawned } from '../spawned-mock.ts';

/**
 * Runs in an isolated network namespace: starts the mock, runs the suite on it, and prints how many packets the system
 * could not route.
 */

/** The system counts every connection and datagram that has no route. */
function unroutable(): number {
  const [names = '', values = ''] = readFileSync('/proc/net/snmp', 'utf8').split('\n');
  const column = names.split(' ').indexOf('OutNoRoutes');
  const six = existsSync('/proc/net/snmp6') ? readFileSync('/proc/net/snmp6', 'utf8') : '';
  return Number(values.split(' ')[column]) + Number(/^Ip6OutNoRoutes\s+(\d+)/m.exec(six)?.[1] ?? 0);
}

// Loopback is still down, so the count must notice this connection; otherwise it would prove nothing.
await new Promise((resolve) => connect(9, '127.0.0.1').once('error', resolve).once('connect', resolve));
const noticed = unroutable();
const { status: up, stderr } = spawnSync('ip', ['link', 'set', 'lo', 'up'], { encoding: 'utf8' });
if (up !== 0) throw new Error(`could not bring up the loopback device: ${stderr}`);

const mock = await startSpawned(['--sync-delay', '0']);
const keys = ['--other-api-key', 'vit_apk_globex'];
const suite = spawnSync(process.execPath, [join(root, 'conformance/main.ts'), '--base-url', mock.url, ...keys], {
  encoding: 'utf8',
});
await end(mock.child, 'SIGTERM');
console.log(
  JSON.stringify({
    noticed,
    attempts: unroutable() - noticed,
    exitCode: suite.status,
    verdict: suite.stdout.slice(-300),
  }),
);
