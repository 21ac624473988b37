import type { Handler } from './handlers.ts';
import { page } from './pages.ts';

export const listPlans: Handler<'listPlans'> = ({ world, organization, query, quirks }) => {
  const { organizations } = world.store;
  const rows = (limit: number, offset: number) => organizations.plans(organization.id, limit, offset);
  return { status: '200', body: page(query, organizations.planCount(organization.id), quirks, rows) };
};
