import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { bindToThis, spawnSubject } from './processes.ts';
import { median } from './sandwich.ts';
import { eagerMock, kit } from './subjects.ts';

/**
 * How long the conformance suite takes in its standard profile, from its start to its exit, against a mock without
 * delay, in seconds: the median of several.
 */
export async function suite(tries: number): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < tries; n += 1) {
    const subject = await spawnSubject(
      eagerMock,
      { path: '/v1/plans', init: { headers: { authorization: 'Bearer vit_apk_acme' } } },
      false,
    );
    try {
      const started = performance.now();
      const args = [join(kit, 'conformance/main.js'), '--base-url', subject.url, '--other-api-key', 'vit_apk_globex'];
      const child = bindToThis(spawn(process.execPath, args, { stdio: 'ignore' }));
      const [code] = await once(child, 'exit');
      if (code !== 0) throw new Error(`the suite ended with exit code ${code}`);
      times.push((performance.now() - started) / 1000);
    } finally {
      await subject.close();
    }
  }
  return median(times);
}
