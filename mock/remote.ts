import { type OperationId, operations } from '../generated/control-operations.ts';
import type { AnswerTo } from './control/named-world.ts';

/** How to reach a running mock. */
export interface RemoteFlags {
  readonly url: string;
  readonly controlToken?: string;
}

/** A running mock cannot be reached; the message says why, and what to do. */
export class RemoteError extends Error {}

/** How long an answer may take, in milliseconds. */
const timeoutMs = 10_000;

/** What an operation of the control plane is called with. */
export interface ControlCall {
  /** The values of the path's parameters. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  /** Sent as JSON. */
  readonly body?: unknown;
}

/** Calls an operation of the control plane of a running mock. Throws a RemoteError. */
export async function callControl<Id extends OperationId>(
  { url, controlToken }: RemoteFlags,
  id: Id,
  { params = {}, query = {}, body }: ControlCall = {},
): Promise<AnswerTo<Id>> {
  const { method, path } = operations[id];
  const target = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]) => [name, String(value)] as [string, string]),
  );
  const response = await fetch(`${url}${target}${search.size > 0 ? `?${search}` : ''}`, {
    method,
    headers: {
      ...(controlToken !== undefined && { authorization: `Bearer ${controlToken}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((error: Error) => {
    const why = (error.cause as Error | undefined)?.message ?? error.message;
    throw new RemoteError(`no mock answers at ${url} (${why}); start one, or set its address with --url`);
  });
  const answer = (await response.json().catch(() => undefined)) as { message?: string } | undefined;
  if (!response.ok || answer === undefined)
    throw new RemoteError(`${url} answered ${response.status}: ${answer?.message ?? 'this is not a mock'}`);
  return answer as AnswerTo<Id>;
}

/** The most rows that a page of the control plane has. */
const maxRows = 1000;

/** The names of the open worlds. Throws a RemoteError if there are too many to look at each. */
export async function worldNames(remote: RemoteFlags): Promise<string[]> {
  const { worlds } = await callControl(remote, 'listWorlds', { query: { limit: maxRows } });
  if (worlds.length >= maxRows) throw new RemoteError(`there are ${maxRows} worlds or more; name one with --world`);
  return worlds.map(({ name }) => name);
}

/** The id of the group with an id or an external_reference_id. Throws a RemoteError if two organizations use the reference. */
export async function groupId(remote: RemoteFlags, world: string, group: string): Promise<string> {
  if (/^grp_/.test(group)) return group;
  const { groups } = await callControl(remote, 'listGroups', { params: { world }, query: { limit: maxRows } });
  const [found, other] = groups.filter(({ external_reference_id }) => external_reference_id === group);
  if (found === undefined)
    throw new RemoteError(
      `no group of world ${world} has the id or the external_reference_id ${JSON.stringify(group)}`,
    );
  if (other !== undefined)
    throw new RemoteError(
      `${JSON.stringify(group)} is the external_reference_id of ${found.id} (${found.organization}) and of ${other.id} ` +
        `(${other.organization}); give the id`,
    );
  return found.id;
}
