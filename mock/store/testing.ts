import type { Group } from './groups.ts';

/** When everything in the tests of the store happens. */
export const at = '2026-01-15T10:30:00.000Z';

/** A group of org_a, called `A group` where nothing else is said. */
export const group = (id: string, overrides: Partial<Group> = {}): Group => ({
  id,
  organization_id: 'org_a',
  name: 'A group',
  external_reference_id: null,
  created_at: at,
  updated_at: at,
  ...overrides,
});
