import type { Schemas } from '../control/named-world.ts';
import type { TenantsControl } from '../control/tenants.ts';
import { type FormFields, lookUp, requestFrom, textOf } from './form-fields.ts';

/** What the page shows after a form was submitted. */
export interface TenantOutcome {
  readonly text: string;
  /** The tenant that was added, with its keys. */
  readonly issued?: Schemas['IssuedTenant'];
}

const actions = {
  async addTenant(tenants, fields) {
    const issued = await tenants.addTenant(requestFrom(fields, [], ['name']) as Schemas['TenantRequest']);
    return { text: `Added ${issued.tenant.name}.`, issued };
  },
  async suspendTenant(tenants, fields) {
    const { name } = await tenants.changeTenant(textOf(fields, 'name'), { suspended: true });
    return { text: `${name} is suspended. Its worlds are kept.` };
  },
  async resumeTenant(tenants, fields) {
    const { name } = await tenants.changeTenant(textOf(fields, 'name'), { suspended: false });
    return { text: `${name} is active again.` };
  },
} satisfies Record<string, (tenants: TenantsControl, fields: FormFields) => Promise<TenantOutcome>>;

export type TenantActionName = keyof typeof actions;

/** Runs the action of a form. Rejects with a Problem if the control plane refuses. */
export function runTenantAction(tenants: TenantsControl, fields: FormFields): Promise<TenantOutcome> {
  const action = textOf(fields, 'action');
  return lookUp<(typeof actions)[TenantActionName]>('action', actions, action)(tenants, fields);
}
