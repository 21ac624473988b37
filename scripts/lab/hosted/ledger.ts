import { setTimeout as sleep } from 'node:timers/promises';
import { fraction, randomStream } from '../../../mock/domain/random.ts';
import { type CallOutcome, ClientSession, type CrashFigures } from '../crash-test/client-session.ts';
import type { HostedClient } from './client.ts';

const keys = ['vit_apk_acme', 'vit_apk_globex', 'vit_apk_acme.ledger'];
const sessionsPerKey = 2;
const worlds = ['main', 'ledger'];

/** Several clients that write at the same time in two worlds, and remember everything that was answered. */
export class Ledger {
  readonly figures: CrashFigures = { groups: 0, updates: 0, syncs: 0, unknown: 0, violations: [] };
  readonly #client: HostedClient;
  readonly #sessions: readonly ClientSession[];

  constructor(client: HostedClient, seed: string) {
    this.#client = client;
    const stream = randomStream(seed);
    const random = () => fraction(stream);
    this.#sessions = keys.flatMap((key) =>
      Array.from(
        { length: sessionsPerKey },
        (_, n) => new ClientSession(`${key.slice('vit_apk_'.length)}-${n}`, key, random, this.figures),
      ),
    );
  }

  async open(): Promise<void> {
    for (const session of this.#sessions) await session.open(this.#client.call);
  }

  /** Writes without pause while `during` runs, and compares everything then. */
  async write<T>(during: () => Promise<T>): Promise<T> {
    let isOver = false;
    const load = this.#sessions.map(async (session) => {
      while (!isOver) await session.write(this.#client.call);
    });
    let value: T;
    try {
      value = await during();
    } finally {
      isOver = true;
      await Promise.all(load);
    }
    await this.check();
    return value;
  }

  /** Resolves when a write of a new client is answered in each world. */
  async answered(): Promise<void> {
    for (const key of keys) {
      let answer: CallOutcome = 'unknown';
      while (answer === 'unknown') answer = await this.#client.call('POST', '/v1/groups', key, { name: 'Probe' });
    }
  }

  async check(): Promise<void> {
    await Promise.all(this.#sessions.map((session) => session.check(this.#client.call, () => sleep(20))));
  }

  /**
   * Counts the syncs of all worlds: each that was answered is there once, and nothing else is but those that were cut off
   * and `others`, which the experiment itself has submitted.
   */
  async checkCounts(others = 0): Promise<void> {
    const ids = new Set<string>();
    for (const world of worlds)
      for (let page = 1; ; page += 1) {
        const { syncs } = await this.#client.control('GET', `/worlds/${world}/syncs?limit=100&page=${page}`);
        for (const { request_id, completed_at } of syncs) {
          if (ids.has(request_id)) this.figures.violations.push(`sync ${request_id} is there twice`);
          if (completed_at === null) this.figures.violations.push(`sync ${request_id} is not completed`);
          ids.add(request_id);
        }
        if (syncs.length < 100) break;
      }
    const { unknown } = this.figures;
    const answered = this.figures.syncs + others;
    if (ids.size < answered || ids.size > answered + unknown)
      this.figures.violations.push(`${ids.size} syncs, expected ${answered} and up to ${unknown} that were cut off`);
  }
}
