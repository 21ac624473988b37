import type { Context } from 'hono';
import type { OperationId } from '../../generated/operations.ts';
import type { Problem } from '../domain/problems.ts';
import { plainHeader } from '../http/headers.ts';
import type { Reply } from '../http/replies.ts';
import type { Fault } from '../worlds/faults.ts';
import type { Exchange, Journal } from '../worlds/journal.ts';
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
export const keyOf = (c: Context): string | undefined =>
  /^bearer +(\S+) *$/i.exec(c.req.header('authorization') ?? '')?.[1];

/** Ids and plain words: anything else in a path may be someone's name. */
const harmless = /^[A-Za-z0-9_-]{1,64}$/;

/** A path as it may be written down. */
export const harmlessPath = (text: string): string =>
  text
    .split('/')
    .map((segment) => (segment === '' || harmless.test(segment) ? segment : '…'))
    .join('/');

type Digest = Journal['digest'];

/** Page and limit as they are, since they say how a client walks the pages; a digest of anything else. */
function query(url: string, digest: Digest): Record<string, string> {
  const start = url.indexOf('?');
  if (start < 0) return {};
  const entries = [...new URLSearchParams(url.slice(start))];
  return Object.fromEntries(
    entries.map(([name, value]) => [
      harmless.test(name) ? name : '…',
      /^(page|limit)$/.test(name) && /^\d{1,9}$/.test(value) ? value : digest(value),
    ]),
  );
}

type Facts = Pick<Exchange, 'body' | 'roster' | 'group'>;

const noFacts: Facts = { body: null, roster: null, group: null };

/** What the body says of a roster or a group, without saying whose. */
function facts({ operation, bytes, body }: Visit, digest: Digest): Facts {
  if (bytes === undefined) return noFacts;
  const sent = (body ?? {}) as Readonly<Record<string, unknown>>;
  const digestOf = (value: unknown) => (typeof value === 'string' ? digest(value) : null);
  const { members, name, external_reference_id } = sent;
  return {
    body: digest(bytes),
    roster:
      operation === 'submitMemberSync' && body !== undefined
        ? { rows: Array.isArray(members) ? members.length : 0 }
        : null,
    group:
      operation === 'createGroup' || operation === 'updateGroup'
        ? { name: digestOf(name), reference: digestOf(external_reference_id) }
        : null,
  };
}

const known = (id: string | undefined): string | null => (id !== undefined && harmless.test(id) ? id : null);

/**
 * Writes an exchange into the journal of its world. `at` is in milliseconds since the epoch. Most entries are never read,
 * so here only what they are made of is kept: little, and nothing of the request itself.
 */
export function record(c: Context, worlds: Worlds, visit: Visit, reply: Reply, at: number): void {
  const { caller, operation, params, fault, problem, started } = visit;
  const { journal, clock, name } = caller?.world ?? worlds.nearest(keyOf(c));
  const digest: Digest = (value) => journal.digest(value);
  const organization = caller?.organization.slug ?? null;
  const worldTime = clock.now();
  const { method, path, url } = c.req;
  const { group_id, request_id } = params as { group_id?: string; request_id?: string };
  const { data } = (reply.body ?? {}) as { data?: { request_id?: string; completed_at?: unknown } };
  const { request_id: received, completed_at: completedAt } = data ?? {};
  const listed = Array.isArray(data) ? data.length : null;
  const status = reply.cut === 'connection' ? 0 : reply.status;
  const [code, rule, cut] = [problem?.code ?? null, problem?.rule ?? null, reply.cut ?? null];
  const seconds = reply.headers?.['retry-after'];
  const retry = plainHeader(c, 'x-stainless-retry-count');
  const suite = plainHeader(c, 'user-agent')?.startsWith('groups-conformance') ?? false;
  const duration = performance.now() - started;
  const sent = facts(visit, digest);
  journal.exchanged(() => ({
    at: new Date(at).toISOString(),
    world_time: new Date(worldTime).toISOString(),
    world: name,
    organization,
    method,
    path: harmlessPath(path),
    query: query(url, digest),
    operation,
    status,
    code,
    rule,
    fault: fault?.id ?? null,
    cut,
    retry_after: seconds === undefined ? null : Number(seconds),
    duration_ms: Math.round(duration * 1000) / 1000,
    retry: retry !== undefined && /^\d{1,3}$/.test(retry) ? Number(retry) : null,
    suite,
    group_id: known(group_id),
    request_id: known(received ?? request_id),
    ...sent,
    listed,
    completed: completedAt === undefined ? null : completedAt !== null,
  }));
}
