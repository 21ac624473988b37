import type { RuleId } from '../../generated/rules.ts';
import type { Answer, Call } from './answer.ts';
import type { Exchange } from './exchange.ts';
import type { MemberRow, People } from './people.ts';
import { checkPreconditions, PreconditionFailed, type Preconditions } from './preconditions.ts';
import type { Session } from './session.ts';
import { isCompleted, type Results, results, sorted } from './sync-results.ts';
import { TestGroup } from './test-group.ts';
import { backOff, pause, retryAfterMs } from './waiting.ts';

/** What a check can use: requests with either key, and new people, groups and syncs. */
export class CheckContext {
  readonly session: Session;
  readonly exchanges: Exchange[] = [];
  readonly #rule: RuleId;

  constructor(session: Session, rule: RuleId) {
    this.session = session;
    this.#rule = rule;
  }

  /** Keeps an exchange as evidence of the check. */
  keep(exchange: Exchange): void {
    this.exchanges.push(exchange);
  }

  /** Sends a call with the run's key. */
  send(call: Call): Promise<Answer> {
    return this.sendWithKey(this.session.settings.apiKey, call);
  }

  /** Sends a call with the second organization's key; the check declares that it needs one. */
  sendAsOther(call: Call): Promise<Answer> {
    return this.sendWithKey(this.#otherKey, call);
  }

  /** Sends a call without a key, or with the given one. */
  sendWithKey(key: string | null, call: Call): Promise<Answer> {
    return this.session.connection.send(key, call, (exchange) => this.keep(exchange));
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

  /** A reference that no other group uses. */
  reference(): string {
    return this.session.reference();
  }

  /** The body of a new group with a unique reference, named after it and the rule. */
  groupBody(): { name: string; external_reference_id: string } {
    const external_reference_id = this.reference();
    return { name: `Conformance ${this.#rule} ${external_reference_id}`, external_reference_id };
  }

  /** Creates a group. Throws PreconditionFailed if that fails. */
  async group(): Promise<TestGroup> {
    return this.#newGroup(this.session.settings.apiKey);
  }

  /** The ids of the groups that the run created with the first key. */
  get ownGroupIds(): ReadonlySet<string> {
    const { groups, settings } = this.session;
    return new Set(groups.filter(({ key }) => key === settings.apiKey).map(({ id }) => id));
  }

  /** Creates groups until the run has created this many, by its own count. */
  async atLeastGroups(count: number): Promise<void> {
    for (let n = this.ownGroupIds.size; n < count; n += 1) await this.group();
  }

  /** A group shared by all checks that only read it or send it requests that must be refused. */
  async groupToRefuse(): Promise<TestGroup> {
    this.session.groupToRefuse ??= this.group();
    const { key, created } = await this.session.groupToRefuse;
    const group = new TestGroup(this, key, created);
    this.session.groups.push(group);
    return group;
  }

  /** A new group of the second organization. */
  async otherGroup(): Promise<TestGroup> {
    return this.#newGroup(this.#otherKey);
  }

  async #newGroup(key: string): Promise<TestGroup> {
    return this.createdGroup(key, await this.sendWithKey(key, { operation: 'createGroup', body: this.groupBody() }));
  }

  /** The group in the answer to a create. Throws PreconditionFailed if there is none. */
  createdGroup(key: string, answer: Answer): TestGroup {
    const { id } = answer.data;
    if (answer.status >= 300 || typeof id !== 'string' || typeof answer.data.name !== 'string')
      throw this.#unmet(`creating a group answered ${answer.status} without a group`, 'GRP-1');
    const group = new TestGroup(this, key, answer.data as unknown as TestGroup['created']);
    this.session.groups.push(group);
    return group;
  }

  /** Submits a roster and returns the request id. Throws PreconditionFailed if it is not accepted. */
  async submit(group: TestGroup, members: readonly MemberRow[]): Promise<string> {
    return this.accepted(await group.submit(members), members.length);
  }

  /** A precondition that the last answer breaks. */
  #unmet(message: string, rule: RuleId): PreconditionFailed {
    return new PreconditionFailed(message, rule, this.exchanges.at(-1));
  }

