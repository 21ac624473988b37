import { Problem } from '../domain/problems.ts';
import { overQuota, type Quotas } from '../domain/quotas.ts';
import type { Host } from '../jobs/clock.ts';

/** What admission has to know about a tenant. */
export interface Standing {
  readonly isSuspended: boolean;
  readonly quotas: Quotas;
  /** For how long the requests of all replicas use the quota, in milliseconds: each for its part of a minute. */
  readonly aheadMs: number;
}

/** What the requests of a tenant use. */
export interface Usage {
  readonly requests: number;
  /** Each request's part of a minute by the quota that admitted it, which the operator may have changed since. */
  readonly ms: number;
}

/** Adds usage by tenant to that counted before, and returns the standing of every tenant that exists. */
export type CountRequests = (usage: ReadonlyMap<string, Usage>) => Promise<ReadonlyMap<string, Standing>>;

/** How old a standing may be: so long does a change take until every replica follows. */
const freshMs = 1000;
/** How long requests are counted in this process before the count is shared. */
const shareMs = 500;
/**
 * How far a tenant may be ahead of its quota, which is a tenth of a minute: 600 requests per minute are one each 100 ms,
 * and 60 at once. The flood of a whole minute's requests would delay those of all others.
 */
const maxAheadMs = 6000;
/** From when on a count is shared at once, so that not each replica admits the requests of a flood. */
const muchAheadMs = maxAheadMs / 10;

/** What this process knows about a tenant. */
interface Known {
  /** Undefined if there is no such tenant. */
  standing: Standing | undefined;
  readAt: number;
  /** Until when the shared requests use the quota. */
  usedUntil: number;
  /** What is counted here only. */
  pending: Usage;
  /** What is being shared. */
  sharing: Usage;
  /** Whether a request waits for the standing. */
  isWanted: boolean;
}

const nothing: Usage = { requests: 0, ms: 0 };
const sum = (a: Usage, b: Usage): Usage => ({ requests: a.requests + b.requests, ms: a.ms + b.ms });

/**
 * Admits the requests of tenants. Replicas count requests by themselves and share the counts, so that an admission seldom
 * waits. A replica knows of the others' requests after a second and a half at the latest, so that together they may admit
 * more than a quota by what the others admit in that time.
 */
export class Admission {
  readonly #count: CountRequests;
  readonly #host: Host;
  readonly #known = new Map<string, Known>();
  #running: Promise<void> | undefined;
  #cancel: (() => void) | undefined;

  constructor(count: CountRequests, host: Host) {
    this.#count = count;
    this.#host = host;
  }

  /**
   * Counts a request of a tenant whose key is genuine, and returns its quotas. Returns a promise only if the standing of
   * the tenant has to be read. Throws a Problem if the tenant does not exist, is suspended, or is over its quota.
   */
  admit(tenant: string): Quotas | Promise<Quotas> {
    const known = this.#known.get(tenant) ?? this.#add(tenant);
    return this.#isFresh(known) ? this.#decide(tenant, known) : this.#refreshAndDecide(tenant, known);
  }

  /** The quotas of a tenant whose request was admitted; undefined if none was. */
  quotasOf(tenant: string): Quotas | undefined {
    return this.#known.get(tenant)?.standing?.quotas;
  }

  async #refreshAndDecide(tenant: string, known: Known): Promise<Quotas> {
    while (!this.#isFresh(known)) {
      known.isWanted = true;
      await this.share();
    }
    return this.#decide(tenant, known);
  }

  #decide(tenant: string, known: Known): Quotas {
    const { standing } = known;
    if (standing === undefined)
      throw new Problem(
        'unauthorized',
        'unauthorized',
        'The tenant of the key in the Authorization header does not exist, or was removed; ask the operator of this mock for a new key.',
        'AUTH-2',
      );
    if (standing.isSuspended)
      throw new Problem(
        'forbidden',
        'tenant_suspended',
        `The tenant ${tenant} is suspended; its worlds are kept. Ask the operator of this mock to resume it.`,
      );
    const now = this.#host.now();
    const stepMs = 60_000 / standing.quotas.requests_per_minute;
    const ownMs = known.sharing.ms + known.pending.ms;
    const aheadMs = Math.max(0, known.usedUntil - now) + ownMs;
    if (aheadMs >= maxAheadMs)
      throw overQuota(standing.quotas, 'requests_per_minute', Math.floor((aheadMs - maxAheadMs) / 1000) + 1);
    known.pending = sum(known.pending, { requests: 1, ms: stepMs });
    if (ownMs + stepMs > muchAheadMs) void this.#shareRest();
    else
      this.#cancel ??= this.#host.after(shareMs, () => {
        this.#cancel = undefined;
        void this.#shareRest();
      });
    return standing.quotas;
  }

  /** Shares what is counted by now, even if a sharing runs that began before. If it fails, the next request shares. */
  async #shareRest(): Promise<void> {
    try {
      await this.#running;
      await this.share();
    } catch {}
  }

  #add(tenant: string): Known {
    const known: Known = {
      standing: undefined,
      readAt: Number.NEGATIVE_INFINITY,
      usedUntil: 0,
      pending: nothing,
      sharing: nothing,
      isWanted: false,
    };
    this.#known.set(tenant, known);
    return known;
  }

  #isFresh({ readAt }: Known): boolean {
    // Negative if the machine's clock was set back.
    const age = this.#host.now() - readAt;
    return age >= 0 && age < freshMs;
  }

  /** Shares the counts of this process. Rejects if the database is away; nothing is lost then. */
  share(): Promise<void> {
    this.#running ??= this.#share().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #share(): Promise<void> {
    const batch = [...this.#known].filter(([, known]) => known.pending.requests > 0 || known.isWanted);
    if (batch.length === 0) return;
    const startedAt = this.#host.now();
    for (const [, known] of batch) {
      known.sharing = known.pending;
      known.pending = nothing;
      known.isWanted = false;
    }
    try {
      const standings = await this.#count(new Map(batch.map(([tenant, { sharing }]) => [tenant, sharing])));
      for (const [tenant, known] of batch) {
        known.standing = standings.get(tenant);
        known.readAt = startedAt;
        known.usedUntil = this.#host.now() + (known.standing?.aheadMs ?? 0);
      }
    } catch (error) {
      for (const [, known] of batch) known.pending = sum(known.pending, known.sharing);
      throw error;
    } finally {
      for (const [, known] of batch) known.sharing = nothing;
    }
  }

  /** Shares what is left before the process ends. */
  async close(): Promise<void> {
    this.#cancel?.();
    await this.#running?.catch(() => {});
    await this.share();
  }
}
