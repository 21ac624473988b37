import type { Context } from 'hono';
import type { Reply } from '../http/replies.ts';
import type { Exchange, Journal } from '../worlds/journal.ts';
import type { Worlds } from '../worlds/worlds.ts';
import { keyOf } from './authenticate.ts';
import type { RequestContext } from './request-context.ts';

/** Ids and plain words. Anything else in a path may be someone's name. */
const impersonal = /^[A-Za-z0-9_-]{1,64}$/;

/** A path with every segment masked that may be personal. */
export const maskPath = (path: string): string =>
  path
    .split('/')
    .map((segment) => (segment === '' || impersonal.test(segment) ? segment : '…'))
    .join('/');

/** Records an exchange in the journal of its world, without personal data. `at` is in milliseconds since the epoch. */
export function record(c: Context, worlds: Worlds, request: RequestContext, reply: Reply, at: number): void {
  const { caller, operation, params, problem, fault } = request;
  const world = caller?.world ?? worlds.nearest(keyOf(c));
  const { data } = (reply.body ?? {}) as { data?: { id?: string; request_id?: string; completed_at?: unknown } };
  const retry = c.req.header('x-stainless-retry-count') ?? '';
  const retryAfter = reply.headers?.['retry-after'];
  world.journal.addExchange({
    at: new Date(at).toISOString(),
    world_time: world.clock.timestamp(),
    world: world.name,
    organization: caller?.organization.slug ?? null,
    method: c.req.method,
    path: maskPath(c.req.path),
    query: digestQuery(c.req.url, world.journal),
    operation,
    status: reply.cut === 'connection' ? 0 : reply.status,
    code: problem?.code ?? null,
    rule: problem?.rule ?? null,
    fault: fault?.id ?? null,
    cut: reply.cut ?? null,
    retry_after: retryAfter === undefined ? null : Number(retryAfter),
    duration_ms: Math.round((performance.now() - request.started) * 1000) / 1000,
    retry: /^\d{1,3}$/.test(retry) ? Number(retry) : null,
    suite: c.req.header('user-agent')?.startsWith('groups-conformance') ?? false,
    group_id: impersonalId(params.group_id ?? (operation === 'createGroup' ? data?.id : undefined)),
    request_id: impersonalId(data?.request_id ?? params.request_id),
    ...digestBody(request, world.journal),
    hints: request.hints ?? [],
    listed: Array.isArray(data) ? data.length : null,
    completed: data?.completed_at === undefined ? null : data.completed_at !== null,
  });
}

const impersonalId = (id: string | undefined): string | null => (id !== undefined && impersonal.test(id) ? id : null);

/** Query parameters: page and limit as they are, because they show how a client pages; a digest of anything else. */
function digestQuery(url: string, journal: Journal): Record<string, string> {
  const start = url.indexOf('?');
  if (start < 0) return {};
  const entries = [...new URLSearchParams(url.slice(start))];
  return Object.fromEntries(
    entries.map(([name, value]) => [
      impersonal.test(name) ? name : '…',
      /^(page|limit)$/.test(name) && /^\d{1,9}$/.test(value) ? value : journal.digest(value),
    ]),
  );
}

/** Digests and sizes of a roster or group body, without personal data. */
function digestBody(
  { operation, bytes, body }: RequestContext,
  journal: Journal,
): Pick<Exchange, 'body' | 'roster' | 'group'> {
  if (bytes === undefined) return { body: null, roster: null, group: null };
  const { name, external_reference_id, members } = (body ?? {}) as Readonly<Record<string, unknown>>;
  const digestText = (value: unknown) => (typeof value === 'string' && value !== '' ? journal.digest(value) : null);
  const isGroup = operation === 'createGroup' || operation === 'updateGroup';
  const isRoster = operation === 'submitMemberSync' && body !== undefined;
  return {
    body: journal.digest(bytes),
    roster: isRoster ? { rows: Array.isArray(members) ? members.length : 0 } : null,
    group: isGroup ? { name: digestText(name), reference: digestText(external_reference_id) } : null,
  };
}
