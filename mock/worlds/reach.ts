/** The worlds that somebody may use: those of one tenant, by the names that the tenant gives them, or all. */
export interface Reach {
  readonly tenant?: string;
}

/** The reach of whoever runs the mock. */
export const everything: Reach = {};

/** The name under which a world is stored: after the tenant and a slash, if it has a tenant. */
export const storedName = ({ tenant }: Reach, name: string): string =>
  tenant === undefined ? name : `${tenant}/${name}`;

/** The tenant of a stored world; undefined if it has none. */
export const tenantOf = (stored: string): string | undefined => /^(.*)\//.exec(stored)?.[1];

/** Whether a stored world is within reach. */
export const isWithin = ({ tenant }: Reach, stored: string): boolean =>
  tenant === undefined || tenantOf(stored) === tenant;

/** The name that whoever has this reach gives a stored world. */
export const nameWithin = ({ tenant }: Reach, stored: string): string =>
  tenant === undefined ? stored : stored.slice(tenant.length + 1);
