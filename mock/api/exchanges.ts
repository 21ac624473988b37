import type { Context } from 'hono';
import type { OperationId } from '../../generated/operations.ts';
import type { Problem } from '../domain/problems.ts';
import type { Reply } from '../http/replies.ts';
import type { Fault } from '../worlds/faults.ts';
import type { Exchange, Journal } from '../worlds/journal.ts';
import type { Caller, Worlds } from '../worlds/worlds.ts';

/** A request on its way to its answer. */
export interface Visit {
  /** On the clock of `performance.now()`. */
  readonly started: number;
  readonly operation: OperationId | null;
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

/** What the body says of a roster or a group, without saying whose. */
function facts({ operation, body }: Visit, digest: Digest): Pick<Exchange, 'roster' | 'group'> {
  const sent = (body ?? {}) as Readonly<Record<string, unknown>>;
  const digestOf = (value: unknown) => (typeof value === 'string' ? digest(value) : null);
  const { members, name, external_reference_id } = sent;
  return {
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

/** Writes an exchange into the journal of its world. `at` is an RFC 3339 timestamp. */
export function record(c: Context, worlds: Worlds, visit: Visit, reply: Reply, at: string): void {
  const { caller, operation, fault, problem, bytes, started } = visit;
  const { journal, clock, name } = caller?.world ?? worlds.nearest(keyOf(c));
  const digest: Digest = (value) => journal.digest(value);
  const { data } = (reply.body ?? {}) as { data?: { request_id?: string; completed_at?: unknown } };
  const known = (id: string | undefined): string | null => (id !== undefined && harmless.test(id) ? id : null);
  const seconds = reply.headers?.['retry-after'];
  const retry = c.req.header('x-stainless-retry-count');
  const exchange: Omit<Exchange, 'number'> = {
    at,
    world_time: clock.timestamp(),
    world: name,
    organization: caller?.organization.slug ?? null,
    method: c.req.method,
    path: harmlessPath(c.req.path),
    query: query(c.req.url, digest),
    operation,
    status: reply.cut === 'connection' ? 0 : reply.status,
    code: problem?.code ?? null,
    rule: problem?.rule ?? null,
    fault: fault?.id ?? null,
    cut: reply.cut ?? null,
    retry_after: seconds === undefined ? null : Number(seconds),
    duration_ms: Math.round((performance.now() - started) * 1000) / 1000,
    retry: retry !== undefined && /^\d{1,3}$/.test(retry) ? Number(retry) : null,
    suite: /^groups-conformance\b/.test(c.req.header('user-agent') ?? ''),
    group_id: operation === null ? null : known(c.req.param('group_id')),
    request_id: known(data?.request_id ?? (operation === null ? undefined : c.req.param('request_id'))),
    body: bytes === undefined ? null : digest(bytes),
    ...facts(visit, digest),
    listed: Array.isArray(data) ? data.length : null,
    completed: data?.completed_at === undefined ? null : data.completed_at !== null,
  };
  journal.exchanged(exchange);
}
