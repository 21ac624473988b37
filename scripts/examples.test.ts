import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { startMock } from '../mock/index.ts';
import { root } from './generate/contract.ts';

const folder = join(root, 'examples');
const works = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0;

/** Runs an example in a child process without blocking this one, whose mock must answer it. */
async function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
  return text(child.stdout);
}

test('every example is listed', () => {
  const listed = readFileSync(join(folder, 'README.md'), 'utf8');
  for (const name of readdirSync(folder)) if (name !== 'README.md') expect(listed).toContain(`(${name})`);
});

test.skipIf(!works('jq', '--version') || !works('curl', '--version'))('curl.sh prints its results', async () => {
  const mock = await startMock({ port: 0, progress: { after: 'delay', ms: 0 } });
  const output = await run('sh', [join(folder, 'curl.sh')], {
    GROUPS_BASE_URL: mock.url,
    GROUPS_API_KEY: 'vit_apk_acme',
  });
  await mock.close();
  expect(JSON.parse(output)).toMatchObject({ added_group_member_ids: [expect.any(String)], failures: [] });
});

test.skipIf(!works('jq', '--version') || !works('curl', '--version'))(
  'advise.sh passes a good client and fails a bad one or a failing command',
  async () => {
    const advised = async (...command: string[]) => {
      const env = { GROUPS_MOCK: `${process.execPath} ${join(root, 'mock/main.ts')}` };
      const child = spawn('sh', [join(folder, 'advise.sh'), ...command], { env: { ...process.env, ...env } });
      const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
      return { output, code };
    };
    const list = `curl -fsS -H 'Authorization: Bearer vit_apk_acme' "$GROUPS_BASE_URL/v1/groups?page=$page"`;
    const walksOn = `for page in 1 2 3; do ${list}; done`;
    const [good, bad, failing] = await Promise.all([
      advised('sh', join(folder, 'curl.sh')),
      advised('sh', '-c', walksOn),
      advised('sh', '-c', 'exit 7'),
    ]);
    expect(good).toMatchObject({ code: 0, output: expect.stringContaining('0 errors, 0 warnings') });
    expect(bad).toMatchObject({ code: 1, output: expect.stringContaining('ADV-PAST-END') });
    expect(failing.code).toBe(7);
  },
);
