import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { schemas } from '../generated/validators.ts';
import { startMock } from '../mock/index.ts';
import { root } from './generate/contract.ts';

const readme = readFileSync(join(root, 'README.md'), 'utf8');

test("the README's curl session ends with the results of its roster", async () => {
  const [, session = ''] = /<!-- tested: curl session -->\s*```sh\n(.*?)```/s.exec(readme) ?? [];
  const mock = await startMock({ port: 0, progress: { after: 'polls', count: 1 } });
  try {
    // The second retrieval completes the sync here, so that nobody has to wait.
    const script = session.replace(/^API=.*$/m, `API=${mock.url}`).replace(/^sleep 1$/m, '');
    const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], { cwd: root });
    const answers = stdout.split(/(?<=\})(?=\{"data")/).map((text) => JSON.parse(text) as unknown);
    const [plans, inFlight, completed] = answers;
    expect(schemas.PlanListResponse(plans)).toBe(true);
    expect(inFlight).toMatchObject({ data: { completed_at: null, results: null } });
    expect(schemas.GroupMemberSyncRequestResponse(completed)).toBe(true);
    expect(completed).toMatchObject({ data: { results: { removed_group_member_ids: [], failures: [] } } });
  } finally {
    await mock.close();
  }
});

test('every script that the documents name exists', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const documents = ['README.md', 'CONTRIBUTING.md'].map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
  const named = [...documents.matchAll(/npm run ([\w:-]+)/g)].map((match) => match[1] as string);
  expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
});
