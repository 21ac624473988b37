import { schemas } from '../../generated/control-validators.ts';
import { Problem } from '../domain/problems.ts';
import { firstError, sentence } from '../http/messages.ts';
import type { StoredTenant, Tenants } from '../tenants/tenants.ts';
import type { Seed } from '../worlds/seed.ts';
import { check, limitAndOffset, type Page, type Schemas } from './named-world.ts';

/** The operations on tenants, each with what the caller sent. Throw a Problem that says what was expected. */
export function tenantsControl(tenants: Tenants | undefined, { organizations = [] }: Seed) {
  const existing = (): Tenants => {
    if (tenants === undefined)
      throw new Problem('not-found', 'no_tenants', 'This mock has no tenants; start it with --tenants and --database.');
    return tenants;
  };
  const keysOf = (name: string): Schemas['TenantKeys'] => {
    const { keys } = existing();
    return {
      keys: organizations.map(({ slug }) => ({ organization: slug, key: keys.apiKey(name, slug) })),
      control_token: keys.controlToken(name),
    };
  };
  return {
    async listTenants(page: Page = {}): Promise<Schemas['TenantList']> {
      const { tenants: found, total } = await existing().store.list(...limitAndOffset(page));
      return { tenants: found.map(describe), total };
    },

    /** Adds a tenant and issues its keys. */
    async addTenant(request: Schemas['TenantRequest']): Promise<Schemas['IssuedTenant']> {
      check('TenantRequest', request);
      const added = await existing().store.add(request.name, request.quotas ?? {});
      return { tenant: describe(added), ...keysOf(added.name) };
    },

    readTenant: async (name: string): Promise<Schemas['Tenant']> => describe(await existing().store.read(valid(name))),

    async changeTenant(name: string, changes: Schemas['TenantChanges']): Promise<Schemas['Tenant']> {
      check('TenantChanges', changes);
      const { suspended: isSuspended, quotas } = changes;
      return describe(await existing().store.change(valid(name), { isSuspended, quotas }));
    },

    /** Removes a tenant with its worlds, and returns it as it was. */
    removeTenant: async (name: string): Promise<Schemas['Tenant']> =>
      describe(await existing().store.remove(valid(name))),

    async issueTenantKeys(name: string): Promise<Schemas['TenantKeys']> {
      return keysOf((await existing().store.read(valid(name))).name);
    },
  };
}

export type TenantsControl = ReturnType<typeof tenantsControl>;

function valid(name: string): string {
  if (schemas.TenantName(name)) return name;
  throw new Problem('invalid', 'bad_tenant_name', `${sentence(firstError(schemas.TenantName), 'tenant')}.`);
}

const describe = ({
  name,
  createdAt,
  isSuspended,
  quotas,
  lastRequestAt,
  ...use
}: StoredTenant): Schemas['Tenant'] => ({
  name,
  created_at: createdAt.toISOString(),
  suspended: isSuspended,
  quotas,
  use: {
    worlds: use.worlds,
    requests: use.requests,
    requests_this_minute: use.requestsThisMinute,
    last_request_at: lastRequestAt?.toISOString() ?? null,
  },
});
