import { type Change, type ChangeVerdict, verdicts } from '../../conformance/contract/change.ts';
import { isObject, same } from '../../conformance/contract/json-pointer.ts';

/** A person's verdict that replaces the gate's, and the reason (spec/released/judgements.yaml). */
export interface ManualJudgement {
  readonly path: string;
  readonly after?: unknown;
  readonly verdict: ChangeVerdict;
  readonly reason: string;
}

export const judgementsFile = 'spec/released/judgements.yaml';

/** Checks the content of the file. Throws if an entry lacks a field. */
export function judgementsFrom(value: unknown): readonly ManualJudgement[] {
  if (!Array.isArray(value)) throw new Error(`${judgementsFile}: expected a list, or [] for none`);
  for (const [index, entry] of value.entries()) {
    const where = `${judgementsFile}, entry ${index + 1}`;
    const { path, verdict, reason } = isObject(entry) ? entry : {};
    if (typeof path !== 'string') throw new Error(`${where}: expected the path of a change`);
    if (!verdicts.includes(verdict as ChangeVerdict))
      throw new Error(`${where}: expected a verdict, ${verdicts.join(', ')}`);
    if (typeof reason !== 'string' || reason.trim().length < 10)
      throw new Error(`${where}: expected a reason in words`);
  }
  return value as ManualJudgement[];
}

/**
 * Applies judgements to the changes. A judgement holds only for exactly the value that was judged; those that match no
 * change are returned in `stale`, so that they cannot apply to a later one.
 */
export function withJudgements(
  changes: readonly Change[],
  judgements: readonly ManualJudgement[],
): { readonly changes: readonly Change[]; readonly stale: readonly ManualJudgement[] } {
  const meets = (change: Change, judgement: ManualJudgement) =>
    judgement.path === change.path && same(judgement.after ?? null, change.after ?? null);
  const judged = changes.map((change) => {
    const judgement = judgements.find((one) => meets(change, one));
    if (judgement === undefined) return change;
    return { ...change, verdict: judgement.verdict, what: `${change.what} (judged by hand: ${judgement.reason})` };
  });
  const stale = judgements.filter((judgement) => !changes.some((change) => meets(change, judgement)));
  return { changes: judged.sort((a, b) => verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict)), stale };
}
