import { Problem, shown } from '../domain/problems.ts';
import type { Quotas } from '../domain/quotas.ts';
import type { Host } from '../jobs/clock.ts';
import { type Keys, mainWorld } from '../worlds/keys.ts';
import { everything, nameWithin, storedName, tenantOf } from '../worlds/reach.ts';
import { Admission, type CountRequests } from './admission.ts';
import type { TenantKeys } from './keys.ts';

/** A tenant as it is stored, with what it has used. */
export interface StoredTenant {
  readonly name: string;
  readonly createdAt: Date;
  readonly isSuspended: boolean;
  readonly quotas: Quotas;
  readonly worlds: number;
  readonly requests: number;
  readonly requestsThisMinute: number;
  readonly lastRequestAt: Date | null;
}

/** What to change of a tenant. */
export interface TenantChanges {
  readonly isSuspended?: boolean | undefined;
  readonly quotas?: Partial<Quotas> | undefined;
}

/** Where tenants are stored. Functions that take the name of a tenant reject with a Problem if no tenant has it. */
export interface TenantStore {
  /** A page of the tenants, by name, and how many there are. */
  list(limit: number, offset: number): Promise<{ readonly tenants: readonly StoredTenant[]; readonly total: number }>;
  read(name: string): Promise<StoredTenant>;
  /** Adds a tenant. Rejects with a Problem if the name is or was that of another. */
  add(name: string, quotas: Partial<Quotas>): Promise<StoredTenant>;
  /** Changes what is given, and leaves the rest as it is. */
  change(name: string, changes: TenantChanges): Promise<StoredTenant>;
  /** Removes a tenant with its worlds, and returns it as it was. */
  remove(name: string): Promise<StoredTenant>;
  readonly count: CountRequests;
}

export const noSuchTenant = (name: string): Problem =>
  new Problem(
    'not-found',
    'tenant_not_found',
    `There is no tenant ${shown(name)}; GET /_mock/tenants lists them, and POST /_mock/tenants adds one.`,
  );

/** The secrets that keys are made with: the one that issues, and the one before, whose keys are still valid. */
export interface TenantSecrets {
  readonly secret: string;
  readonly previous?: string;
}

/** The partners that share a mock. */
export interface Tenants {
  readonly keys: TenantKeys;
  readonly store: TenantStore;
  readonly admission: Admission;
}

export const openTenants = (keys: TenantKeys, store: TenantStore, host: Host): Tenants => ({
  keys,
  store,
  admission: new Admission(store.count, host),
});

/** Keys that only tenants have: each names its tenant, and worlds of the tenant's own. */
export const issuedKeys = (keys: TenantKeys): Keys => ({
  read(key) {
    const api = keys.verifyApiKey(key);
    const named = api ?? keys.verifyAccessToken(key);
    if (named === undefined) return undefined;
    const world = storedName(named, named.world ?? mainWorld);
    return api === undefined ? { world } : { world, organization: api.organization };
  },
  apiKey(organization, stored) {
    const { tenant, world } = partsOf(stored);
    // The operator's own worlds have no keys.
    if (tenant === undefined) return '';
    return `${keys.apiKey(tenant, organization)}${world === undefined ? '' : `.${world}`}`;
  },
  accessToken(id, stored) {
    const { tenant, world } = partsOf(stored);
    return keys.accessToken(id, tenant ?? '', world);
  },
  explain(key, organizations) {
    const forms = organizations.map((slug) => `vit_apk_${slug}_<tenant>_…`).join(' or ');
    const expected = `expected ${forms} as the operator of this mock issued it, and for a world of your own a dot and its name`;
    const [api] = /^vit_apk_[^.]*/.exec(key) ?? [];
    if (api !== undefined && keys.verifyApiKey(api) !== undefined)
      return keys.verifyApiKey(key) === undefined
        ? 'The key in the Authorization header ends with a world that cannot exist; expected up to 64 letters, digits, _ and - after the dot.'
        : `The key in the Authorization header names no organization of this mock; ${expected}.`;
    if (key.startsWith('vit_at_'))
      return 'The access token in the Authorization header was not issued by this mock, or has ended; issue one with POST /v1/auth/access-tokens and an API key.';
    if (key.startsWith('vit_ctl_'))
      return `The Authorization header has a control token, which is for /_mock only; ${expected}.`;
    return `The key in the Authorization header was not issued by this mock; ${expected}.`;
  },
});

/** The tenant of a stored world, and the world as keys name it. */
function partsOf(stored: string) {
  const tenant = tenantOf(stored);
  const world = nameWithin(tenant === undefined ? everything : { tenant }, stored);
  return { tenant, world: world === mainWorld ? undefined : world };
}
