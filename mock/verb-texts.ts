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
