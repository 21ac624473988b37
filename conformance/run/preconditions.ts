import type { RuleId } from '../../generated/rules.ts';
import type { SkipReason } from './outcome.ts';
import type { MemberRow, People } from './people.ts';
import { type Results, sorted } from './sync-results.ts';
import type { TestGroup } from './test-group.ts';

/**
 * Something that the check only builds on did not work, so that its rule cannot be judged here. The rule that speaks of
 * it is named; its own check fails.
 */
export class PreconditionFailed extends Error {
  override readonly name = 'PreconditionFailed';
  readonly rule: RuleId;

  constructor(message: string, rule: RuleId) {
    super(`${message} (see ${rule})`);
    this.rule = rule;
  }
}

/** There is nothing to judge here, for a reason that is not the target's fault. */
export class NotApplicable extends Error {
  override readonly name = 'NotApplicable';
  readonly reason: SkipReason;

  constructor(reason: SkipReason) {
    super(reason.because);
    this.reason = reason;
  }
}

/** Why something cannot be built on; null where it can. */
export interface Preconditions {
  /** The ids that a sync reports. */
  readonly reports: PreconditionFailed | null;
  /** That groups do not disturb each other. */
  readonly isolation: PreconditionFailed | null;
}

/** What the preconditions are checked with. */
interface Steps {
  readonly people: People;
  group(): Promise<TestGroup>;
  sync(group: TestGroup, members: readonly MemberRow[]): Promise<Results>;
}

/**
 * Adds three people each to two groups, empties one of them, then the other: whether the ids say who was added and
 * removed, and whether one group leaves another alone.
 */
export async function checkPreconditions({ people, group, sync }: Steps): Promise<Preconditions> {
  try {
    const [one, other] = [await group(), await group()];
    const [first, second] = await Promise.all([sync(one, people.many(3)), sync(other, people.many(3))]);
    if (new Set(first.added.filter(Boolean)).size !== 3)
      return { reports: new PreconditionFailed('adding three people reported other ids', 'LIFE-1'), isolation: null };
    const { removed } = await sync(one, []);
    if (String(sorted(removed)) !== String(sorted(first.added)))
      return {
        reports: new PreconditionFailed('emptying a group did not report the ids it had', 'SYNC-9'),
        isolation: null,
      };
    const left = (await sync(other, [])).removed;
    const kept = second.added.every((id) => left.includes(id));
    return {
      reports: null,
      isolation: kept ? null : new PreconditionFailed('a sync of one group emptied another', 'LIFE-8'),
    };
  } catch (error) {
    if (error instanceof PreconditionFailed) return { reports: error, isolation: null };
    throw error;
  }
}
