import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { partNamesOf } from '../certificate/certificate.ts';
import { bodiesOf } from './bodies.ts';
import { ownContract } from './judged-contract.ts';
import { readOlderContract } from './older-contract.ts';
import { contractBefore, placeOf, specFolder } from './testing.ts';

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => void rmSync(folder, { recursive: true })));

function older(edits: Parameters<typeof contractBefore>[0]): string {
  const folder = contractBefore(edits);
  folders.push(folder);
  return folder;
}

const schemas = ['components', 'schemas'];

test("the kit's own contract is recognised by its digest, as a folder and as a document", () => {
  expect(readOlderContract(specFolder)).toBe(ownContract);
  expect(readOlderContract(join(specFolder, 'openapi.yaml'))).toBe(ownContract);
});

test('what was added since is left out, and what was raised is judged at its former level', () => {
  const contract = readOlderContract(
    older({
      rules: (rules) => {
        rules.setIn([placeOf(rules, 'GRP-1'), 'level'], 'should');
        rules.deleteIn([placeOf(rules, 'GRP-1'), 'should']);
        rules.deleteIn([placeOf(rules, 'ERR-4'), 'should']);
        rules.deleteIn([placeOf(rules, 'LIFE-13')]);
      },
    }),
  );
  const [then, now] = [partNamesOf(contract), partNamesOf(ownContract)];
  expect([...now].filter((part) => !then.has(part))).toEqual(['ERR-4 should', 'GRP-1 must', 'LIFE-13 should']);
  expect([...then].filter((part) => !now.has(part))).toEqual([]);
  expect(contract.sha256).not.toBe(ownContract.sha256);
});

test('answers are validated against the former schemas', () => {
  const path = older({
    openapi: (document) => {
      document.setIn(['info', 'version'], '0.9.0');
      document.setIn([...schemas, 'Plan', 'properties', 'name', 'maxLength'], 3);
      document.setIn([...schemas, 'Error', 'required'], ['message']);
    },
  });
  const { version, openapi = {} } = readOlderContract(path);
  const bodies = bodiesOf(openapi);
  const plans = (name: string) => ({
    data: [{ id: 'pln_x', name }],
    pagination: { page: 1, limit: 20, total: 1, total_pages: 1 },
  });
  expect(version).toBe('0.9.0');
  expect(bodies.success('listPlans', plans('Abc'))).toBeNull();
  expect(bodies.success('listPlans', plans('Abcd'))).toBe('data[0].name is "Abcd", longer than 3 characters');
  expect(bodies.error({ message: 'No.' })).toBeNull();
});

test.each<[string, () => string, RegExp]>([
  [
    'says something else in a rule',
    () => older({ rules: (rules) => rules.setIn([0, 'statement'], 'Anybody may come in.') }),
    /cannot judge by contract 2\.0\.0, since its checks ask for what changed after it: what AUTH-1 says changed \(rules#\/AUTH-1\/statement\)\. Use the kit that brought that contract$/,
  ],
  [
    'has a rule that was removed',
    () => older({ rules: (rules) => rules.add({ id: 'OLD-1', level: 'must', statement: 'Once.', source: ['docs'] }) }),
    /must rule OLD-1 removed/,
  ],
  [
    'takes less',
    () =>
      older({ openapi: (one) => one.setIn([...schemas, 'CreateGroupRequest', 'properties', 'name', 'maxLength'], 9) }),
    /maxLength changed \(openapi#\/components\/schemas\/CreateGroupRequest\/properties\/name\/maxLength\)/,
  ],
  [
    'accepts fewer values in a schema that answers use, too',
    () => older({ openapi: (one) => one.setIn([...schemas, 'GroupId', 'maxLength'], 20) }),
    /maxLength removed \(openapi#\/components\/schemas\/GroupId\/maxLength\)/,
  ],
  ['lacks an operation', () => older({ openapi: (one) => one.deleteIn(['paths', '/v1/plans']) }), /listPlans added/],
  [
    'allows other readings of a question',
    () => older({ quirks: (quirks) => quirks.deleteIn([0]) }),
    /question .* opened/,
  ],
  [
    'lacks its rules',
    () => {
      const path = older({});
      rmSync(join(path, 'rules.yaml'));
      return path;
    },
    /expected a folder with openapi\.yaml, rules\.yaml, quirks\.yaml; a contract is judged by all of them$/,
  ],
  ['is not there', () => '/nowhere', /nowhere: there is no such file or folder$/],
])('a contract that %s is refused', (_, path, message) => {
  expect(() => readOlderContract(path())).toThrow(
    expect.objectContaining({ name: 'UnreadableContract', message: expect.stringMatching(message) as string }),
  );
});
