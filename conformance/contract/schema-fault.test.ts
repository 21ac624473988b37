import { expect, test } from 'vitest';
import { ownBodies } from './bodies.ts';

const group = {
  id: 'grp_AAAAAAAAAAAAAAAAAAAAAA',
  organization_id: 'org_AAAAAAAAAAAAAAAAAAAAAA',
  name: 'A',
  external_reference_id: '',
  created_at: null,
  updated_at: null,
};
const { name: _, ...nameless } = group;
const faultOf = (data: unknown) => ownBodies.success('retrieveGroup', { data });

test.each<[string, unknown, string]>([
  ['an absent field', nameless, 'data.name is missing'],
  ['another type', { ...group, name: 7 }, 'data.name is 7, not string'],
  ['a text instead of an object', 'A', 'data is "A", not object'],
  [
    'a text of another format',
    { ...group, created_at: '2026-99-01T00:00:00Z' },
    'data.created_at is "2026-99-01T00:00:00Z", not of the format date-time',
  ],
  ['a text that is too short', { ...group, name: '' }, 'data.name is "", shorter than 1 characters'],
])('%s is described in plain words, with the value', (_, data, fault) => {
  expect(faultOf(data)).toBe(fault);
});

test('the value of a personal field is not shown', () => {
  const pagination = { page: 1, limit: 20, total: 1, total_pages: 1 };
  const member = { id: 'mbr_AAAAAAAAAAAAAAAAAAAAAA', first_name: ['Ana'], last_name: 'Abara' };
  expect(ownBodies.success('listMembers', { data: [member], pagination })).toBe(
    'data[0].first_name is [redacted object], not string',
  );
});

test('a pattern is shown as a pattern', () => {
  expect(faultOf({ ...group, id: '7' })).toMatch(/^data\.id is "7", which does not match \/\^grp_.*\/$/);
});

test('an item of a list has its index', () => {
  const pagination = { page: 1, limit: 20, total: 1, total_pages: 1 };
  expect(ownBodies.success('listGroups', { data: [group, nameless], pagination })).toBe('data[1].name is missing');
});
