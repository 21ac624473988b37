import type { RulePart } from '../rule-parts.ts';
import { recordOf, recordsOf, type Seen } from './exchange.ts';
import { faultOf } from './faults.ts';

/** The rule that is broken if a refused write has an effect; undefined if it was not refused or no rule is about it. */
export function ruleOfRefusal({ operation, status, sent, key, exchange }: Seen, owner: string): RulePart | undefined {
  if (status < 400 || status >= 500) return undefined;
  if (status === 401) return exchange.key === null ? 'AUTH-1' : 'AUTH-2';
  if (key !== owner) return status === 404 ? 'AUTH-3' : undefined;
  if (exchange.requestBody && sent === undefined) return 'ERR-4';
  if (operation === 'updateGroup') return faultOf('updateGroup', sent)?.rule ?? (status === 409 ? 'GRP-12' : undefined);
  if (operation !== 'submitMemberSync') return undefined;
  const fault = faultOf('submitMemberSync', sent);
  if (fault) return fault.rule === 'SYNC-10' ? 'SYNC-10' : undefined;
  const references = recordsOf(recordOf(sent).members).map((row) => row.reference_id);
  return new Set(references).size < references.length ? 'SYNC-8' : undefined;
}
