import { type Bodies, bodiesOf, ownBodies } from '../contract/bodies.ts';
import type { JudgedContract } from '../contract/judged-contract.ts';
import { Connection, type Target } from './client.ts';
import { Creations } from './creations.ts';
import type { Exchange } from './exchange.ts';
import { RunTotals, runLimits } from './limits.ts';
import { type MemberRow, People } from './people.ts';
import { PreconditionFailed, type Preconditions } from './preconditions.ts';
import { RunObserver } from './run-observer.ts';
import type { TestGroup } from './test-group.ts';
import type { OpenTransport } from './transport.ts';

/** The settings of a run. */
export interface Settings {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly otherApiKey?: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** How long a sync may take, in milliseconds. */
  readonly syncTimeoutMs: number;
  /** Whether to run checks that need thousands of rows or more than a hundred groups. */
  readonly heavy: boolean;
  /** Distinguishes the groups and people of this run from those of others. */
  readonly runId: string;
  /** How long one answer may take, in milliseconds. */
  readonly requestTimeoutMs?: number | undefined;
  /** What was sent before the run. */
  readonly totals?: RunTotals | undefined;
  /** Stop instead of sending more requests than this before the clean-up. */
  readonly maxRequests?: number | undefined;
  /** Stop instead of creating more groups. */
  readonly maxGroups?: number | undefined;
  /** The maximum number of requests per second. */
  readonly rate?: number | undefined;
  /** The contract to judge by. Default: the kit's own. */
  readonly contract?: JudgedContract | undefined;
  /** Called before a wait because of a 429. */
  readonly onWait?: ((milliseconds: number) => void) | undefined;
  /** How requests reach the target. Default: over HTTP. */
  readonly openTransport?: OpenTransport | undefined;
  /** Stop at the first broken must, except for these known ones (`LIFE-3 must`). */
  readonly failFast?: { readonly except: readonly string[] } | undefined;
}

/** The key of the organization to work in and, where there is one, of the second. */
export const keysOf = ({ apiKey, otherApiKey }: Settings): readonly string[] =>
  otherApiKey === undefined ? [apiKey] : [apiKey, otherApiKey];

/** How to reach the target of a run. */
export function targetOf(settings: Settings): Target {
  const { apiKey, otherApiKey, contract, ...target } = settings;
  return { ...target, keys: keysOf(settings) };
}

const bodiesUnder = (contract: JudgedContract | undefined): Bodies =>
  contract?.openapi === undefined ? ownBodies : bodiesOf(contract.openapi);

/** How long checks wait for a sync after another one has timed out, since SYNC-4 is broken by then. */
const impatienceMs = 1000;

/** The wait is bounded, so that a machine that is busy at the start of a run does not slow down all later polls. */
const maxFirstPollMs = 1000;

/** What the checks of one run share. */
export class Session {
  readonly settings: Settings;
  readonly #target: Target;
  #connection: Connection;
  readonly observer: RunObserver;
  readonly totals: RunTotals;
  /** The schemas of answers under the contract that is judged by. */
  readonly bodies: Bodies;
  /** The groups that checks work with. */
  readonly groups: TestGroup[] = [];
  readonly creations = new Creations();
  /** The ids of all accepted syncs, each with its receipt. */
  readonly requestIds = new Map<string, Exchange | undefined>();
  /** The preconditions of most checks; undefined until they are checked. */
  preconditions: Promise<Preconditions> | undefined;
  /** A group that several checks share and none of them changes. */
  groupToRefuse: Promise<TestGroup> | undefined;
  /** People whom a sync added, for the checks of members. */
  listedPeople: Promise<readonly MemberRow[]> | undefined;
  readonly people: People;
  readonly otherPeople: People;
  patienceMs: number;
  #fastestSyncMs = Number.POSITIVE_INFINITY;
  readonly #plans = new Map<string, string | PreconditionFailed>();
  #references = 0;
  /** Whether the second key belongs to another organization; undefined until it is known. */
  otherOrganization: Promise<boolean> | undefined;

  constructor(settings: Settings) {
    this.settings = settings;
    this.bodies = bodiesUnder(settings.contract);
    this.observer = new RunObserver(settings.syncTimeoutMs, settings.contract, this.bodies);
    this.totals = settings.totals ?? new RunTotals();
    this.#target = {
      ...targetOf(settings),
      totals: this.totals,
      onExchange: (exchange, evidence) => {
        this.creations.note(exchange, evidence);
        this.observer.see(exchange, evidence);
      },
    };
    this.#connection = new Connection(this.#target);
    this.patienceMs = settings.syncTimeoutMs;
    this.people = new People(settings.runId, () => this.planId(settings.apiKey));
    this.otherPeople = new People(`${settings.runId}o`, () => this.planId(settings.otherApiKey ?? ''));
  }

  /** Closes the connection and goes on with another, with the limit of requests of the clean-up. */
  async reconnect(requestTimeoutMs: number): Promise<void> {
    await this.#connection.close();
    const maxRequests = this.totals.requests + runLimits.cleanUpRequests;
    // Answers to the clean-up are not kept, so they may be large.
    this.totals.largeAnswers = Number.NEGATIVE_INFINITY;
    this.#connection = new Connection({ ...this.#target, requestTimeoutMs, maxRequests });
  }

  get connection(): Connection {
    return this.#connection;
  }

  /** The first plan of a key's organization. Throws PreconditionFailed if there is none. */
  planId(key: string): string {
    const plan = this.#plans.get(key) ?? new PreconditionFailed('the list of plans was not answered', null);
    if (typeof plan !== 'string') throw plan;
    return plan;
  }

  reference(): string {
    this.#references += 1;
    // Padded, so that no reference is a prefix of another one.
    return `ct-${this.settings.runId}-group-${String(this.#references).padStart(4, '0')}`;
  }

  /** Sets the plan for rows of a key's organization, or why there is none. */
  notePlan(key: string, plan: string | PreconditionFailed): void {
    this.#plans.set(key, plan);
  }

  /** How long to wait before the first poll, so that a slow service is polled less; undefined until a sync completed. */
  get firstPollMs(): number | undefined {
    return Number.isFinite(this.#fastestSyncMs) ? Math.min(0.35 * this.#fastestSyncMs, maxFirstPollMs) : undefined;
  }

  /** Records how long a sync took that was not completed at once, in milliseconds. */
  noteSyncTime(ms: number): void {
    this.#fastestSyncMs = Math.min(ms, this.#fastestSyncMs);
  }

  losePatience(): void {
    this.patienceMs = Math.min(this.patienceMs, impatienceMs);
  }
}
