import papa from 'papaparse';
import type { Schemas } from '../control/named-world.ts';
import { rosterColumns } from '../domain/roster-file.ts';

/** A valid row for commands and templates. */
export const exampleRow = (planId: string) => ({
  reference_id: 'emp-1',
  first_name: 'Ada',
  last_name: 'Example',
  date_of_birth: '1990-05-17',
  email: 'ada@example.com',
  plan_id: planId,
  address: { address_line_1: '1 Main St', city: 'Philadelphia', state: 'PA', zipcode: '19103' },
});

/** The id of the first plan of an organization. */
export const firstPlan = ({ organizations }: Schemas['World'], slug: string): string =>
  organizations.find((organization) => organization.slug === slug)?.plans[0]?.id ?? 'pln_…';

/** A roster in CSV with every column and one valid row. */
export function rosterTemplate(planId: string): string {
  const valueAt = (path: string): unknown =>
    path
      .split('.')
      .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], exampleRow(planId));
  return `${papa.unparse([[...rosterColumns], rosterColumns.map((path) => valueAt(path) ?? '')])}\r\n`;
}
