import type { DatabaseSync } from 'node:sqlite';
import type { Organization, OrganizationStore, Plan } from '../organizations.ts';

export function organizationStore(database: DatabaseSync): OrganizationStore {
  const bySlug = database.prepare('SELECT id, slug FROM organizations WHERE slug = ?');
  const byId = database.prepare('SELECT id, slug FROM organizations WHERE id = ?');
  const any = database.prepare('SELECT 1 FROM organizations LIMIT 1');
  const insert = database.prepare('INSERT INTO organizations (id, slug) VALUES (?, ?)');
  const insertPlan = database.prepare('INSERT INTO plans (id, organization_id, name) VALUES (?, ?, ?)');
  const plans = database.prepare('SELECT id, name FROM plans WHERE organization_id = ? ORDER BY key LIMIT ? OFFSET ?');
  const planCount = database.prepare('SELECT COUNT(*) AS total FROM plans WHERE organization_id = ?');
  const owner = database.prepare('SELECT organization_id FROM plans WHERE id = ?');

  return {
    isEmpty: () => any.get() === undefined,
    find: (slug) => bySlug.get(slug) as Organization | undefined,
    withId: (id) => byId.get(id) as Organization | undefined,
    create({ id, slug }) {
      insert.run(id, slug);
    },
    addPlan(organizationId, { id, name }) {
      insertPlan.run(id, organizationId, name);
    },
    ownerOf: (planId) => owner.get(planId)?.organization_id as string | undefined,
    plans: (organizationId, limit = -1, offset = 0) =>
      plans.all(organizationId, limit, offset) as unknown as readonly Plan[],
    planCount: (organizationId) => planCount.get(organizationId)?.total as number,
  };
}
