import type { MemberRow } from './people.ts';

/** What a row can ask of the mock by its data alone, so that a client's tests need no control call. */
export type MagicOutcome = 'blocked';

const outcomes: readonly MagicOutcome[] = ['blocked'];

/** The outcome that a row asks for: its e-mail's local part is, or begins with and a dot or plus, a magic word. */
export function magicOutcome(row: MemberRow): MagicOutcome | undefined {
  const word = /^([a-z]+)[.+@]/.exec(row.email?.toLowerCase() ?? '')?.[1];
  return outcomes.find((outcome) => outcome === word);
}
