import type { Finding } from './audit.ts';
import { Connection, NetworkError, Stopped, type Target } from './client.ts';
import { Creations } from './creations.ts';
import { People } from './people.ts';
import { Run, type TestGroup, type Trial, Unmet } from './context.ts';

/** What a run was asked to do. Plain data: it travels into the test runner. */
export interface Settings {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly otherApiKey?: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** How long a sync may take, in milliseconds. */
  readonly syncTimeoutMs: number;
  /** Whether to run the checks that take thousands of rows or more than a hundred groups. */
  readonly heavy: boolean;
  /** Tells this run's groups and people from those of any other. */
  readonly runId: string;
  /** How long one answer may take, in milliseconds. */
  readonly requestTimeoutMs?: number | undefined;
  /** Requests that were sent before the run. */
  readonly sentBefore?: number | undefined;
  /** Stop after so many requests. */
  readonly maxRequests?: number | undefined;
  /** At most so many requests per second. */
  readonly rate?: number | undefined;
  /** OpenAPI document of an older contract to judge by. */
  readonly openapi?: object | undefined;
  /** Stop at the first must that is broken, but for these known ones (`LIFE-3 must`). */
  readonly failFast?: { readonly except: readonly string[] } | undefined;
}

/** The key of the organization to work in and, where there is one, of the second. */
const keysOf = ({ apiKey, otherApiKey }: Settings): readonly string[] =>
  otherApiKey === undefined ? [apiKey] : [apiKey, otherApiKey];

/** How to reach the target of a run. */
export function targetOf(settings: Settings): Target {
  const { apiKey, otherApiKey, ...target } = settings;
  return { ...target, keys: keysOf(settings) };
}

/** What a run leaves behind at the target, and what it took. */
export interface Remains {
  /** Ids of groups that could not be emptied. */
  readonly left: readonly string[];
  /** How many groups the run created; the contract has no way to delete them. */
  readonly groups: number;
  readonly requests: number;
}

/** How long later checks wait for a sync once one has run out of time: the target's fault is known by then. */
const impatienceMs = 1000;

/** How long the clean-up may take after a run was told to stop, and how long one answer may take then. */
const farewellMs = 10_000;

/** What the checks of one run share. */
export class Session {
  readonly settings: Settings;
  #connection: Connection;
  /** Breaches seen in any exchange of the run. */
  readonly findings: Finding[] = [];
  /** The groups that the run works with. */
  readonly groups: TestGroup[] = [];
  readonly creations = new Creations();
  /** Of every sync that was accepted. */
  readonly requestIds = new Set<string>();
  /** What most checks build on; undefined until it was tried. */
  trial: Promise<Trial> | undefined;
  readonly people: People;
  readonly otherPeople: People;
  patienceMs: number;
  #planIds = new Map<string, string>();
  #references = 0;
  #otherOrganization: Promise<boolean> | undefined;

  constructor(settings: Settings) {
    this.settings = settings;
    this.#connection = new Connection(targetOf(settings));
    this.patienceMs = settings.syncTimeoutMs;
    this.people = new People(settings.runId, () => this.planId(settings.apiKey));
    this.otherPeople = new People(`${settings.runId}o`, () => this.planId(settings.otherApiKey ?? ''));
  }

  get connection(): Connection {
    return this.#connection;
  }

  /** The first plan of a key's organization. Throws Unmet where it has none. */
  planId(key: string): string {
    const id = this.#planIds.get(key);
    if (id === undefined) throw new Unmet('the plans list names no plan to subscribe anyone to', 'PLAN-1');
    return id;
  }

  reference(): string {
    this.#references += 1;
    // Padded, so that none begins with another: which a search by part of it would then find.
    return `ct-${this.settings.runId}-group-${String(this.#references).padStart(4, '0')}`;
  }

  losePatience(): void {
    this.patienceMs = Math.min(this.patienceMs, impatienceMs);
  }

  /** Learns which plans there are. A target that does not say is left to the rules about plans. */
  async begin(): Promise<void> {
    const run = new Run(this, 'PLAN-1');
    for (const key of keysOf(this.settings)) {
      try {
        const { id } = (await run.sendWithKey(key, { operation: 'listPlans' })).rows[0] ?? {};
        if (typeof id === 'string') this.#planIds.set(key, id);
      } catch (error) {
        if (!isExpected(error)) throw error;
      }
    }
  }

  /** Whether there is a second key, and not one of the same organization: what was created with each says so. */
  hasOtherOrganization(): Promise<boolean> {
    this.#otherOrganization ??= this.#compareOrganizations();
    return this.#otherOrganization;
  }

  async #compareOrganizations(): Promise<boolean> {
    if (this.settings.otherApiKey === undefined) return false;
    const run = new Run(this, 'AUTH-3');
    const create = async (key: string) =>
      (await run.sendWithKey(key, { operation: 'createGroup', body: run.groupBody() })).data.organization_id;
    const own = await create(this.settings.apiKey);
    return typeof own !== 'string' || own !== (await create(this.settings.otherApiKey));
  }

  /**
   * Empties every group that the run put people into, on a connection of its own: the limits of the run do not hold
   * for it, but it takes no longer than one sync may, and ten seconds after a run that was stopped.
   */
  async end(): Promise<Remains> {
    const before = this.#connection;
    await before.close();
    const ms = before.signal.aborted ? farewellMs : this.settings.syncTimeoutMs;
    this.patienceMs = Math.min(this.patienceMs, ms);
    const { maxRequests, ...target } = targetOf(this.settings);
    this.#connection = new Connection({
      ...target,
      requestTimeoutMs: Math.min(ms, farewellMs),
      sentBefore: before.sent,
    });
    const timer = setTimeout(() => this.#connection.stop('the clean-up took too long'), ms);
    try {
      const left = await this.#emptyGroups();
      await this.#findUnanswered();
      return { left, groups: this.creations.count, requests: this.connection.sent };
    } finally {
      clearTimeout(timer);
      await this.connection.close();
    }
  }

  /** Looks for the groups that were created although the answer did not come. */
  async #findUnanswered(): Promise<void> {
    const run = new Run(this, 'GRP-1');
    try {
      for (const reference of this.creations.unanswered)
        for (const key of keysOf(this.settings)) {
          const query = { external_reference_id: reference };
          const { rows } = await run.sendWithKey(key, { operation: 'listGroups', query });
          for (const { id, external_reference_id } of rows)
            if (external_reference_id === reference) this.creations.found(id);
        }
    } catch (error) {
      // A target that does not answer this either is not asked for the others.
      if (!isExpected(error)) throw error;
    }
  }

  async #emptyGroups(): Promise<string[]> {
    const run = new Run(this, 'SYNC-9');
    const left: string[] = [];
    const emptied: [TestGroup, string][] = [];
    const attempt = async (group: TestGroup, work: () => Promise<boolean>) => {
      try {
        if (await work()) return;
      } catch (error) {
        if (!isExpected(error)) throw error;
      }
      left.push(group.id);
    };
    for (const group of this.groups.filter(({ occupied }) => occupied))
      await attempt(group, async () => {
        emptied.push([group, await run.submit(group, [])]);
        return true;
      });
    for (const [group, requestId] of emptied)
      await attempt(group, async () => typeof (await run.settled(group, requestId)).data.completed_at === 'string');
    return [...new Set(left)];
  }
}

/** Whether an error is the target's doing, or that of someone who ended the run. */
const isExpected = (error: unknown): boolean =>
  error instanceof NetworkError || error instanceof Unmet || error instanceof Stopped;
