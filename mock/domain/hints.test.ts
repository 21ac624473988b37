import { expect, test } from 'vitest';
import { basicRow } from '../test-support/town.ts';
import { hintsOf } from './hints.ts';

test.each([
  ['externalReferenceId', 'external_reference_id'],
  ['EXTERNAL_REFERENCE_ID', 'external_reference_id'],
  ['external_refrence_id', 'external_reference_id'],
  ['external_ref_id', 'external_reference_id'],
  ['groupName', 'name'],
  ['NAME', 'name'],
  ['nmae', 'name'],
])('the unknown group field %s gets the suggestion %s', (field, known) => {
  expect(hintsOf('CreateGroupRequest', { [field]: 1 })).toEqual([
    `${field}: unknown field, ignored; did you mean ${known}?`,
  ]);
});

test.each(['plan', 'x', 'id', '__proto__', 'constructor'])('the unknown group field %s gets no suggestion', (field) => {
  expect(hintsOf('CreateGroupRequest', JSON.parse(`{"name": "A", "${field}": {}}`))).toEqual([
    `${field}: unknown field, ignored`,
  ]);
});

test('a body with only known fields, or one that is not an object, gets no hints', () => {
  for (const body of [{ name: 'A', external_reference_id: null }, {}, null, [], 'name', 7, [{ name: 'A' }]])
    expect(hintsOf('CreateGroupRequest', body)).toEqual([]);
  expect(hintsOf('SubmitMemberSyncRequest', { members: [basicRow('ann')] })).toEqual([]);
  const bound_entity = { id: 'empr_1', type: 'employer' };
  expect(hintsOf('IssueAccessTokenRequest', { grant_type: 'client_credentials', bound_entity })).toEqual([]);
});

test('a field that many rows have is named once, and address fields are checked too', () => {
  const members = Array.from({ length: 5000 }, (_, index) => ({
    ...basicRow(`m${index}`),
    zipCode: '19106',
    address: { ...basicRow('a').address, zip: '19106' },
  }));
  expect(hintsOf('SubmitMemberSyncRequest', { members })).toEqual([
    'members[].address.zip: unknown field, ignored; did you mean zipcode?',
    'members[].zipCode: unknown field, ignored',
  ]);
});

test('at most five fields are named, and only with characters that are valid in a header', () => {
  const body = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`\u0000\n名 ${index}`, 1]));
  expect(hintsOf('CreateGroupRequest', body)).toEqual(['?: unknown field, ignored']);
  const many = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`field-${index}`, 1]));
  expect(hintsOf('CreateGroupRequest', many)).toHaveLength(5);
});

test('a list in a list is not looked into, so that no hint is longer than a header may be', () => {
  const nested = `${'['.repeat(3000)}{"zip": 1}${']'.repeat(3000)}`;
  expect(hintsOf('SubmitMemberSyncRequest', JSON.parse(`{"members": ${nested}}`))).toEqual([]);
});
