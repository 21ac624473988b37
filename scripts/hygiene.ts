import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from './generate/contract.ts';
import { type AuditReport, auditVerdict } from './hygiene/audit.ts';
import { licenceFaults } from './hygiene/licences.ts';
import { shippedOf } from './hygiene/shipped.ts';

interface Finished {
  readonly isFine: boolean;
  readonly stdout: string;
  readonly text: string;
}

const run = (cwd: string, command: string, ...args: readonly string[]): Promise<Finished> =>
  new Promise((resolve) => {
    const options = { cwd, shell: process.platform === 'win32' };
    execFile(command, args, options, (error, stdout, stderr) =>
      resolve({ isFine: error === null, stdout, text: `${stdout}${stderr}`.trim() || (error?.message ?? '') }),
    );
  });

const shipped = shippedOf(root);

function reportIn(stdout: string): AuditReport {
  try {
    return JSON.parse(stdout) as AuditReport;
  } catch {
    return {};
  }
}

interface Finding {
  readonly faults: readonly string[];
  readonly note: string;
}

/** A check that could not be made has a note that says so, and no faults. */
const checks: Readonly<Record<string, () => Promise<Finding>>> = {
  'unused files, exports and dependencies': async () => {
    const { isFine, text } = await run(root, 'knip', '--config', 'scripts/hygiene/knip.jsonc', '--no-progress');
    const advice = 'Remove what is unused, or say in scripts/hygiene/knip.jsonc why it stays.';
    return { faults: isFine ? [] : [text, advice], note: 'none' };
  },
  'licences of what is shipped': async () => {
    const { faults, count } = licenceFaults(
      JSON.parse(readFileSync(join(shipped.folder, 'package-lock.json'), 'utf8')),
    );
    return { faults, note: `${count} packages, all compatible with MIT` };
  },
  'known vulnerabilities of what is shipped': async () => {
    const brief = ['--fetch-retries=0', '--fetch-timeout=10000'];
    const { stdout } = await run(shipped.folder, 'npm', 'audit', '--json', ...brief);
    const today = new Date().toISOString().slice(0, 10);
    return auditVerdict(
      reportIn(stdout),
      parse(readFileSync(join(root, 'scripts/hygiene/accepted.yaml'), 'utf8')),
      today,
    );
  },
};

await Promise.all(
  Object.entries(checks).map(async ([name, check]) => {
    const { faults, note } = await check();
    console.log(faults.length === 0 ? `✓ ${name}: ${note}` : `✗ ${name}:\n${faults.join('\n')}`);
    if (faults.length > 0) process.exitCode = 1;
  }),
);
shipped.remove();
