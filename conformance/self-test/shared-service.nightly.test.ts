import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { MemberRow } from '../../mock/domain/people.ts';
import { type Mock, type MockOptions, startMock } from '../../mock/index.ts';
import roster from '../../spec/examples/roster-250.json' with { type: 'json' };

/** The suite on a service that others use at the same time. */

async function start(options: MockOptions): Promise<Mock> {
  const mock = await startMock({ port: 0, progress: { after: 'delay', ms: 20 }, ...options });
  onTestFinished(() => mock.close());
  return mock;
}

interface Report {
  readonly verdict: string;
  readonly requests: number;
  readonly rules: readonly { readonly id: string; readonly outcome: string }[];
}

/** Runs the suite in its own process. */
function runSuiteOn(url: string): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'groups-conformance-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const main = join(import.meta.dirname, '../main.ts');
  const args = [main, '--base-url', url, '--other-api-key', 'vit_apk_globex', '--report-dir', folder];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { maxBuffer: 2 ** 26 }, () =>
      resolve(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report),
    );
  });
}

const wrong = ({ rules }: Report) => rules.filter(({ outcome }) => outcome !== 'pass' && outcome !== 'skipped');

test('a service with thousands of groups and members is conformant, and the suite leaves them alone', async () => {
  const plans = ['Care'];
  const members = roster.members.map((row) => ({ ...row, plan_id: 'Care' })) as MemberRow[];
  const groups = Array.from({ length: 3000 }, (_, n) => ({
    name: `Old ${n}`,
    external_reference_id: `old-${n}`,
    ...(n === 1500 && { members }),
  }));
  const organizations = [
    { slug: 'acme', plans, groups },
    { slug: 'globex', plans },
  ];
  const mock = await start({ seed: { organizations } });
  const report = await runSuiteOn(mock.url);
  expect(wrong(report)).toEqual([]);
  expect(report.verdict).toBe('conformant');
  const response = await mock.fetch('/v1/groups?external_reference_id=old-1500', {
    headers: { authorization: 'Bearer vit_apk_acme' },
  });
  const { data } = (await response.json()) as { data: { id: string }[] };
  expect(mock.control().readRoster(data[0]?.id as string).group.active_members).toBe(members.length);
}, 60_000);

test('two runs at once, with one key on one service, do not disturb each other', async () => {
  const mock = await start({});
  const reports = await Promise.all([runSuiteOn(mock.url), runSuiteOn(mock.url)]);
  expect(reports.flatMap(wrong)).toEqual([]);
  expect(reports.map(({ verdict }) => verdict)).toEqual(['conformant', 'conformant']);
  const { groups } = mock.control().listGroups({ limit: 100 });
  expect(groups.filter(({ active_members }) => active_members > 0)).toEqual([]);
}, 60_000);
