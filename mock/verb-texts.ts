import type { Schemas } from './control/named-world.ts';

/** One line of a list; cells that are null are left out. */
export const columns = (...cells: readonly unknown[]): string => cells.filter((cell) => cell !== null).join('  ');

export function clockText({ now, frozen }: Schemas['Clock']): string {
  return `${now}, ${frozen ? 'frozen' : 'running'}`;
}

export function worldText({ name, clock, syncs_in_flight, organizations }: Schemas['World']): string {
  const each = organizations.map(({ key, groups }) => `  ${key}  groups: ${groups}`);
  return [`World ${name}: ${clockText(clock)}, syncs in flight: ${syncs_in_flight}`, ...each].join('\n');
}

export function faultLine({ id, ...fault }: Schemas['Fault']): string {
  const fields = Object.entries(fault).map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return columns(id, fields.join(', '));
}

export function faultLines({ faults }: Schemas['FaultList']): string {
  return faults.map(faultLine).join('\n') || 'No faults.';
}

export function syncLine({ request_id, group_id, progress, results }: Schemas['Sync']): string {
  const counts = results && [
    `added: ${results.added_group_member_ids.length}`,
    `removed: ${results.removed_group_member_ids.length}`,
    `failed: ${results.failures.length}`,
  ];
  return columns(progress, request_id, group_id, counts?.join(', '));
}

export function tenantLine({ name, suspended, quotas, use }: Schemas['Tenant']): string {
  return columns(
    name,
    suspended ? 'suspended' : 'active',
    `worlds: ${use.worlds} of ${quotas.worlds}`,
    `requests: ${use.requests}, this minute ${use.requests_this_minute} of ${quotas.requests_per_minute}`,
    `groups per world: ${quotas.groups}`,
    `rows per roster: ${quotas.rows}`,
    use.last_request_at === null ? 'never used' : `last request ${use.last_request_at}`,
  );
}

/** What to hand to a tenant. */
export function keysText({ keys, control_token }: Schemas['TenantKeys'], url: string): string {
  const key = keys[0]?.key;
  return [
    `API keys (append a dot and a name for a world of its own: ${key}.my-test):`,
    ...keys.map((each) => `  ${columns(each.organization, each.key)}`),
    'Control token, for /_mock and the console:',
    `  ${control_token}`,
    'A first request:',
    `  curl -s ${url}/v1/groups -H 'Authorization: Bearer ${key}'`,
  ].join('\n');
}
