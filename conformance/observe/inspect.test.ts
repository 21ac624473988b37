import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseReadings } from '../../mock/readings.ts';
import { run } from '../self-test/command-line.ts';
import { inspect } from './inspect.ts';
import { exitCodeOf, jsonReport, redacted, textReport } from './inspect-report.ts';
import { entryTexts } from './json-entries.ts';

const day = join(import.meta.dirname, 'fixtures/day.har');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inspect-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('of a recorded day only the three planted violations are found, and other hosts are ignored', async () => {
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
  expect(exitCodeOf(inspection)).toBe(1);
  expect(inspection.readings).toMatchObject({
    questions: { 'create-status': { value: '201' } },
    syncMilliseconds: 1500,
  });
});

test('no key and no personal field is in a report, and the mock takes its readings', async () => {
  const inspection = await inspect(day, { others: 'elsewhere' });
  const json = jsonReport(inspection);
  expect(`${json}${textReport(inspection)}`).not.toMatch(/vit_apk|Abara|ana@|2155550100|1990-02-03/);
  expect(parseReadings(json)).toMatchObject({ syncDelay: 1500 });
  expect(redacted('key vit_apk_acme of ana@example.com, (215) 555-0100')).toBe('key [key] of [e-mail], [number]');
});

test('a recording without a violation is never called conformant', async () => {
  const har = JSON.parse(await readFile(day, 'utf8'));
  har.log.entries = har.log.entries.slice(0, 3);
  const file = join(folder, 'good.har');
  await writeFile(file, JSON.stringify(har));
  const report = textReport(await inspect(file));
  expect(report).toMatch(/no violation seen in 2 exchanges; rules not seen: AUTH-1/);
  expect(report).not.toMatch(/conformant/);
});

test('a file that is not a HAR, is truncated, is empty, or is of something else ends with one clear line', async () => {
  const text = await readFile(day, 'utf8');
  const cases: readonly (readonly [string, RegExp, number])[] = [
    ['', /it is empty/, 2],
    ['<html>', /does not begin like JSON/, 2],
    ['[1]', /a JSON array, not a HAR/, 2],
    ['{"info": {}, "item": []}', /JSON but not a HAR/, 2],
    [text.slice(0, 4000), /it is truncated after \d+ complete entries/, 2],
    ['{"log": {"entries": []}}', /none of its 0 entries is of the API/, 3],
  ];
  for (const [content, line, code] of cases) {
    const file = join(folder, 'case.har');
    await writeFile(file, content);
    const ended = await run(['inspect', file]);
    expect(ended.err).toMatch(line);
    expect(ended.code).toBe(code);
  }
});

test('an entry is passed on before the next is read, so that the size of a file does not matter', async () => {
  let read = 0;
  async function* chunks() {
    yield '{"log":{"version":"1.2","entries":[';
    while (read < 50) {
      read += 1;
      yield `${read > 1 ? ',' : ''}{"number":${read},"text":"${'x'.repeat(10_000)}"}`;
    }
    yield ']}}';
  }
  let passed = 0;
  for await (const text of entryTexts(chunks())) {
    passed += 1;
    expect(JSON.parse(text ?? '')).toMatchObject({ number: passed });
    expect(read).toBe(passed);
  }
  expect(passed).toBe(50);
});
