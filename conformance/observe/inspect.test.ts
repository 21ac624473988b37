import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseReadings } from '../../mock/readings.ts';
import { runCli } from '../self-test/command-line.ts';
import { harEntries } from './har-entries.ts';
import { inspect } from './inspect.ts';
import { inspectionExitCode, inspectionJson, inspectionText } from './inspect-report.ts';
import { redactedText } from './redaction.ts';

const day = join(import.meta.dirname, 'fixtures/day.har');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inspect-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let files = 0;
async function fileWith(content: string | Buffer): Promise<string> {
  const file = join(folder, `${++files}.har`);
  await writeFile(file, content);
  return file;
}

test('exactly the three planted violations of a recorded day are found, and other hosts are ignored', async () => {
  const inspection = await inspect(day, { others: 'elsewhere' });
  const broken = inspection.findings.parts
    .filter((part) => part.broken > 0)
    .map(({ part, broken: times }) => [part, times]);
  expect(broken).toEqual([
    ['ERR-2', 1],
    ['PAGE-7', 1],
    ['SYNC-6', 1],
  ]);
  expect(inspection.recording).toMatchObject({ baseUrl: 'https://api.uat.example.com', entries: 9, ignored: 1 });
  expect(inspectionExitCode(inspection)).toBe(1);
  expect(inspection.readings).toMatchObject({
    questions: { 'create-status': { value: '201' } },
    syncMilliseconds: 1500,
  });
});

test('reports contain neither keys nor personal fields, and the mock accepts their readings', async () => {
  const inspection = await inspect(day, { others: 'elsewhere' });
  const json = inspectionJson(inspection);
  expect(`${json}${inspectionText(inspection)}`).not.toMatch(/vit_apk|Abara|ana@|2155550100|1990-02-03/);
  expect(parseReadings(json)).toMatchObject({ syncDelay: 1500 });
  expect(redactedText('key vit_apk_acme of ana@example.com, (215) 555-0100')).toBe('key [key] of [e-mail], [number]');
});

test('redacting a text of a megabyte without an address takes linear time', () => {
  expect(redactedText('x'.repeat(1024 * 1024))).toHaveLength(1024 * 1024);
});

test('a recording without a violation is never called conformant', async () => {
  const har = JSON.parse(await readFile(day, 'utf8'));
  har.log.entries = har.log.entries.slice(0, 3);
  const report = inspectionText(await inspect(await fileWith(JSON.stringify(har))));
  expect(report).toMatch(/no violation seen in 2 exchanges; rules not seen: AUTH-1/);
  expect(report).not.toMatch(/conformant/);
});

test('a file that is not a HAR, is truncated or is empty is refused with one clear line', async () => {
  const text = await readFile(day, 'utf8');
  const cases: readonly (readonly [string, RegExp])[] = [
    ['', /it is empty/],
    ['<html>', /does not start like JSON/],
    ['[1]', /a JSON array, not a HAR/],
    ['{"info": {}, "item": []}', /JSON but not a HAR/],
    [text.slice(0, 4000), /it is truncated after \d+ complete entries/],
  ];
  for (const [content, line] of cases) await expect(inspect(await fileWith(content))).rejects.toThrow(line);
});

test('the command ends with 3 if nothing in the file is of the API', async () => {
  const ended = await runCli(['inspect', await fileWith('{"log": {"entries": []}}')]);
  expect(ended.err).toMatch(/none of its 0 entries is about the API/);
  expect(ended.code).toBe(3);
});

test('an entry is passed on before the next one is read, so files of any size can be judged', async () => {
  let read = 0;
  async function* chunks() {
    yield Buffer.from('{"log":{"version":"1.2","entries":[');
    while (read < 50) {
      read += 1;
      yield Buffer.from(`${read > 1 ? ',' : ''}{"number":${read},"text":"${'x'.repeat(10_000)}"}`);
    }
    yield Buffer.from(']}}');
  }
  let passed = 0;
  for await (const { text } of harEntries(chunks())) {
    passed += 1;
    expect(JSON.parse(text ?? '')).toMatchObject({ number: passed });
    expect(read).toBe(passed);
  }
  expect(passed).toBe(50);
});
