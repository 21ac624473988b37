import type { components } from '../../generated/control-api.ts';
import { fixedAnswers } from '../../generated/quirks.ts';
import { Problem } from './problems.ts';

/** How much a tenant may use. */
export type Quotas = components['schemas']['Quotas'];

/** The quotas of a tenant that was given no others. */
export const defaultQuotas: Quotas = {
  worlds: 1000,
  groups: 10_000,
  rows: Number(fixedAnswers['roster-limit']),
  requests_per_minute: 12_000,
};

/** Throws a Problem if a tenant uses more than a quota; without quotas there is no limit. */
export function refuseOver(quotas: Quotas | undefined, quota: 'worlds' | 'groups' | 'rows', used: number): void {
  if (quotas !== undefined && used > quotas[quota]) throw overQuota(quotas, quota);
}

/** Whether a tenant may send fewer rows than anybody else may. What nobody may send is refused by the contract (SYNC-13). */
export const hasFewerRows = ({ rows }: Quotas): boolean => rows < defaultQuotas.rows;

/** Seconds after which to try again if only a change of the tenant's worlds or quotas makes room. */
const patience = 60;

/** The refusal of what is beyond a quota: which, its limit, and what to do. */
export function overQuota(quotas: Quotas, quota: keyof Quotas, waitSeconds = patience): Problem {
  const { limited, remedy } = texts[quota];
  const advice = remedy ?? `wait ${waitSeconds} s`;
  return new Problem(
    'rate-limited',
    'quota_exceeded',
    `This tenant may have ${quotas[quota]} ${limited} (quota ${quota}); ${advice}, or ask the operator of this mock for more.`,
    undefined,
    waitSeconds,
  );
}

const texts: Readonly<Record<keyof Quotas, { readonly limited: string; readonly remedy?: string }>> = {
  worlds: {
    limited: 'worlds at the same time',
    remedy: 'drop one that is no longer needed with DELETE /_mock/worlds/{world} and the control token',
  },
  groups: {
    limited: 'groups in one world',
    remedy: 'use another world, or empty this one with POST /_mock/worlds/{world}/reset and the control token',
  },
  rows: { limited: 'rows in one roster', remedy: 'send a smaller roster' },
  requests_per_minute: { limited: 'requests per minute in all worlds together, a tenth of them at once' },
};
