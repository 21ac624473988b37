import { expect, test } from 'vitest';
import { profileOf } from '../../conformance/contract/usage/profile.ts';
import { decide, type Proposal } from './policy.ts';

const rule = { id: 'SYNC-1', level: 'should', statement: 'It answers.' } as const;
const openapi = (version: string, title = 'Things') => ({ openapi: '3.1.1', info: { title, version }, paths: {} });

/** A proposal after contract 1.2.0, released with package 1.5.0. */
const proposal = (changes: Partial<Proposal>): Proposal => ({
  released: { openapi: openapi('1.2.0'), rules: [rule] },
  releasedPackage: '1.5.0',
  current: { openapi: openapi('1.2.0'), rules: [rule] },
  packageVersion: '1.5.0',
  changelog: '# Changelog\n\n## 1.5.0\n\n- Something.\n',
  judgements: [],
  ...changes,
});

const raised = (version: string) => ({ openapi: openapi(version), rules: [{ ...rule, level: 'must' as const }] });
const notes = (version: string, note: string) =>
  `# Changelog\n\n## Unreleased\n\n### Contract ${version}\n\n- ${note}\n`;

test('an unchanged contract passes without declarations', () => {
  expect(decide(proposal({})).faults).toEqual([]);
});

test('a new version without a change is a fault', () => {
  const { faults } = decide(proposal({ current: { openapi: openapi('1.3.0'), rules: [rule] } }));
  expect(faults).toEqual([
    'spec/openapi.yaml: info.version is 1.3.0, expected 1.2.0, because the contract did not change.',
  ]);
});

test('a breaking change needs a major version of contract and package, and a line in the changelog', () => {
  const { faults } = decide(proposal({ current: raised('1.3.0') }));
  expect(faults).toHaveLength(3);
  expect(faults[0]).toMatch(
    /info\.version is 1\.3\.0, expected 2\.0\.0: the changes since the last release are breaking/,
  );
  expect(faults[1]).toMatch(/package\.json: version is 1\.5\.0, expected 2\.0\.0/);
  expect(faults[2]).toMatch(/"### Contract 2\.0\.0".*\n\n### Contract 2\.0\.0\n\n- Breaking: SYNC-1 raised to a must/s);
});

test('a declared breaking change passes', () => {
  const declared = { current: raised('2.0.0'), packageVersion: '2.0.0' };
  const changelog = notes('2.0.0', 'Breaking: services must answer.');
  expect(decide(proposal({ ...declared, changelog })).faults).toEqual([]);
  expect(decide(proposal({ ...declared, changelog: notes('2.0.0', 'Services must answer.') })).faults).toEqual([
    expect.stringContaining('no line begins with "Breaking:"'),
  ]);
});

test('a larger version step than needed is allowed; a smaller one or a skipped version is not', () => {
  const current = (version: string) => ({ openapi: openapi(version, 'Other things'), rules: [rule] });
  const faults = (version: string) =>
    decide(proposal({ current: current(version), packageVersion: '1.6.0', changelog: notes(version, 'Wording.') }))
      .faults;
  expect(faults('1.2.1')).toEqual([]);
  expect(faults('1.3.0')).toEqual([]);
  expect(faults('1.2.0')[0]).toMatch(/expected 1\.2\.1 or 1\.3\.0 or 2\.0\.0/);
  expect(faults('1.4.0')[0]).toMatch(/expected 1\.2\.1 or 1\.3\.0 or 2\.0\.0/);
});

test('before the first release the package may have any version', () => {
  const changelog = notes('2.0.0', 'Breaking: services must answer.');
  const first = { releasedPackage: null, packageVersion: '0.1.0', current: raised('2.0.0'), changelog };
  expect(decide(proposal(first)).faults).toEqual([]);
});

test('the newest section of the changelog is Unreleased or that of the package', () => {
  const { faults } = decide(proposal({ current: raised('2.0.0'), packageVersion: '2.0.0' }));
  expect(faults).toEqual(['CHANGELOG.md: the newest section is "1.5.0", expected "## Unreleased" or "## 2.0.0".']);
});

test('a judgement by hand counts only for exactly the value that was judged', () => {
  const reworded = (statement: string) => ({ openapi: openapi('1.2.1'), rules: [{ ...rule, statement }] });
  const judgement = {
    path: 'rules#/SYNC-1/statement',
    after: 'It replies.',
    verdict: 'editorial',
    reason: 'A synonym.',
  } as const;
  const declared = { packageVersion: '1.5.1', changelog: notes('1.2.1', 'Wording.'), judgements: [judgement] };
  expect(decide(proposal({ ...declared, current: reworded('It replies.') })).faults).toEqual([]);
  const { faults, comparison } = decide(proposal({ ...declared, current: reworded('It replies at once.') }));
  expect(comparison.verdict).toBe('compatible');
  expect(faults[0]).toMatch(/judgements\.yaml: rules#\/SYNC-1\/statement is not, or no longer, a change/);
});

test('a change names the clients that it affects, if their usage is known', () => {
  const document = (schema: object) => ({
    ...openapi('1.2.0'),
    paths: {
      '/things': {
        post: { operationId: 'addThing', requestBody: { content: { 'application/json': { schema } } }, responses: {} },
      },
    },
  });
  const [before, after] = [{ type: 'object', properties: { a: {} } }, { type: 'object' }].map(document);
  const thing = { method: 'POST', path: '/things', query: [], status: 201 };
  const usage = [
    profileOf('partner-a', [{ ...thing, requestBody: { a: 1 } }], before),
    profileOf('partner-b', [{ ...thing, requestBody: {} }], before),
  ];
  const { comparison } = decide(proposal({ released: { openapi: before }, current: { openapi: after }, usage }));
  expect(comparison.changes[0]).toMatchObject({
    verdict: 'breaking',
    reaches: [{ client: 'partner-a', says: 'sends `a` once (addThing)' }],
  });
});
