import type { components } from '../../generated/api.ts';
import type { RuleId } from '../../generated/rules.ts';
import type { SkipReason } from './outcome.ts';
import type { Finding } from './audit.ts';
import type { Answer, Call, Witness } from './client.ts';
import { record } from './client.ts';
import type { Exchange } from './exchange.ts';
import type { MemberRow, People } from './people.ts';
import type { Session } from './session.ts';
import { backOff, pause, retryAfterMs } from './waiting.ts';

/**
 * Something that the check only builds on did not work, so that its rule cannot be judged here. The rule that speaks of
 * it is named; its own check fails.
 */
export class Unmet extends Error {
  override readonly name = 'Unmet';
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

export type Failure = components['schemas']['GroupMemberSyncFailure'];

/** The results of a completed sync, read as they come: what is missing or malformed is empty. */
export interface Results {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly failures: readonly Failure[];
}

/** Why something cannot be built on; null where it can. */
export interface Trial {
  /** The ids that a sync reports. */
  readonly reports: Unmet | null;
  /** That groups do not disturb each other. */
  readonly isolation: Unmet | null;
}

/** What a check is given: the target seen with one key or the other, and people, groups and syncs to work with. */
export class Run implements Witness {
  readonly session: Session;
  readonly exchanges: Exchange[] = [];
  readonly #rule: RuleId;

  constructor(session: Session, rule: RuleId) {
    this.session = session;
    this.#rule = rule;
  }

  record(exchange: Exchange): void {
    this.exchanges.push(exchange);
    if (exchange.operation === 'createGroup') this.session.creations.note(exchange);
  }

  found(finding: Finding): void {
    this.session.findings.push(finding);
  }

  /** Sends a call with the run's key. */
  send(call: Call): Promise<Answer> {
    return this.session.connection.send(this.session.settings.apiKey, call, this);
  }

  /** Sends a call with the second organization's key; the check declares that it needs one. */
  sendAsOther(call: Call): Promise<Answer> {
    return this.session.connection.send(this.#otherKey, call, this);
  }

  /** Sends a call without a key, or with the given one. */
  sendWithKey(key: string | null, call: Call): Promise<Answer> {
    return this.session.connection.send(key, call, this);
  }

  get #otherKey(): string {
    const key = this.session.settings.otherApiKey;
    if (key === undefined) throw new Error(`the check of ${this.#rule} does not declare that it needs a second key`);
    return key;
  }

  /** Synthetic people on the first plan of the run's organization. */
  get people(): People {
    return this.session.people;
  }

  /** Synthetic people on the first plan of the second organization. */
  get otherPeople(): People {
    return this.session.otherPeople;
  }

  /** A reference that nobody else uses. */
  reference(): string {
    return this.session.reference();
  }

  /** A body for a new group: with a reference of its own, and named after it and the rule. */
  groupBody(): { name: string; external_reference_id: string } {
    const external_reference_id = this.reference();
    return { name: `Conformance ${this.#rule} ${external_reference_id}`, external_reference_id };
  }

  /** A new group to work with. Throws Unmet where it cannot be created. */
  async group(): Promise<TestGroup> {
    return this.#newGroup(this.session.settings.apiKey);
  }

  /** A new group of the second organization. */
  async otherGroup(): Promise<TestGroup> {
    return this.#newGroup(this.#otherKey);
  }

  async #newGroup(key: string): Promise<TestGroup> {
    const answer = await this.sendWithKey(key, { operation: 'createGroup', body: this.groupBody() });
    const { id } = answer.data;
    if (answer.status >= 300 || typeof id !== 'string' || typeof answer.data.name !== 'string')
      throw new Unmet(`creating a group answered ${answer.status} without a group`, 'GRP-1');
    const group = new TestGroup(this, key, answer.data as unknown as TestGroup['created']);
    this.session.groups.push(group);
    return group;
  }

  /** Sends a sync and returns its receipt. Throws Unmet where it is not accepted. */
  async submit(group: TestGroup, members: readonly MemberRow[]): Promise<string> {
    return this.accepted(await group.submit(members), members.length);
  }

  /** The request id of an accepted sync. Throws Unmet where it has none of its own. */
  accepted(answer: Answer, rows: number): string {
    const id = answer.data.request_id;
    if (answer.status >= 300 || typeof id !== 'string')
      throw new Unmet(`submitting ${rows} valid rows answered ${answer.status}`, 'SYNC-1');
    if (this.session.requestIds.has(id)) throw new Unmet('a sync has the request id of an earlier one', 'ID-5');
    this.session.requestIds.add(id);
    return id;
  }

  /**
   * Retrieves a sync request until it is completed, with growing pauses, as long as the run allows. Returns the last
   * answer, completed or not.
   */
  async settled(group: TestGroup, requestId: string): Promise<Answer> {
    const call: Call = { operation: 'retrieveMemberSync', params: { group_id: group.id, request_id: requestId } };
    if (group.inFlight === requestId) group.inFlight = undefined;
    let answer = await this.sendWithKey(group.key, call);
    const patienceMs = this.session.patienceMs;
    for (const ms of backOff(patienceMs)) {
      if (answer.status !== 200 || isCompleted(answer)) return answer;
      await pause(Math.max(ms, retryAfterMs(answer.headers) ?? 0), this.session.connection.signal);
      answer = await this.sendWithKey(group.key, call);
    }
    if (answer.status === 200 && !isCompleted(answer)) {
      this.#foundUncompleted(patienceMs);
      this.session.losePatience();
    }
    return answer;
  }

