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
  readonly connections: number;
  /** The path in Hono's notation. */
  readonly route: string;
  /** Creates what the workload needs in its own world or the large one, and returns the request to send. */
  readonly prepare: (call: Call) => Promise<{ readonly path: string; readonly body?: string }>;
}

/** Sends a request to the mock and returns `data` of its answer. */
export type Call = (
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
) => Promise<{ id: string; request_id: string }>;

/** Sends requests to the mock with a key. Throws if one is refused. */
export function caller({ url }: Pick<Subject, 'url'>, key: string): Call {
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

const createGroup = (call: Call, n: number | string) =>
  call('POST', '/v1/groups', { name: `Group ${n}`, external_reference_id: `group-${n}` });

async function createGroups(call: Call, count: number): Promise<string> {
  let last = '';
  for (let n = 1; n <= count; n += 1) last = (await createGroup(call, n)).id;
  return last;
}

/** The first plan of `acme`, which the default seed has in every world. */
async function planOf(call: Call): Promise<string> {
  const [plan] = (await call('GET', '/v1/plans')) as unknown as { id: string }[];
  return plan?.id ?? '';
}

/** Submits a roster to a new group; returns the path at which to poll it. */
export async function submitRoster(
  call: Call,
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
    name: 'sync-5000',
    title: 'submit and apply 5,000 rows',
    connections: 2,
    route: syncRoute,
    prepare: submitting(5000),
  },
];

/** The key of the world in which a workload runs: its own, or that of the mock with 100,000 groups. */
const keyOf = ({ name, large }: Workload): string => (large ? 'vit_apk_acme' : `vit_apk_acme.${name}`);

/** Prepares a workload on a mock; returns the load and the mock's answer to it. */
export async function prepared(
  workload: Workload,
  mock: Subject,
): Promise<{ readonly load: Load; readonly exchange: RecordedAnswer }> {
  const key = keyOf(workload);
  const { path, body } = await workload.prepare(caller(mock, key));
  const method = body === undefined ? 'GET' : 'POST';
  const load: Load = { method, path, key, connections: workload.connections, ...(body !== undefined && { body }) };
  const answer = await fetch(mock.url + path, requestOf(load));
  const status = answer.status as RecordedAnswer['status'];
  const exchange: RecordedAnswer = { method, route: workload.route, status, body: await answer.json() };
  if (!answer.ok) throw new Error(`${method} ${path} of the mock answered ${status}`);
  return { load, exchange };
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
