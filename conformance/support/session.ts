import type { Finding } from './audit.ts';
import { Connection, NetworkError } from './client.ts';
import { People } from './people.ts';
import { Run, type TestGroup, Unmet } from './run.ts';

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
}

/** How long later checks wait for a sync once one has run out of time: the target's fault is known by then. */
const impatienceMs = 1000;

/** What the checks of one run share. */
export class Session {
  readonly settings: Settings;
  readonly connection: Connection;
  /** Breaches seen in any exchange of the run. */
  readonly findings: Finding[] = [];
  /** Every group that the run created. */
  readonly groups: TestGroup[] = [];
  readonly people: People;
  readonly otherPeople: People;
  patienceMs: number;
  #planIds = new Map<string, string>();
  #references = 0;

  constructor(settings: Settings) {
    this.settings = settings;
    this.connection = new Connection(settings);
    this.patienceMs = settings.syncTimeoutMs;
    this.people = new People(settings.runId, () => this.planId(settings.apiKey));
    this.otherPeople = new People(`${settings.runId}o`, () => this.planId(settings.otherApiKey ?? ''));
  }

  /** The first plan of a key's organization. Throws Unmet where it has none. */
  planId(key: string): string {
    const id = this.#planIds.get(key);
    if (id === undefined) throw new Unmet('the plans list names no plan to subscribe anyone to', 'PLAN-1');
    return id;
  }

  reference(): string {
    this.#references += 1;
    return `ct-${this.settings.runId}-group-${this.#references}`;
  }

  losePatience(): void {
    this.patienceMs = Math.min(this.patienceMs, impatienceMs);
  }

  /** Learns which plans there are. A target that does not say is left to the rules about plans. */
  async begin(): Promise<void> {
    const run = new Run(this, 'PLAN-1');
    for (const key of [this.settings.apiKey, this.settings.otherApiKey]) {
      if (key === undefined) continue;
      const { id } = (await run.sendWithKey(key, { operation: 'listPlans' })).rows[0] ?? {};
      if (typeof id === 'string') this.#planIds.set(key, id);
    }
  }

  /** Empties every group that the run put people into; returns the ids of those that could not be emptied. */
  async end(): Promise<string[]> {
    const run = new Run(this, 'SYNC-9');
    const left: string[] = [];
    const emptied: [TestGroup, string][] = [];
    const attempt = async (group: TestGroup, work: () => Promise<boolean>) => {
      try {
        if (await work()) return;
      } catch (error) {
        if (!(error instanceof NetworkError || error instanceof Unmet)) throw error;
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
    await this.connection.close();
    return left;
  }
}
