import { type Context, Hono } from 'hono';
import { type OperationId, operations } from '../../generated/control-operations.ts';
import { queries, type Validator } from '../../generated/control-validators.ts';
import { Problem } from '../domain/problems.ts';
import { defaultQuirks } from '../domain/quirks.ts';
import { answer } from '../http/answers.ts';
import { expectJson, maxBodyBytes, parseJson, readBytes } from '../http/bodies.ts';
import { firstError, sentence } from '../http/messages.ts';
import { honoPath } from '../http/paths.ts';
import { failure, problemIn, refusal } from '../http/replies.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Tenants } from '../tenants/tenants.ts';
import type { WorldAccess } from '../worlds/access.ts';
import { mainWorld } from '../worlds/keys.ts';
import { everything, type Reach } from '../worlds/reach.ts';
import type { WorldSettings } from '../worlds/world.ts';
import { type WorldControl, worldControl } from './control.ts';
import { type Guard, grant, grantedTo, refuseOtherSites, refuseTenant } from './guard.ts';
import { type FindObstacle, readHealth, readLiveness, readReadiness } from './health.ts';
import type { AnswerTo, BodyOf, Page } from './named-world.ts';
import type { RequestFilter } from './requests.ts';
import { type TenantsControl, tenantsControl } from './tenants.ts';
import { listScenarios, pageOfWorlds } from './worlds.ts';

interface Query extends Page, RequestFilter {
  readonly after?: number;
  readonly entry?: number;
}

interface Call<Id extends OperationId> {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: BodyOf<Id>;
}

/** The operations about all worlds or none. */
type SharedOperation = 'readHealth' | 'readLiveness' | 'listScenarios' | 'listWorlds' | 'dropWorld';
/** The operations that a function each answers; readReadiness chooses a status. */
type HandledOperation = Exclude<OperationId, 'readReadiness'>;
/** The operations on tenants, which only the mock's token reaches. */
type TenantOperation = keyof TenantsControl;
type WorldOperation = Exclude<HandledOperation, SharedOperation | TenantOperation>;

type WorldHandlers = {
  readonly [Id in WorldOperation]: (control: WorldControl, call: Call<Id>) => AnswerTo<Id>;
};

const worldHandlers: WorldHandlers = {
  describeWorld: (control) => control.describeWorld(),
  resetWorld: (control, { body }) => control.resetWorld(body),
  loadScenario: (control, { body }) => control.loadScenario(body),
  seedWorld: (control, { body }) => control.seedWorld(body),
  readSettings: (control) => control.readSettings(),
  changeSettings: (control, { body }) => control.changeSettings(body),
  exportSnapshot: (control) => control.exportSnapshot(),
  importSnapshot: (control, { body }) => control.importSnapshot(body),
  readClock: (control) => control.readClock(),
  freezeClock: (control, { body }) => control.freezeClock(body),
  advanceClock: (control, { body }) => control.advanceClock(body),
  resumeClock: (control) => control.resumeClock(),
  listSyncs: (control, { query }) => control.listSyncs(query),
  readSync: (control, { params }) => control.readSync(params.request_id as string),
  completeSync: (control, { params }) => control.completeSync(params.request_id as string),
  stallSync: (control, { params }) => control.stallSync(params.request_id as string),
  unstallSync: (control, { params }) => control.unstallSync(params.request_id as string),
  listRejections: (control) => control.listRejections(),
  addRejection: (control, { body }) => control.addRejection(body),
  clearRejections: (control) => control.clearRejections(),
  listFaults: (control) => control.listFaults(),
  addFault: (control, { body }) => control.addFault(body),
  removeFault: (control, { params }) => control.removeFault(params.fault_id as string),
  clearFaults: (control) => control.clearFaults(),
  listGroups: (control, { query }) => control.listGroups(query),
  readRoster: (control, { params }) => control.readRoster(params.group_id as string),
  previewSync: (control, { params, body }) => control.previewSync(params.group_id as string, body),
  listPeople: (control, { query }) => control.listPeople(query),
  unsubscribePerson: (control, { params }) => control.unsubscribePerson(Number(params.person)),
  readJournal: (control, { query }) => control.readJournal(query),
  clearJournal: (control) => control.clearJournal(),
  listRequests: (control, { query }) => control.listRequests(query),
  exportHar: (control, { query }) => control.exportHar(query),
  advise: (control) => control.advise(),
};

/** The operations that read the journal of a world. */
const journalReaders: ReadonlySet<OperationId> = new Set(['readJournal', 'listRequests', 'exportHar', 'advise']);

/** What a request is about: a world, by the name that the caller uses and the one under which it is stored. */
interface Target {
  readonly access: WorldAccess;
  readonly reach: Reach;
  readonly world: string;
  readonly stored: string;
  readonly tenants: TenantsControl;
}

type SharedHandlers = {
  readonly [Id in SharedOperation | TenantOperation]: (
    target: Target,
    call: Call<Id>,
  ) => AnswerTo<Id> | Promise<AnswerTo<Id>>;
};

