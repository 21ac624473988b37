import type { RuleId } from '../../generated/rules.ts';
import type { Exchange } from './exchange.ts';
import type { SkipReason } from './outcome.ts';
import type { MemberRow, People } from './people.ts';
import { type Results, sorted } from './sync-results.ts';
import type { TestGroup } from './test-group.ts';

/**
 * Something that a check builds on does not work, so the check cannot judge its own rule; `rule` fails instead, or none if the
 * target is not at fault.
 */
export class PreconditionFailed extends Error {
  override readonly name = 'PreconditionFailed';
  readonly rule: RuleId | null;
  /** The exchange that shows it. Default: the last one of the check. */
  exchange: Exchange | undefined;

  constructor(message: string, rule: RuleId | null, exchange?: Exchange) {
    super(message);
    this.rule = rule;
    this.exchange = exchange;
  }
}

/** The check has nothing to judge, and the target is not at fault. */
export class NotApplicable extends Error {
  override readonly name = 'NotApplicable';
  readonly reason: SkipReason;

  constructor(reason: SkipReason) {
    super(reason.because);
    this.reason = reason;
  }
}

/** Why checks cannot rely on something; null if they can. */
export interface Preconditions {
  /** Whether a sync reports who was added and removed. */
  readonly reports: PreconditionFailed | null;
  /** Whether a sync leaves other groups alone. */
  readonly isolation: PreconditionFailed | null;
}

/** What the preconditions need of a check's context. */
interface Steps {
  readonly people: People;
  group(): Promise<TestGroup>;
  sync(group: TestGroup, members: readonly MemberRow[]): Promise<Results>;
  /** The exchange of the last step. */
  lastExchange(): Exchange | undefined;
}

/**
 * Adds three people to each of two groups and empties both: the ids must say who was added and removed, and neither sync may
 * affect the other group.
 */
export async function checkPreconditions({ people, group, sync, lastExchange }: Steps): Promise<Preconditions> {
  const failed = (message: string, rule: RuleId) => new PreconditionFailed(message, rule, lastExchange());
  try {
    const [one, other] = [await group(), await group()];
    const [first, second] = await Promise.all([sync(one, people.many(3)), sync(other, people.many(3))]);
    if (new Set(first.added.filter(Boolean)).size !== 3)
      return { reports: failed('adding three people did not report three ids', 'LIFE-1'), isolation: null };
    const { removed } = await sync(one, []);
    if (String(sorted(removed)) !== String(sorted(first.added)))
      return { reports: failed('emptying a group did not report the ids of its members', 'SYNC-9'), isolation: null };
    const left = (await sync(other, [])).removed;
    const kept = second.added.every((id) => left.includes(id));
    return {
      reports: null,
      isolation: kept ? null : failed('a sync of one group removed the members of another', 'LIFE-8'),
    };
  } catch (error) {
    if (error instanceof PreconditionFailed) return { reports: error, isolation: null };
    throw error;
  }
}
