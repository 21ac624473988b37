import type { Context } from 'hono';
import type { OperationId } from '../../generated/operations.ts';
import type { Problem } from '../domain/problems.ts';
import { remembering } from '../domain/remembering.ts';
import { plainHeader, soleHeader } from '../http/headers.ts';
import type { Reply } from '../http/replies.ts';
import type { Fault } from '../worlds/faults.ts';
import type { Entry, Exchange, Journal } from '../worlds/journal.ts';
import type { World } from '../worlds/world.ts';
import type { Caller, Worlds } from '../worlds/worlds.ts';

/** A request on its way to its answer. */
export interface Visit {
  /** On the clock of `performance.now()`. */
  readonly started: number;
  readonly operation: OperationId | null;
  /** Of the path. */
  readonly params: Readonly<Record<string, string>>;
  caller?: Caller;
  fault?: Fault | undefined;
  problem?: Problem;
  bytes?: Uint8Array;
  /** What the bytes say, where they are JSON. */
  body?: unknown;
}

/** The key of a request, whatever it is worth; undefined where it has none. */
export const keyOf = (c: Context): string | undefined => keyIn(soleHeader(c, 'authorization') ?? '');

const keyIn = remembering((authorization) => /^bearer +(\S+) *$/i.exec(authorization)?.[1]);

/** Ids and plain words: anything else in a path may be someone's name. */
const harmless = /^[A-Za-z0-9_-]{1,64}$/;

/** A path as it may be written down. */
export const harmlessPath = (text: string): string =>
  text
    .split('/')
    .map((segment) => (segment === '' || harmless.test(segment) ? segment : '…'))
    .join('/');

/** Page and limit as they are, since they say how a client walks the pages; a digest of anything else. */
function query(url: string, journal: Journal): Record<string, string> {
  const start = url.indexOf('?');
  if (start < 0) return {};
  const entries = [...new URLSearchParams(url.slice(start))];
  return Object.fromEntries(
    entries.map(([name, value]) => [
      harmless.test(name) ? name : '…',
      /^(page|limit)$/.test(name) && /^\d{1,9}$/.test(value) ? value : journal.digest(value),
    ]),
  );
}

type Facts = Pick<Exchange, 'body' | 'roster' | 'group'>;

const always = (facts: Facts) => (): Facts => facts;
const noFacts = always({ body: null, roster: null, group: null });

/** So long a body of a group is digested at once, so that it is not kept until its entry is read. In bytes. */
const longBody = 1024;

/** What the body says of a roster or a group, without saying whose. Only the body of a group is kept to say so later. */
function facts({ operation, bytes, body }: Visit, journal: Journal): () => Facts {
  if (bytes === undefined) return noFacts;
  if (operation === 'createGroup' || operation === 'updateGroup') {
    const later = factsOfGroup(bytes, (body ?? {}) as Fields, journal);
    return bytes.length > longBody ? always(later()) : later;
  }
  const { members } = (body ?? {}) as Fields;
  const roster = body === undefined ? null : { rows: Array.isArray(members) ? members.length : 0 };
  return always({ body: journal.digest(bytes), roster, group: null });
}

type Fields = Readonly<Record<string, unknown>>;

function factsOfGroup(bytes: Uint8Array, { name, external_reference_id }: Fields, journal: Journal): () => Facts {
  const digestOf = (value: unknown) => (typeof value === 'string' ? journal.digest(value) : null);
  return () => ({
    body: journal.digest(bytes),
    roster: null,
    group: { name: digestOf(name), reference: digestOf(external_reference_id) },
  });
}

const known = (id: string | undefined): string | null => (id !== undefined && harmless.test(id) ? id : null);

/**
 * An exchange in the journal: what its description is made of, which is little. There is one for every request, few are
 * ever read, and each is in the collector's way: so none of it is made before.
 */
class ExchangeEntry implements Entry {
  number = 0;
  readonly #journal: Journal;
  readonly #world: string;
  readonly #organization: string | null;
  readonly #method: string;
  readonly #path: string;
  readonly #url: string;
  readonly #operation: OperationId | null;
  readonly #groupId: string | undefined;
  readonly #requestId: string | undefined;
  readonly #facts: () => Facts;
  readonly #status: number;
  readonly #listed: number | null;
  readonly #completed: boolean | null;
  readonly #code: string | null;
  readonly #rule: string | null;
  readonly #fault: string | null;
  readonly #cut: Exchange['cut'];
  readonly #retryAfter: string | undefined;
  readonly #retry: string | undefined;
  readonly #suite: boolean;
  readonly #at: number;
  readonly #worldTime: number;
  readonly #milliseconds: number;

  constructor(c: Context, world: Pick<World, 'journal' | 'clock' | 'name'>, visit: Visit, reply: Reply, at: number) {
    const { method, path, url } = c.req;
    const { group_id, request_id } = visit.params as { group_id?: string; request_id?: string };
    const { data } = (reply.body ?? {}) as { data?: { request_id?: string; completed_at?: unknown } };
    const { request_id: received, completed_at: completedAt } = data ?? {};
    this.#journal = world.journal;
    this.#world = world.name;
    this.#organization = visit.caller?.organization.slug ?? null;
    this.#method = method;
    this.#path = path;
    this.#url = url;
    this.#operation = visit.operation;
    this.#groupId = group_id;
    this.#requestId = received ?? request_id;
    this.#facts = facts(visit, this.#journal);
    this.#status = reply.cut === 'connection' ? 0 : reply.status;
    this.#listed = Array.isArray(data) ? data.length : null;
    this.#completed = completedAt === undefined ? null : completedAt !== null;
    this.#code = visit.problem?.code ?? null;
    this.#rule = visit.problem?.rule ?? null;
    this.#fault = visit.fault?.id ?? null;
    this.#cut = reply.cut ?? null;
    this.#retryAfter = reply.headers?.['retry-after'];
    this.#retry = plainHeader(c, 'x-stainless-retry-count');
    this.#suite = plainHeader(c, 'user-agent')?.startsWith('groups-conformance') ?? false;
    this.#at = at;
    this.#worldTime = world.clock.now();
    this.#milliseconds = performance.now() - visit.started;
  }

  describe(): Omit<Exchange, 'number'> {
    const [retry, retryAfter] = [this.#retry, this.#retryAfter];
    return {
      at: new Date(this.#at).toISOString(),
      world_time: new Date(this.#worldTime).toISOString(),
      world: this.#world,
      organization: this.#organization,
      method: this.#method,
      path: harmlessPath(this.#path),
      query: query(this.#url, this.#journal),
      operation: this.#operation,
      status: this.#status,
      code: this.#code,
      rule: this.#rule,
      fault: this.#fault,
      cut: this.#cut,
      retry_after: retryAfter === undefined ? null : Number(retryAfter),
      duration_ms: Math.round(this.#milliseconds * 1000) / 1000,
      retry: retry !== undefined && /^\d{1,3}$/.test(retry) ? Number(retry) : null,
      suite: this.#suite,
      group_id: known(this.#groupId),
      request_id: known(this.#requestId),
      ...this.#facts(),
      listed: this.#listed,
      completed: this.#completed,
    };
  }
}

/** Writes an exchange into the journal of its world. `at` is in milliseconds since the epoch. */
export function record(c: Context, worlds: Worlds, visit: Visit, reply: Reply, at: number): void {
  const world = visit.caller?.world ?? worlds.nearest(keyOf(c));
  world.journal.exchanged(new ExchangeEntry(c, world, visit, reply, at));
}
