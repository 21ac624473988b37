import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { root } from '../../generate/contract.ts';
import { withCluster } from './cluster.ts';
import type { Experiment } from './experiment.ts';

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
    const count = (outcome: string) => Number(new RegExp(`(\\d+) ${outcome}`).exec(said)?.[1] ?? Number.NaN);
    return {
      figures: {
        'rule parts': count('rule parts'),
        passed: count('pass'),
        'failed or with a warning': count('fail') + count('warn'),
        skipped: count('skipped'),
        requests: count('requests'),
        seconds: /in ([\d.]+) s/.exec(said)?.[1] ?? 'unknown',
        'exit code': suite.exitCode ?? 'none',
      },
      violations:
        suite.exitCode === 0 ? [] : [`the suite ended with ${suite.exitCode}:\n${said.slice(-4000)}${complaint}`],
    };
  });
