import { type OperationId, operations } from '../../../generated/operations.ts';
import { headersOf, type Load, requestOf } from './load.ts';
import { members } from './people.ts';
import type { Subject } from './processes.ts';
import type { RecordedAnswer } from './subjects.ts';

/** A request of the contract under load. */
export interface Workload {
  readonly name: string;
  readonly title: string;
  /** Whether it runs on the mock with 100,000 groups. */
  readonly large?: true;
  /** Whether each slice of the mock runs in a new world. */
  readonly fresh?: true;
  readonly connections: number;
  /** As in Load. */
  readonly requests?: number;
  /** The path in Hono's notation. */
  readonly route: string;
  /** Creates what the workload needs in its own world or the large one, and returns the request to send. */
  readonly prepare: (call: SendRequest) => Promise<Pick<Load, 'path' | 'body' | 'rotation'>>;
}

/** Sends a request to the mock and returns `data` of its answer. */
export type SendRequest = (
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
) => Promise<{ id: string; request_id: string }>;

/** Sends requests to the mock with a key. Throws if one is refused. */
export function senderWith({ url }: Pick<Subject, 'url'>, key: string): SendRequest {
  return async (method, path, body) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const response = await fetch(url + path, {
      method,
      headers: headersOf({ key, ...(text !== undefined && { body: text }) }),
      ...(text !== undefined && { body: text }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return ((await response.json()) as { data: never }).data;
  };
}

const createGroup = (call: SendRequest, n: number | string) =>
  call('POST', '/v1/groups', { name: `Group ${n}`, external_reference_id: `group-${n}` });

async function createGroups(call: SendRequest, count: number): Promise<string> {
  let last = '';
  for (let n = 1; n <= count; n += 1) last = (await createGroup(call, n)).id;
  return last;
}

/** The first plan of `acme`, which the default seed has in every world. */
async function planOf(call: SendRequest): Promise<string> {
  const [plan] = (await call('GET', '/v1/plans')) as unknown as { id: string }[];
  return plan?.id ?? '';
}

/** Submits a roster to a new group; returns the path at which to poll it. */
export async function submitRoster(
  call: SendRequest,
  rows: number,
): Promise<{ readonly sync: string; readonly body: string }> {
  const group = await createGroup(call, 'with a roster');
  const roster = { members: members(rows, await planOf(call)) };
  const path = `/v1/groups/${group.id}/members/sync`;
  const { request_id } = await call('POST', path, roster);
  return { sync: `${path}/${request_id}`, body: JSON.stringify(roster) };
}

const groupsRoute = '/v1/groups';
const syncRoute = '/v1/groups/:group_id/members/sync';

const submitting =
  (rows: number): Workload['prepare'] =>
  async (call) => {
    const { sync, body } = await submitRoster(call, rows);
    return { path: sync.slice(0, sync.lastIndexOf('/')), body };
  };

/** How many requests of 5,000 rows a slice sends, and how many come before, so that none of them is sent twice. */
const largeRequests = 16;
const largeConnections = 2;

const newRosters = new Map<number, string>();

/** A body of 5,000 people whom no other roster has. */
function newRoster(n: number, plan: string): string {
  const known = newRosters.get(n);
  if (known !== undefined) return known;
  const body = JSON.stringify({ members: members(5000, plan, 5000 * n) });
  newRosters.set(n, body);
  return body;
}

export const workloads: readonly Workload[] = [
  {
    name: 'retrieve',
    title: 'retrieve a group',
    connections: 10,
    route: '/v1/groups/:group_id',
    prepare: async (call) => ({ path: `/v1/groups/${await createGroups(call, 1)}` }),
  },
  {
    name: 'list',
    title: 'list 20 groups',
    connections: 10,
    route: groupsRoute,
    async prepare(call) {
      await createGroups(call, 100);
      return { path: '/v1/groups' };
    },
  },
  {
    name: 'page',
    title: 'page 50 of 100,000 groups',
    large: true,
    connections: 10,
    route: groupsRoute,
    prepare: async () => ({ path: '/v1/groups?page=50' }),
  },
  {
    name: 'filter',
    title: 'filter 100,000 groups by reference',
    large: true,
    connections: 10,
    route: groupsRoute,
    prepare: async () => ({ path: '/v1/groups?external_reference_id=group-50000' }),
  },
  {
    name: 'poll',
    title: 'poll a sync',
    connections: 10,
    route: `${syncRoute}/:request_id`,
    prepare: async (call) => ({ path: (await submitRoster(call, 20)).sync }),
  },
  {
    name: 'create',
    title: 'create a group',
    connections: 10,
    route: groupsRoute,
    prepare: async () => ({
      path: '/v1/groups',
      body: JSON.stringify({ name: 'A new group', external_reference_id: 'ref-[<id>]' }),
    }),
  },
  {
    name: 'sync-1',
    title: 'submit and apply 1 row',
    connections: 10,
    route: syncRoute,
    prepare: submitting(1),
  },
  {
    name: 'same-5000',
    title: 'submit and apply 5,000 unchanged rows',
    connections: largeConnections,
    requests: largeRequests,
    route: syncRoute,
    prepare: submitting(5000),
  },
  {
    name: 'new-5000',
    title: 'submit and apply 5,000 new rows',
    connections: largeConnections,
    requests: largeRequests,
    fresh: true,
    route: syncRoute,
    async prepare(call) {
      const plan = await planOf(call);
      const rotation: { path: string; body: string }[] = [];
      for (let n = 0; n < largeRequests + largeConnections; n += 1) {
        const { id } = await createGroup(call, `new-${n}`);
        rotation.push({ path: `/v1/groups/${id}/members/sync`, body: newRoster(n, plan) });
      }
      return { ...(rotation.at(-1) as (typeof rotation)[number]), rotation };
    },
  },
];

/** Prepares the load of a workload in its own world, or in that of the mock with 100,000 groups. */
export async function loadOf(workload: Workload, mock: Subject, world = workload.name): Promise<Load> {
  const key = workload.large ? 'vit_apk_acme' : `vit_apk_acme.${world}`;
  const request = await workload.prepare(senderWith(mock, key));
  const method = request.body === undefined ? 'GET' : 'POST';
  const { connections, requests } = workload;
  return { method, key, connections, ...(requests !== undefined && { requests }), ...request };
}

/** Prepares a workload on a mock; returns the load and the mock's answer to it. */
export async function prepared(
  workload: Workload,
  mock: Subject,
): Promise<{ readonly load: Load; readonly exchange: RecordedAnswer }> {
  const load = await loadOf(workload, mock);
  const { method, path } = load;
  const answer = await fetch(mock.url + path, requestOf(load));
  const status = answer.status as RecordedAnswer['status'];
  const { route } = workload;
  const { body: schema } = Object.values(operations).find(
    (one) => one.method === method && one.path.replaceAll(/\{(\w+)\}/g, ':$1') === route,
  ) as (typeof operations)[OperationId];
  const exchange: RecordedAnswer = { method, route, status, body: await answer.json(), schema };
  if (!answer.ok) throw new Error(`${method} ${path} of the mock answered ${status}`);
  return { load, exchange };
}

/** Drops a world of the mock, so that the next use of its name starts from the seed. */
export async function dropWorld(mock: Subject, world: string): Promise<void> {
  const response = await fetch(`${mock.url}/_mock/worlds/${world}`, { method: 'DELETE' });
  if (!response.ok) throw new Error(`could not drop the world ${world}: ${await response.text()}`);
  await response.arrayBuffer();
}

/** Waits until every accepted sync of a world is applied. */
export async function allApplied(mock: Subject, key: string): Promise<void> {
  const [, world = 'main'] = key.split('.');
  for (;;) {
    const response = await fetch(`${mock.url}/_mock/worlds/${world}`);
    if (!response.ok) throw new Error(`could not read the world ${world}: ${await response.text()}`);
    const { syncs_in_flight } = (await response.json()) as { syncs_in_flight: number };
    if (syncs_in_flight === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
