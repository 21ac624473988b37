import type { MemberRow } from '../domain/people.ts';

/** A valid row about a different person for each name. */
export const rowOf = (name: string, plan_id: string, overrides: Partial<MemberRow> = {}): MemberRow => ({
  reference_id: name,
  first_name: name,
  last_name: 'Example',
  date_of_birth: '1990-05-17',
  email: `${name}@example.com`,
  plan_id,
  address: { address_line_1: '1 Main St', city: 'Philadelphia', state: 'PA', zipcode: '19103' },
  ...overrides,
});