  #foundUncompleted(patienceMs: number): void {
    const exchange = this.exchanges.at(-1);
    // Where an earlier one made the run impatient, less time was given than is allowed.
    if (patienceMs < this.session.settings.syncTimeoutMs || exchange === undefined) return;
    const message = `GET ${new URL(exchange.request.url).pathname}: not completed after ${patienceMs / 1000} s`;
    this.found({ rule: 'SYNC-4', level: 'must', message, exchange });
  }

  /**
   * Submits a roster and returns the results. Throws Unmet where it is not accepted, or not completed in time, or where
   * groups disturb each other, which LIFE-8 judges.
   */
  async sync(group: TestGroup, members: readonly MemberRow[]): Promise<Results> {
    const { isolation } = await this.#trial();
    if (isolation !== null && this.#rule !== isolation.rule) throw isolation;
    return this.#sync(group, members);
  }

  async #sync(group: TestGroup, members: readonly MemberRow[]): Promise<Results> {
    return this.resultsOf(group, await this.submit(group, members));
  }

  /** Waits for an accepted sync and returns its results. Throws Unmet where there are none in time. */
  async resultsOf(group: TestGroup, requestId: string): Promise<Results> {
    return results(await this.completed(group, requestId));
  }

  /** Waits for an accepted sync and returns the answer with its results. Throws Unmet where there is none in time. */
  async completed(group: TestGroup, requestId: string): Promise<Answer> {
    const answer = await this.settled(group, requestId);
    if (answer.status !== 200) throw new Unmet(`retrieving a sync request answered ${answer.status}`, 'SYNC-2');
    if (!isCompleted(answer)) throw new Unmet('a sync did not complete in time', 'SYNC-4');
    const { completed_at, results } = answer.data;
    if (typeof completed_at !== 'string' || typeof results !== 'object' || results === null)
      throw new Unmet('a sync request has only one of completed_at and results', 'SYNC-3');
    return answer;
  }

  /**
   * Empties the group and returns the ids of those who were in it, sorted: the one way to read a roster through the
   * contract. Throws Unmet where the target does not report, in the simplest of cases, who was added and removed.
   */
  async dismiss(group: TestGroup): Promise<readonly string[]> {
    const { reports } = await this.#trial();
    if (reports !== null) throw reports;
    return sorted((await this.sync(group, [])).removed);
  }

  /** What most checks build on, tried once in a run. */
  #trial(): Promise<Trial> {
    this.session.trial ??= this.#tryOut();
    return this.session.trial;
  }

  /**
   * Adds three people each to two groups, empties one of them, then the other: whether the ids say who was added and
   * removed, and whether one group leaves another alone.
   */
  async #tryOut(): Promise<Trial> {
    try {
      const [one, other] = [await this.group(), await this.group()];
      const [first, second] = await Promise.all([
        this.#sync(one, this.people.many(3)),
        this.#sync(other, this.people.many(3)),
      ]);
      if (new Set(first.added.filter(Boolean)).size !== 3)
        return { reports: new Unmet('adding three people reported other ids', 'LIFE-1'), isolation: null };
      const { removed } = await this.#sync(one, []);
      if (String(sorted(removed)) !== String(sorted(first.added)))
        return { reports: new Unmet('emptying a group did not report the ids it had', 'SYNC-9'), isolation: null };
      const left = (await this.#sync(other, [])).removed;
      const kept = second.added.every((id) => left.includes(id));
      return { reports: null, isolation: kept ? null : new Unmet('a sync of one group emptied another', 'LIFE-8') };
    } catch (error) {
      if (error instanceof Unmet) return { reports: error, isolation: null };
      throw error;
    }
  }
}

/** A group that the run created. */
export class TestGroup {
  readonly #run: Run;
  readonly key: string;
  /** What create returned. */
  readonly created: Readonly<Record<string, unknown>> & { readonly id: string };
  /** Whether the last roster that was submitted had rows. */
  occupied = false;
  /** The last sync that was accepted, until it was seen to be completed or waited for in vain. */
  inFlight: string | undefined;

  constructor(run: Run, key: string, created: TestGroup['created']) {
    this.#run = run;
    this.key = key;
    this.created = created;
  }

  get id(): string {
    return this.created.id;
  }

  /** Sends an operation on this group with the key that created it. */
  send(operation: 'retrieveGroup' | 'updateGroup' | 'submitMemberSync', call: Call = {}): Promise<Answer> {
    return this.#run.sendWithKey(this.key, { operation, params: { group_id: this.id }, ...call });
  }

  /**
   * Submits a roster, valid or not, and returns the answer. Waits for the sync before it first, since a service may
   * refuse one that overlaps (§8.27).
   */
  async submit(members: readonly unknown[]): Promise<Answer> {
    if (this.inFlight !== undefined) await this.#run.settled(this, this.inFlight);
    return this.submitAtOnce(members);
  }

  /** As `submit`, without waiting for the sync before it. */
  async submitAtOnce(members: readonly unknown[]): Promise<Answer> {
    if (members.length > 0) this.occupied = true;
    const answer = await this.send('submitMemberSync', { body: { members } });
    if (answer.status < 300 && typeof answer.data.request_id === 'string') this.inFlight = answer.data.request_id;
    return answer;
  }
}

/** Whether a retrieved sync request says that it is completed. */
export const isCompleted = (answer: Answer): boolean =>
  typeof answer.data.completed_at === 'string' || (answer.data.results ?? null) !== null;

export function results(answer: Answer): Results {
  const { added_group_member_ids, removed_group_member_ids, failures } = record(answer.data.results);
  return { added: list(added_group_member_ids), removed: list(removed_group_member_ids), failures: list(failures) };
}

const list = <T>(value: unknown): readonly T[] => (Array.isArray(value) ? value : []);

export const sorted = (ids: readonly string[]): readonly string[] => [...ids].sort();