const sharedHandlers: SharedHandlers = {
  readHealth: ({ access }) => readHealth(access),
  readLiveness: () => readLiveness(),
  listScenarios: () => listScenarios(),
  listWorlds: ({ access, reach }, { query }) => pageOfWorlds(access, reach, query),
  async dropWorld({ access, reach, world, stored }) {
    await access.run(stored, () => worldControl(access.worlds, stored, world).dropWorld());
    return pageOfWorlds(access, reach);
  },
  listTenants: ({ tenants }, { query }) => tenants.listTenants(query),
  addTenant: ({ tenants }, { body }) => tenants.addTenant(body),
  readTenant: ({ tenants }, { params }) => tenants.readTenant(params.tenant as string),
  changeTenant: ({ tenants }, { params, body }) => tenants.changeTenant(params.tenant as string, body),
  removeTenant: ({ tenants }, { params }) => tenants.removeTenant(params.tenant as string),
  issueTenantKeys: ({ tenants }, { params }) => tenants.issueTenantKeys(params.tenant as string),
};

/** Answers an operation of the control plane. */
function execute<Id extends HandledOperation>(target: Target, id: Id, call: Call<Id>) {
  if (id in sharedHandlers) {
    const handler = sharedHandlers[id as keyof SharedHandlers] as SharedHandlers['listWorlds'];
    return handler(target, call as Call<'listWorlds'>);
  }
  const { access, world, stored } = target;
  const handler = worldHandlers[id as WorldOperation] as WorldHandlers['readClock'];
  const work = () => handler(worldControl(access.worlds, stored, world), call as Call<'readClock'>);
  return access.run<unknown>(stored, work, { readsJournal: journalReaders.has(id) });
}

/** Larger than the snapshot of a world with 100,000 groups and 200,000 members. Tenants, who share the memory, send less. */
const maxControlBytes = 256 * 1024 * 1024;

/** What everyone may ask, such as the probe of a cluster. */
const openPaths: ReadonlySet<string> = new Set([
  operations.readHealth.path,
  operations.readLiveness.path,
  operations.readReadiness.path,
]);

interface ControlOptions {
  readonly guard: Guard;
  readonly tenants: Tenants | undefined;
  readonly findObstacle: FindObstacle;
  readonly metrics: Metrics | undefined;
}

/** The control plane of `spec/control.openapi.yaml`. */
export function controlRoutes(
  access: WorldAccess,
  { host, random, seed }: Pick<WorldSettings, 'host' | 'random' | 'seed'>,
  { guard, tenants, findObstacle, metrics }: ControlOptions,
): Hono {
  const app = new Hono();
  const control = tenantsControl(tenants, seed);

  app.use('/_mock/*', async (c, next) => {
    refuseOtherSites(c);
    grant(c, openPaths.has(c.req.path) ? everything : await guard.enter(c));
    await next();
    c.header('x-content-type-options', 'nosniff');
  });

  app.get(operations.readReadiness.path, async (c) => answer(c, await readReadiness(findObstacle)));

  // Not in the control contract, because the format is that of Prometheus.
  app.get('/_mock/metrics', async (c) => {
    refuseTenant(grantedTo(c));
    if (metrics === undefined)
      throw new Problem('not-found', 'no_metrics', 'This mock keeps no metrics; start it with --metrics.');
    return c.body(await metrics.text(), 200, { 'content-type': metrics.contentType });
  });

  for (const id of [...Object.keys(sharedHandlers), ...Object.keys(worldHandlers)] as HandledOperation[]) {
    const { method, path, responses } = operations[id];
    const [status] = Object.keys(responses);
    app.on(method, honoPath(path), async (c) => {
      const reach = grantedTo(c);
      const world = c.req.param('world') ?? mainWorld;
      const stored = guard.storedName(reach, world);
      if (path.startsWith('/_mock/tenants')) refuseTenant(reach);
      const call = {
        params: c.req.param(),
        query: validQuery(id, new URL(c.req.url).searchParams),
        body: (await bodyOf(c, id, reach.tenant === undefined ? maxControlBytes : maxBodyBytes)) as never,
      };
      const body = await execute({ access, reach, world, stored, tenants: control }, id, call);
      return answer(c, { status: Number(status), body });
    });
  }

  app.all('/_mock/*', (c) => {
    const message = `There is nothing at ${c.req.method} ${c.req.path}; start with GET /_mock/worlds.`;
    throw new Problem('not-found', 'path_not_found', message);
  });

  app.onError((error, c) => {
    const context = { at: new Date(host.now()).toISOString(), random, quirks: defaultQuirks };
    const problem = problemIn(error);
    if (problem !== undefined) return answer(c, refusal(problem, context));
    console.error(`groups-mock: ${c.req.method} ${c.req.path} failed: ${error.message}`);
    return answer(c, failure(context));
  });

  return app;
}

/** The parsed body, which the control function validates; undefined if it is optional and empty. */
async function bodyOf(c: Context, id: OperationId, maxBytes: number): Promise<unknown> {
  if (operations[id].body === null) return undefined;
  const bytes = await readBytes(c, maxBytes);
  if (operations[id].bodyIsOptional && bytes.length === 0) return undefined;
  expectJson(c);
  return parseJson(bytes);
}

function validQuery(id: OperationId, search: URLSearchParams): Query {
  const query: Record<string, unknown> = {};
  for (const name of Object.keys(operations[id].query)) {
    const text = search.get(name);
    if (text !== null) query[name] = /^\d+$/.test(text) ? Number(text) : text;
  }
  const validator = queries[`${id}Query` as keyof typeof queries] as Validator<unknown> | undefined;
  if (validator === undefined || validator(query)) return query as Query;
  throw new Problem('malformed', 'invalid_query', `${sentence(firstError(validator))}.`);
}
