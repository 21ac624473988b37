import type { Context } from 'hono';
import type { OperationId } from '../../generated/operations.ts';
import type { Problem } from '../domain/problems.ts';
import type { Reply } from '../http/replies.ts';
import type { Fault } from '../worlds/faults.ts';
import type { Caller, Worlds } from '../worlds/worlds.ts';

/** A request on its way to its answer. */
export interface Visit {
  /** On the clock of `performance.now()`. */
  readonly started: number;
  readonly operation: OperationId | null;
  caller?: Caller;
  fault?: Fault | undefined;
  problem?: Problem;
  /** A submitted body: how many rows, of which bytes. */
  roster?: { readonly rows: number; readonly bytes: Uint8Array };
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

const known = (id: string | undefined): string | null => (id !== undefined && harmless.test(id) ? id : null);

/** Whole numbers as they are, since they say how a client walks the pages; a digest of anything else. */
function query(url: string, digest: (value: string) => string): Record<string, string> {
  const start = url.indexOf('?');
  if (start < 0) return {};
  const entries = [...new URLSearchParams(url.slice(start))];
  return Object.fromEntries(
    entries.map(([name, value]) => [harmless.test(name) ? name : '…', /^\d{1,9}$/.test(value) ? value : digest(value)]),
  );
}

/**
 * Writes an exchange into the journal of its world. `at` is in milliseconds since the epoch. Most entries are never read,
 * so that here only what they are made of is kept, little and without the request.
 */
export function record(c: Context, worlds: Worlds, visit: Visit, reply: Reply, at: number): void {
  const { operation, fault, problem, roster, started } = visit;
  const { journal, name } = visit.caller?.world ?? worlds.nearest(keyOf(c));
  const organization = visit.caller?.organization.slug ?? null;
  const { method, path, url } = c.req;
  const { group_id, request_id }: Record<string, string | undefined> = operation === null ? {} : c.req.param();
  const received = (reply.body as { data?: { request_id?: string } } | null)?.data?.request_id;
  const status = reply.cut === 'connection' ? 0 : reply.status;
  const [code, rule] = [problem?.code ?? null, problem?.rule ?? null];
  const retry = c.req.header('x-stainless-retry-count');
  const duration = performance.now() - started;
  const sent = roster ? { rows: roster.rows, digest: journal.digest(roster.bytes) } : null;
  journal.exchanged(() => ({
    at: new Date(at).toISOString(),
    world: name,
    organization,
    method,
    path: harmlessPath(path),
    query: query(url, (value) => journal.digest(value)),
    operation,
    status,
    code,
    rule,
    fault: fault?.id ?? null,
    duration_ms: Math.round(duration * 1000) / 1000,
    retry: retry !== undefined && /^\d{1,3}$/.test(retry) ? Number(retry) : null,
    group_id: known(group_id),
    request_id: known(received ?? request_id),
    roster: sent,
  }));
}
