import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { startMock } from '../../mock/index.ts';
import { parseReadings } from '../../mock/readings.ts';
import { ended, runCli, startCli } from '../self-test/command-line.ts';

test('the command prints violations as they happen, and writes every report when it ends', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'proxy-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const mock = await startMock({ port: 0, quirks: { 'error-shape': 'legacy' } });
  onTestFinished(() => mock.close());
  const child = startCli(['proxy', '--target', mock.url, '--port', '0', '--report-dir', folder]);
  const finished = ended(child);
  const lines = createInterface(child.stderr as Readable);
  const [first] = (await once(lines, 'line')) as [string];
  const [, url] = /^(http:\S+) → /.exec(first) ?? [];
  const violation = once(lines, 'line');
  await (await fetch(`${url}/v1/groups`)).text();
  expect(String(await violation)).toMatch(/^BROKEN ERR-1, exchange 1, GET \/v1\/groups → 401: response body: expected/);
  child.kill('SIGTERM');
  const { code, out } = await finished;
  expect(code).toBe(1);
  expect(out).toMatch(/1 rule broken in 1 exchange; rules not seen: /);
  const files = ['evidence.har', 'junit.xml', 'report.html', 'report.json', 'report.sarif'];
  expect((await readdir(folder)).sort()).toEqual(files);
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  for (const text of texts.slice(1)) expect(text).toContain('ERR-1');
  expect(JSON.parse(texts[0] as string).log.entries).toHaveLength(1);
  expect(parseReadings(texts[3] as string).quirks).toEqual(['error-shape=legacy']);
});

test('wrong flags are refused before anything listens', async () => {
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['proxy'], /required option '--target/],
    [['proxy', '--target', 'http://127.0.0.1:1/v1'], /without \/v1/],
    [['proxy', '--target', 'http://127.0.0.1:1', '--report', 'html'], /give --report-dir, too/],
  ];
  for (const [args, line] of cases)
    expect(await runCli(args)).toMatchObject({ code: 2, err: expect.stringMatching(line) });
});
