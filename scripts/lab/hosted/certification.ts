import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { root } from '../../generate/contract.ts';
import { withCluster } from './cluster.ts';
import type { Experiment } from './experiment.ts';

/** The line in which the suite counts. */
const summary =
  /(\d+) rule parts[^:]*: (\d+) pass, (\d+) fail, (\d+) warn, (\d+) skipped, \d+ error\. (\d+) requests in ([\d.]+) s/;

/** Judges three replicas behind a balancer as if they were one service. */
export const certification: Experiment = ({ short }) =>
  withCluster({}, async ({ url }) => {
    const selection = short ? ['--only', 'LIFE'] : ['--profile', 'certification'];
    const keys = ['--other-api-key', 'vit_apk_globex'];
    const flags = ['--base-url', url, ...keys, ...selection];
    const suite = spawn(process.execPath, [join(root, 'conformance/main.ts'), ...flags], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [said, complaint] = await Promise.all([text(suite.stdout), text(suite.stderr), once(suite, 'exit')]);
    const [, parts, passed, failed, warned, skipped, requests, seconds] = summary.exec(said) ?? [];
    return {
      figures: {
        'rule parts': Number(parts),
        passed: Number(passed),
        failed: Number(failed),
        'with a warning': Number(warned),
        skipped: Number(skipped),
        requests: Number(requests),
        seconds: Number(seconds),
        'exit code': suite.exitCode ?? 'none',
      },
      violations:
        suite.exitCode === 0 ? [] : [`the suite ended with ${suite.exitCode}:\n${said.slice(-4000)}${complaint}`],
    };
  });
