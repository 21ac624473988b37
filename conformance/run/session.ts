import { type Bodies, bodiesOf, ownBodies } from '../contract/bodies.ts';
import type { JudgedContract } from '../contract/judged-contract.ts';
import { Connection, type Target } from './client.ts';
import { Creations } from './creations.ts';
import { limits, Usage } from './limits.ts';
import { type MemberRow, People } from './people.ts';
import { PreconditionFailed, type Preconditions } from './preconditions.ts';
import { RunObserver } from './run-observer.ts';
import type { TestGroup } from './test-group.ts';
import type { OpenTransport } from './transport.ts';

/** What a run was asked to do. */
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
  /** What was done before the run. */
  readonly usage?: Usage | undefined;
  /** Stop instead of sending more requests than this before the clean-up. */
  readonly maxRequests?: number | undefined;
  /** Stop instead of creating more groups. */
  readonly maxGroups?: number | undefined;
  /** At most so many requests per second. */
  readonly rate?: number | undefined;
  /** The contract to judge by. Default: the kit's own. */
  readonly contract?: JudgedContract | undefined;
  /** Called before a wait because of a 429. */
  readonly onWait?: ((milliseconds: number) => void) | undefined;
  /** How requests reach the target. Default: over HTTP. */
  readonly openTransport?: OpenTransport | undefined;
  /** Stop at the first must that is broken, but for these known ones (`LIFE-3 must`). */
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

/** How long later checks wait for a sync once one has run out of time: the target's fault is known by then. */
const impatienceMs = 1000;

/** A machine that is busy at the start of a run must not make all later polls slow. */
const maxFirstPollMs = 1000;

/** What the checks of one run share. */
export class Session {
  readonly settings: Settings;
  readonly #target: Target;
  #connection: Connection;
  readonly observer: RunObserver;
  readonly usage: Usage;
  /** The schemas of answers under the contract that is judged by. */
  readonly bodies: Bodies;
  /** The groups that the run works with. */
  readonly groups: TestGroup[] = [];
  readonly creations = new Creations();
  /** Of every sync that was accepted. */
  readonly requestIds = new Set<string>();
  /** What most checks build on; undefined until it was checked. */
  preconditions: Promise<Preconditions> | undefined;
  /** A group that several checks share, each of which is to leave it as it is. */
  groupToRefuse: Promise<TestGroup> | undefined;
  /** People whom a sync of the run added, for the checks of members to find. */
  listedPeople: Promise<readonly MemberRow[]> | undefined;
  readonly people: People;
  readonly otherPeople: People;
  patienceMs: number;
  #fastestSyncMs = Number.POSITIVE_INFINITY;
  readonly #plans = new Map<string, string | PreconditionFailed>();
  #references = 0;
  /** Whether the second key belongs to another organization; undefined until it was asked. */
  otherOrganization: Promise<boolean> | undefined;

  constructor(settings: Settings) {
    this.settings = settings;
    this.bodies = bodiesUnder(settings.contract);
    this.observer = new RunObserver(settings.syncTimeoutMs, settings.contract, this.bodies);
    this.usage = settings.usage ?? new Usage();
    this.#target = {
      ...targetOf(settings),
      usage: this.usage,
      onExchange: (exchange, evidence) => {
        this.creations.note(exchange);
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
    const maxRequests = this.usage.requests + limits.cleanUpRequests;
    // Nothing is kept of the answers to the clean-up, so they may be large.
    this.usage.largeAnswers = Number.NEGATIVE_INFINITY;
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
    // Padded, so that none begins with another: which a search by part of it would then find.
    return `ct-${this.settings.runId}-group-${String(this.#references).padStart(4, '0')}`;
  }

  /** Keeps the plan that rows of a key's organization name, or why there is none. */
  notePlan(key: string, plan: string | PreconditionFailed): void {
    this.#plans.set(key, plan);
  }

  /** How long to wait before the first poll, so that a slow service is polled less; undefined until a sync completed. */
  get firstPollMs(): number | undefined {
    return Number.isFinite(this.#fastestSyncMs) ? Math.min(0.35 * this.#fastestSyncMs, maxFirstPollMs) : undefined;
  }

  /** Learns how long a sync took that was not completed at once, in milliseconds. */
  noteSyncTime(ms: number): void {
    this.#fastestSyncMs = Math.min(ms, this.#fastestSyncMs);
  }

  losePatience(): void {
    this.patienceMs = Math.min(this.patienceMs, impatienceMs);
  }
}
