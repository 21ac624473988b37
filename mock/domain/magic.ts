import type { MemberRow } from './people.ts';

/** How much longer a slow sync takes: world time in milliseconds, or retrievals. */
export const slowBy = { ms: 30_000, polls: 10 };

/**
 * What a row can ask of the mock by its data alone, so that a client's tests need no control call: its e-mail's local
 * part is one of these words, or begins with it and a dot or plus (`blocked@…`, `never.ada@…`, `slow+1@…`). The first
 * three matter if the row would be added, the others to the sync as a whole.
 */
export const magicWords = {
  blocked: 'The row fails as if the person had an active subscription under another organization (LIFE-9).',
  'unknown-plan': 'The row fails as if the organization had no such plan; refused with 400 under unknown-plan=reject.',
  rejected: 'The row fails because the details could not be verified (LIFE-10).',
  slow: `The sync takes ${slowBy.ms / 1000} s of world time longer, or ${slowBy.polls} retrievals.`,
  never: 'The sync never finishes, until the control plane lets it go.',
} as const;

export type MagicOutcome = keyof typeof magicWords;

/** The outcome that a row asks for, if any. */
export function magicOutcome(row: MemberRow): MagicOutcome | undefined {
  const word = /^([a-z-]+)[.+@]/i.exec(row.email ?? '')?.[1]?.toLowerCase();
  return word !== undefined && Object.hasOwn(magicWords, word) ? (word as MagicOutcome) : undefined;
}
