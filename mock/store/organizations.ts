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

/**
 * Organizations and the plans linked to them: there from the start, never changed through the API. They are remembered
 * until `forget`: after a transaction that was rolled back, and where the tables change otherwise.
 */
export function organizationStore(database: Database) {
  const bySlug = database.prepare('SELECT id, slug FROM organizations WHERE slug = ?');
  const any = database.prepare('SELECT 1 FROM organizations LIMIT 1');
  const insert = database.prepare('INSERT INTO organizations (id, slug) VALUES (?, ?)');
  const insertPlan = database.prepare('INSERT INTO plans (id, organization_id, name) VALUES (?, ?, ?)');
  const plansOf = database.prepare('SELECT id, name FROM plans WHERE organization_id = ? ORDER BY key');
  const owner = database.prepare('SELECT organization_id FROM plans WHERE id = ?');

  const organizations = new Map<string, Organization>();
  const linked = new Map<string, readonly Plan[]>();

  const allPlans = (organizationId: string): readonly Plan[] => {
    let plans = linked.get(organizationId);
    if (plans === undefined) {
      plans = plansOf.all(organizationId) as unknown as Plan[];
      linked.set(organizationId, plans);
    }
    return plans;
  };

  return {
    isEmpty: () => any.get() === undefined,
    find(slug: string): Organization | undefined {
      const found = organizations.get(slug) ?? (bySlug.get(slug) as unknown as Organization | undefined);
      if (found !== undefined) organizations.set(slug, found);
      return found;
    },
    insert({ id, slug }: Organization): void {
      insert.run(id, slug);
    },
    insertPlan(organizationId: string, { id, name }: Plan): void {
      insertPlan.run(id, organizationId, name);
      linked.delete(organizationId);
    },
    /** The organization that has a plan. */
    ownerOf: (planId: string) => owner.get(planId)?.organization_id as string | undefined,
    /** Plans of an organization in the order in which they were linked. */
    plans: (organizationId: string, limit = Infinity, offset = 0) =>
      allPlans(organizationId).slice(offset, offset + limit),
    planCount: (organizationId: string) => allPlans(organizationId).length,
    forget(): void {
      organizations.clear();
      linked.clear();
    },
  };
}