  /** The request id of an accepted sync. Throws PreconditionFailed if it is missing or not new. */
  accepted(answer: Answer, rows: number): string {
    const id = answer.data.request_id;
    if (answer.status >= 300 || typeof id !== 'string')
      throw this.#unmet(`submitting ${rows} valid rows answered ${answer.status}`, ruleOfRefusedRoster(answer, rows));
    if (this.session.requestIds.has(id)) throw this.#unmet('a sync has the request id of an earlier one', 'ID-5');
    this.session.requestIds.set(id, this.exchanges.at(-1));
    return id;
  }

  /**
   * Retrieves a sync request until it is completed, with growing pauses, as long as the run allows. Returns the last
   * answer, completed or not.
   */
  async settled(group: TestGroup, requestId: string): Promise<Answer> {
    const call: Call = { operation: 'retrieveMemberSync', params: { group_id: group.id, request_id: requestId } };
    if (group.inFlight === requestId) group.inFlight = undefined;
    const { patienceMs, firstPollMs } = this.session;
    const startedAt = performance.now();
    let answer = await this.sendWithKey(group.key, call);
    for (const ms of backOff(patienceMs, firstPollMs)) {
      if (answer.status !== 200 || isCompleted(answer)) break;
      const asked = Math.min(retryAfterMs(answer.headers) ?? 0, patienceMs);
      await pause(Math.max(ms, asked), this.session.connection.signal);
      answer = await this.sendWithKey(group.key, call);
      if (isCompleted(answer)) this.session.noteSyncTime(performance.now() - startedAt);
    }
    if (answer.status === 200 && isCompleted(answer)) group.firstCompleted ??= requestId;
    if (answer.status === 200 && !isCompleted(answer)) this.session.losePatience();
    return answer;
  }

  /**
   * Submits a roster and returns the results. Throws PreconditionFailed if it is not accepted, not completed in time, or if
   * groups affect each other, which LIFE-8 judges.
   */
  async sync(group: TestGroup, members: readonly MemberRow[]): Promise<Results> {
    const { isolation } = await this.#preconditions();
    if (isolation !== null && this.#rule !== isolation.rule) throw isolation;
    return this.#sync(group, members);
  }

  async #sync(group: TestGroup, members: readonly MemberRow[]): Promise<Results> {
    return this.resultsOf(group, await this.submit(group, members));
  }

  /** Waits for an accepted sync and returns its results. Throws PreconditionFailed if it has no results in time. */
  async resultsOf(group: TestGroup, requestId: string): Promise<Results> {
    return results(await this.completed(group, requestId));
  }

  /** Waits for an accepted sync and returns the answer with its results. Throws PreconditionFailed if it has no results in time. */
  async completed(group: TestGroup, requestId: string): Promise<Answer> {
    const answer = await this.settled(group, requestId);
    if (answer.status !== 200) throw this.#unmet(`retrieving a sync request answered ${answer.status}`, 'SYNC-2');
    if (!isCompleted(answer)) throw this.#unmet('a sync did not complete in time', 'SYNC-4');
    const { completed_at, results } = answer.data;
    if (typeof completed_at !== 'string' || typeof results !== 'object' || results === null)
      throw this.#unmet('a sync request has only one of completed_at and results', 'SYNC-3');
    return answer;
  }

  /**
   * Empties the group and returns the sorted ids of its members; the API has no other way to read a roster. Throws
   * PreconditionFailed if the target does not report correctly who was added and removed in the simplest case.
   */
  async removeAllMembers(group: TestGroup): Promise<readonly string[]> {
    const { reports } = await this.#preconditions();
    if (reports !== null) throw reports;
    return sorted((await this.sync(group, [])).removed);
  }

  /** The preconditions of most checks, checked once per run. */
  #preconditions(): Promise<Preconditions> {
    this.session.preconditions ??= checkPreconditions({
      people: this.people,
      group: () => this.group(),
      sync: (group, members) => this.#sync(group, members),
      lastExchange: () => this.exchanges.at(-1),
    });
    return this.session.preconditions;
  }
}

/** The rule that a target breaks if it does not accept a roster of valid rows. */
function ruleOfRefusedRoster({ status }: Answer, rows: number): RuleId {
  if (status !== 400 && status !== 422) return 'SYNC-1';
  return rows === 0 ? 'SYNC-9' : 'SYNC-20';
}
