import type { components } from '../../generated/api.ts';
import type { Database } from './database.ts';

export type Plan = components['schemas']['Plan'];

export interface Organization {
  readonly id: string;
  /** The name in its API keys: `acme` in `vit_apk_acme`. */
  readonly slug: string;
}

/** The organization of people who are subscribed elsewhere; no key can name it. */
export const outsideSlug = '(outside)';

/** Organizations and the plans linked to them: there from the start, never changed through the API. */
export function organizationStore(database: Database) {
  const bySlug = database.prepare('SELECT id, slug FROM organizations WHERE slug = ?');
  const any = database.prepare('SELECT 1 FROM organizations LIMIT 1');
  const insert = database.prepare('INSERT INTO organizations (id, slug) VALUES (?, ?)');
  const insertPlan = database.prepare('INSERT INTO plans (id, organization_id, name) VALUES (?, ?, ?)');
  const plans = database.prepare('SELECT id, name FROM plans WHERE organization_id = ? ORDER BY key LIMIT ? OFFSET ?');
  const planCount = database.prepare('SELECT COUNT(*) AS total FROM plans WHERE organization_id = ?');
  const owner = database.prepare('SELECT organization_id FROM plans WHERE id = ?');

  return {
    isEmpty: () => any.get() === undefined,
    find: (slug: string) => bySlug.get(slug) as unknown as Organization | undefined,
    insert({ id, slug }: Organization): void {
      insert.run(id, slug);
    },
    insertPlan(organizationId: string, { id, name }: Plan): void {
      insertPlan.run(id, organizationId, name);
    },
    /** The organization that has a plan. */
    ownerOf: (planId: string) => owner.get(planId)?.organization_id as string | undefined,
    /** Plans of an organization in the order in which they were linked. */
    plans: (organizationId: string, limit = -1, offset = 0) =>
      plans.all(organizationId, limit, offset) as unknown as Plan[],
    planCount: (organizationId: string) => planCount.get(organizationId)?.total as number,
  };
}
