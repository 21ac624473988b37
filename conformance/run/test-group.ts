import type { Answer, Call } from './answer.ts';

/** What a group needs of a check's context. */
interface GroupClient {
  sendWithKey(key: string | null, call: Call): Promise<Answer>;
  settled(group: TestGroup, requestId: string): Promise<Answer>;
}

/** A group that the run created. */
export class TestGroup {
  readonly #client: GroupClient;
  readonly key: string;
  /** What create returned. */
  readonly created: Readonly<Record<string, unknown>> & { readonly id: string };
  /** Whether the last roster that was submitted had rows. */
  occupied = false;
  /** The request id of the first sync that was seen completed. */
  firstCompleted: string | undefined;
  /** The last accepted sync; undefined once it was completed or nobody waits for it any more. */
  inFlight: string | undefined;

  constructor(client: GroupClient, key: string, created: TestGroup['created']) {
    this.#client = client;
    this.key = key;
    this.created = created;
  }

  get id(): string {
    return this.created.id;
  }

  /** Sends an operation on this group with the key that created it. */
  send(operation: 'retrieveGroup' | 'updateGroup' | 'submitMemberSync', call: Call = {}): Promise<Answer> {
    return this.#client.sendWithKey(this.key, { operation, params: { group_id: this.id }, ...call });
  }

  /**
   * Submits a roster, valid or not, and returns the answer. First waits for the previous sync, since a service may refuse one
   * that overlaps (§8.27).
   */
  async submit(members: readonly unknown[]): Promise<Answer> {
    if (this.inFlight !== undefined) await this.#client.settled(this, this.inFlight);
    return this.submitAtOnce(members);
  }

  /** As `submit`, without waiting for the previous sync. */
  async submitAtOnce(members: readonly unknown[]): Promise<Answer> {
    if (members.length > 0) this.occupied = true;
    const answer = await this.send('submitMemberSync', { body: { members } });
    if (answer.status < 300 && typeof answer.data.request_id === 'string') this.inFlight = answer.data.request_id;
    return answer;
  }
}
