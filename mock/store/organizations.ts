import type { components } from '../../generated/api.ts';

export type Plan = components['schemas']['Plan'];

export interface Organization {
  readonly id: string;
  /** The name in its API keys: `acme` in `vit_apk_acme`. */
  readonly slug: string;
}

/** The organization of seeded people who are subscribed elsewhere. No API key can name it. */
export const outsideSlug = '(outside)';

/** Organizations and their plans, which the contract cannot change. */
export interface OrganizationStore {
  isEmpty(): boolean;
  find(slug: string): Organization | undefined;
  withId(id: string): Organization | undefined;
  create(organization: Organization): void;
  addPlan(organizationId: string, plan: Plan): void;
  /** The id of the organization that has a plan. */
  ownerOf(planId: string): string | undefined;
  /** Plans of an organization in the order in which they were linked. */
  plans(organizationId: string, limit?: number, offset?: number): readonly Plan[];
  planCount(organizationId: string): number;
}
