import type { Context } from 'hono';
import { faultEffect } from '../domain/faults.ts';
import { consoleAgent } from '../http/console-agent.ts';
import type { Reply } from '../http/replies.ts';
import type { Exchange, Journal } from '../worlds/journal.ts';
import type { Worlds } from '../worlds/worlds.ts';
import type { RequestContext } from './request-context.ts';

/** Ids and plain words. Anything else in a path may be someone's name. */
const impersonal = /^[A-Za-z0-9_-]{1,64}$/;

/** A path with every segment masked that may be personal. */
export const maskPath = (path: string): string =>
  path
    .split('/')
    .map((segment) => (segment === '' || impersonal.test(segment) ? segment : '…'))
    .join('/');

/** The parts of an answer's body that a journal has. */
interface AnswerBody {
  readonly data?: { readonly id?: string; readonly request_id?: string; readonly completed_at?: unknown };
  readonly message?: string;
  readonly trace_id?: string;
}

/** A reply with its body as it is sent. */
export type SentReply = Reply & { readonly text: string };

/**
 * Adds an exchange to the journal of its world and to the recordings. `at` is in milliseconds
 * since the epoch. Entries are described when they are read; describing each at once makes a retrieval take 1.3 times
 * the processor time.
 */
export function record(c: Context, worlds: Worlds, request: RequestContext, reply: SentReply, at: number): void {
  const world = request.caller?.world ?? worlds.nearest(request.credentials.named);
  if (world === undefined) return;
  const { data, message, trace_id } = (reply.body ?? {}) as AnswerBody;
  const { operation, params, fault, hints = [] } = request;
  const { method, path, url } = c.req;
  const { code = null, rule = null } = request.problem ?? {};
  const { status, cut = null, headers, text } = reply;
  const organization = request.caller?.organization.slug ?? null;
  const retry = c.req.header('x-stainless-retry-count') ?? '';
  const userAgent = c.req.header('user-agent') ?? '';
  const groupId = params.group_id ?? (operation === 'createGroup' ? data?.id : undefined);
  const requestId = data?.request_id ?? params.request_id;
  const listed = Array.isArray(data) ? data.length : null;
  const completed = data?.completed_at === undefined ? null : data.completed_at !== null;
  const later = shortGroup(request);
  const digests = later ? undefined : digestBody(request, world.journal);
  const worldTime = world.clock.now();
  const milliseconds = performance.now() - request.started;
  // Texts that can be personal are kept only as long as bodies are.
  const whole = world.recordings !== undefined;
  const number = world.journal.addExchange(() => ({
    at: new Date(at).toISOString(),
    world_time: new Date(worldTime).toISOString(),
    world: world.name,
    organization,
    method,
    path: maskPath(path),
    query: digestQuery(url, world.journal),
    search: whole ? new URL(url).search : null,
    operation,
    status: cut === 'connection' ? 0 : status,
    code,
    rule,
    message: (whole && message) || null,
    trace_id: trace_id ?? null,
    fault: fault?.id ?? null,
    fault_effect: fault === undefined ? null : faultEffect(fault),
    cut,
    retry_after: /^\d+$/.test(headers?.['retry-after'] ?? '') ? Number(headers?.['retry-after']) : null,
    duration_ms: Math.round(milliseconds * 1000) / 1000,
    retry: /^\d{1,3}$/.test(retry) ? Number(retry) : null,
    suite: userAgent.startsWith('groups-conformance'),
    console: userAgent === consoleAgent,
    group_id: impersonalId(groupId),
    request_id: impersonalId(requestId),
    ...(digests ?? digestBody(later as DigestedBody, world.journal)),
    hints,
    listed,
    completed,
  }));
  world.recordings?.add({
    world: world.name,
    number,
    at,
    milliseconds,
    key: organization ?? (c.req.header('authorization') === undefined ? null : 'unknown'),
    method,
    url,
    contentType: c.req.header('content-type'),
    requestBody: request.bytes,
    status: cut === 'connection' ? 0 : status,
    responseHeaders: headers,
    responseBody: text,
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

type DigestedBody = Pick<RequestContext, 'operation' | 'bytes' | 'body'>;

/** The body of a group, if it is short enough to be digested when its entry is read: at once would take a tenth of a create. */
function shortGroup({ operation, bytes, body }: DigestedBody): DigestedBody | undefined {
  const isGroup = operation === 'createGroup' || operation === 'updateGroup';
  return isGroup && bytes !== undefined && bytes.length <= 1024 ? { operation, bytes, body } : undefined;
}

/** Digests and sizes of a roster or group body, without personal data. */
function digestBody(
  { operation, bytes, body }: DigestedBody,
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
