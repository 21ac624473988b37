import type { MemberRow } from './people.ts';

/** How much longer a slow sync takes: world time in milliseconds, or retrievals. */
export const slowBy = { ms: 30_000, polls: 10 };

/**
 * Outcomes that a row can select with its e-mail, so that a client's tests need no control call. The local part is one
 * of these words, or starts with one and a dot or plus (`blocked@…`, `never.ada@…`, `slow+1@…`). The first three apply
 * only if the row would be added, the others to the sync as a whole.
 */
export const magicWords = {
  blocked: 'The row fails as if the person had an active subscription under another organization (LIFE-9).',
  'unknown-plan': 'The row fails as if the organization had no such plan; refused with 400 under unknown-plan=reject.',
  rejected: 'The row fails because the details could not be verified (LIFE-10).',
  slow: `The sync takes ${slowBy.ms / 1000} s of world time longer, or ${slowBy.polls} retrievals.`,
  never: 'The sync stays in flight until the control plane releases or completes it.',
} as const;

export type MagicOutcome = keyof typeof magicWords;

const magicStart = new RegExp(`^(${Object.keys(magicWords).join('|')})[.+@]`, 'i');

/** The outcome that a row selects, if any. */
export const magicOutcome = ({ email }: MemberRow): MagicOutcome | undefined =>
  magicStart.exec(email ?? '')?.[1]?.toLowerCase() as MagicOutcome | undefined;
