import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { junitReport } from './junit.ts';
import { emptyResult, fiveChecks, resultOf } from './testing.ts';

type Element = Record<string, unknown> & { testcase?: Element[] };
const lists = ['testsuite', 'testcase', 'property'];
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  isArray: (name) => lists.includes(name),
});
const parse = (xml: string) => (parser.parse(xml) as { testsuites: Element & { testsuite: Element[] } }).testsuites;
const casesOf = (xml: string): Element[] => parse(xml).testsuite.flatMap(({ testcase = [] }) => testcase);

/** Jenkins' schema of the format. */
const jenkins = readFileSync(join(import.meta.dirname, 'fixtures/jenkins-junit.xsd'), 'utf8');

test("it is valid by Jenkins' schema, whatever the target answered", async () => {
  for (const result of [resultOf(fiveChecks), emptyResult]) {
    const xml = [{ fileName: 'junit.xml', contents: junitReport(result) }];
    expect((await validateXML({ xml, schema: jenkins })).errors).toEqual([]);
  }
});

test('a suite for each area, and counts that add up', () => {
  const { testsuite, ...all } = parse(junitReport(resultOf(fiveChecks)));
  expect(testsuite.map(({ name }) => name)).toEqual(['AUTH', 'GRP', 'LIFE']);
  expect(all).toMatchObject({ tests: '5', failures: '1', errors: '1', time: '3.500' });
  expect(testsuite.map(({ testcase }) => testcase?.every((one) => typeof one.classname === 'string'))).toEqual([
    true,
    true,
    true,
  ]);
});

test('a failure carries what was expected and received, the rule and a curl line', () => {
  const failure = casesOf(junitReport(resultOf(fiveChecks))).find((one) => one.failure)?.failure as Element;
  expect(failure.type).toBe('GRP-1');
  for (const part of ['expected: 201', 'received: ', 'rule: ', 'curl -i']) expect(failure['#text']).toContain(part);
});

test('the five outcomes stay apart', () => {
  const kinds = casesOf(junitReport(resultOf(fiveChecks))).map(
    (one) => ['failure', 'error', 'skipped', 'system-out'].find((kind) => one[kind] !== undefined) ?? 'none',
  );
  expect(kinds.sort()).toEqual(['error', 'failure', 'none', 'skipped', 'system-out']);
});

test('a failure that the baseline tolerates is skipped, with its reason and owner', () => {
  const known = [
    { rule: 'GRP-1', level: 'must', owner: 'Billing', reason: 'Ticket 7', expires: '2027-01-01' },
  ] as const;
  const xml = junitReport(resultOf(fiveChecks, { known }));
  expect(parse(xml)).toMatchObject({ failures: '0' });
  expect(xml).toContain('known failure, tolerated: Ticket 7 (Billing, until 2027-01-01)');
});

test('a run that judged nothing is an error, not a success', () => {
  expect(parse(junitReport(emptyResult))).toMatchObject({ tests: '1', errors: '1' });
});
