import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './generate/contract.ts';
import { licenceFaults } from './hygiene/licences.ts';

/** What lies about unused, what may not be shipped, what is known to be unsafe. */

function npx(command: string, ...args: readonly string[]) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  return {
    isFine: status === 0,
    text: `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`.trim(),
    stdout: stdout ?? '',
  };
}

/** Null where nothing is wrong, else what is; a check that could not be made says so and is no fault. */
const checks: Readonly<Record<string, () => { readonly fault?: string; readonly note?: string }>> = {
  'unused files, exports and dependencies': () => {
    const { isFine, text } = npx('knip', '--config', 'scripts/hygiene/knip.json', '--no-progress');
    return isFine
      ? { note: 'none' }
      : { fault: `${text}\nRemove what is unused, or say in scripts/hygiene/knip.json why it stays.` };
  },
  'licences of what is shipped': () => {
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
    const { faults, count } = licenceFaults(lock);
    return faults.length > 0 ? { fault: faults.join('\n') } : { note: `${count} packages, all compatible with MIT` };
  },
  'known vulnerabilities of what is shipped': () => {
    const { stdout, text } = npx('npm', 'audit', '--omit=dev', '--audit-level=high', '--json');
    let report: { metadata?: { vulnerabilities?: Record<string, number> } } = {};
    try {
      report = JSON.parse(stdout);
    } catch {
      // Not a report: the registry's answer is in the text.
    }
    const found = report.metadata?.vulnerabilities;
    if (found === undefined)
      return {
        note: `not checked: the registry does not answer audits here (${text.match(/\b(4\d\d|5\d\d|E[A-Z]{5,})\b.*/)?.[0]?.slice(0, 60) ?? 'no report'})`,
      };
    const grave = (found['high'] ?? 0) + (found['critical'] ?? 0);
    return grave > 0
      ? { fault: `${grave} high or critical; see \`npm audit --omit=dev\`` }
      : { note: 'none that is high' };
  },
};

for (const [name, check] of Object.entries(checks)) {
  const { fault, note } = check();
  console.log(fault === undefined ? `✓ ${name}: ${note}` : `✗ ${name}:\n${fault}`);
  if (fault !== undefined) process.exitCode = 1;
}
