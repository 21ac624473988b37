import './expect-node.ts';

import { randomBytes } from 'node:crypto';
import { schemas } from '../generated/control-validators.ts';
import type { Quirks } from '../generated/quirks.ts';
import type { ScenarioName } from '../generated/scenarios.ts';
import { createApp } from './app.ts';
import { type WorldControl, worldControl } from './control/control.ts';
import { sameProcess } from './control/guard.ts';
import type { FindObstacle } from './control/health.ts';
import type { Schemas } from './control/named-world.ts';
import { listWorlds } from './control/worlds.ts';
import { type FaultRequest, faultProfiles } from './domain/faults.ts';
import { Problem } from './domain/problems.ts';
import { defaultQuirks } from './domain/quirks.ts';
import { pooled, randomStream } from './domain/random.ts';
import { isDropped } from './http/answers.ts';
import { firstError, sentence } from './http/messages.ts';
import { type Host, systemHost, type WorldClock } from './jobs/clock.ts';
import type { Progress } from './jobs/queue.ts';
import type { MetricReadings } from './metrics/metrics.ts';
import { type MockOptions, progressFrom, refuseBadOptions } from './mock-options.ts';
import { listen, type Server } from './server.ts';
import type { Tenants } from './tenants/tenants.ts';
import { directAccess, type WorldAccess } from './worlds/access.ts';
import { openFolder } from './worlds/folder.ts';
import type { Recorded } from './worlds/journal.ts';
import { mainWorld, openKeys } from './worlds/keys.ts';
import { parseRateLimit } from './worlds/rate-limit.ts';
import { Recordings } from './worlds/recordings.ts';
import { scenarioNamed } from './worlds/scenarios.ts';
import { defaultSeed, type Seed } from './worlds/seed.ts';
import type { WorldSettings } from './worlds/world.ts';
import { Worlds } from './worlds/worlds.ts';

export { faultProfiles } from './domain/faults.ts';
export { Problem } from './domain/problems.ts';
export type {
  FaultRequest,
  Host,
  MockOptions,
  Progress,
  Quirks,
  Recorded,
  ScenarioName,
  Schemas,
  Seed,
  WorldClock,
  WorldControl,
};

export interface Mock {
  /** The address of the mock, such as `http://127.0.0.1:4010`; without a port, the base of URLs for `fetch`. */
  readonly url: string;
  /** The API keys of world `main`. Append `.` and a name for the keys of another world. */
  readonly keys: readonly string[];
  /**
   * Answers a request in this process, without a socket. Can replace the global `fetch` or that of an SDK. Relative URLs
   * are resolved against `url`. Rejects with a TypeError if a fault drops the connection, and with the signal's reason if
   * it is aborted; as with a socket, the request may have taken effect.
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** The clock of a world; `main` by default. */
  readonly clock: (world?: string) => WorldClock;
  /** The control plane of a world; `main` by default. */
  readonly control: (world?: string) => WorldControl;
  /** All open worlds. */
  readonly worlds: () => Schemas['WorldList'];
  /** Resets one world, or all if none is named. */
  readonly reset: (world?: string) => void;
  /**
   * Stops listening. Running requests have up to two seconds to finish. With `drain`, the mock still accepts requests for
   * five seconds while it says that it is not ready, so that a load balancer sends them elsewhere.
   */
  readonly close: (how?: { readonly drain?: boolean }) => Promise<void>;
}

export const defaultPort = 4010;
export const defaultProgress = progressFrom({});

/**
 * Starts a mock of the groups API. Rejects with the system's error (`syscall` listen, `code` EADDRINUSE, EACCES …) if it
 * cannot listen, with a DataError if the worlds in its folder cannot be opened, and with a Problem if an option is unknown
 * or not valid.
 *
 * @example
 * const mock = await startMock({ port: false });
 * await mock.fetch('/v1/groups', { headers: { authorization: `Bearer ${mock.keys[0]}` } });
 * await mock.close();
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  refuseBadOptions(options);
  const { port = defaultPort, host, deterministic, faults = [] } = options;
  const hostname = typeof host === 'string' ? host : (options.hostname ?? '127.0.0.1');
  const scenario = scenarioNamed(options.scenario ?? 'empty');
  const settings: WorldSettings = {
    quirks: { ...defaultQuirks, ...options.quirks },
    progress: progressFrom(options),
    seed: options.seed === undefined ? scenario.seed : { ...defaultSeed, ...options.seed },
    faults: [...scenario.faults, ...(typeof faults === 'string' ? (faultProfiles[faults]?.faults ?? []) : faults)],
    host: typeof host === 'object' ? host : systemHost,
    random: deterministic === undefined ? pooled(randomBytes) : randomStream(deterministic),
    ...(options.rateLimit !== undefined && { rateLimit: parseRateLimit(options.rateLimit) }),
    ...(deterministic !== undefined && { deterministic }),
    ...(options.bodies !== false && { recordings: new Recordings() }),
    ...(options.observe !== undefined && { observe: options.observe }),
  };
  const createMetrics = options.metrics ? await loadMetrics() : undefined;
  const { access, tenants, findObstacle, readDatabase, close } = await openAccess(settings, options);
  const stopping = new AbortController();
  const app = createApp(access, settings, {
    controlToken: options.controlToken,
    stopping: stopping.signal,
    tenants,
    metrics: createMetrics?.(async () => ({ ...readingsOf(access.worlds), ...(await readDatabase?.()) })),
    ...(findObstacle !== undefined && { findObstacle }),
  });
  let server: Server | undefined;
  try {
    if (port !== false) server = await listen(app, settings, port, hostname);
  } catch (error) {
    await close();
    throw error;
  }
  /** The worlds of this process. Throws a Problem if they are in a database, where they can change at any time. */
  const ownWorlds = (): Worlds => {
    if (options.database === undefined) return access.worlds;
    const message = 'With a database, worlds are steered over HTTP: send requests to /_mock, with fetch for example.';
    throw new Problem('invalid', 'shared_worlds', message);
  };
  const url = server?.url ?? 'http://groups-mock.invalid';

  return {
    url,
    keys:
      options.database === undefined
        ? worldControl(access.worlds, mainWorld)
            .describeWorld()
            .organizations.map(({ key }) => key)
        : tenants === undefined
          ? (settings.seed.organizations ?? []).map(({ slug }) => openKeys.apiKey(slug, mainWorld))
          : [],
    async fetch(input, init) {
      const request = new Request(input instanceof Request ? input : new URL(input, url), init);
      request.signal.throwIfAborted();
      const response = await unlessAborted(app.fetch(request, sameProcess), request.signal);
      if (isDropped(response)) throw new TypeError('fetch failed', { cause: new Error('the connection was dropped') });
      return response;
    },
    clock: (world = mainWorld) => ownWorlds().open(validName(world)).clock,
    control: (world = mainWorld) => worldControl(ownWorlds(), validName(world)),
    worlds: () => listWorlds(ownWorlds()),
    reset(world) {
      const worlds = ownWorlds();
      for (const name of world === undefined ? worlds.names() : [validName(world)]) worlds.reset(name);
    },
    async close(how) {
      stopping.abort();
      await server?.close(how);
      await close();
    },
  };
}

/** Throws a Problem if the package for metrics is not installed. */
async function loadMetrics() {
  try {
    return (await import('./metrics/metrics.ts')).createMetrics;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new Problem(
      'invalid',
      'missing_package',
      'metrics: expected the package prom-client; install it with npm install prom-client.',
    );
  }
}

const readingsOf = (worlds: Worlds): MetricReadings => {
  const open = worlds.all();
  return {
    openWorlds: open.length,
    syncsInFlight: open.reduce((sum, { store }) => sum + store.overview.syncsInFlight(), 0),
  };
};

/** The name of a world. Throws a Problem if it is not valid. */
function validName(world: string): string {
  if (schemas.WorldName(world)) return world;
  throw new Problem('invalid', 'bad_world_name', `${sentence(firstError(schemas.WorldName), 'world')}.`);
}

/** The answer, unless the signal aborts before it is there; then rejects with the signal's reason. */
function unlessAborted(answer: Response | Promise<Response>, signal: AbortSignal): Promise<Response> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    Promise.resolve(answer).then(resolve, reject);
  });
}

/** The database or the folder of the worlds, or a file in it, cannot be used; the message says which and why. */
export class DataError extends Error {}

/** How the worlds are reached, what keeps them from being reached, and how they are closed. */
interface OpenedWorlds {
  readonly access: WorldAccess;
  readonly tenants?: Tenants | undefined;
  readonly findObstacle?: FindObstacle;
  readonly readDatabase?: () => Promise<Pick<MetricReadings, 'database'>>;
  readonly close: () => void | Promise<void>;
}

async function openAccess(settings: WorldSettings, options: MockOptions): Promise<OpenedWorlds> {
  const { data, database, openWorlds: max } = options;
  try {
    if (database !== undefined) {
      const { openSharedWorlds } = await import('./hosted/open.ts');
      return await openSharedWorlds(database, settings, {
        maxCopies: max,
        worldTtl: options.worldTtl,
        tenants: options.tenants,
      });
    }
    const worlds = new Worlds(settings, data === undefined ? undefined : openFolder(data), max);
    return { access: directAccess(worlds), close: () => worlds.close() };
  } catch (error) {
    if (data !== undefined)
      throw new DataError(`cannot keep worlds in ${data}: ${(error as Error).message}`, { cause: error });
    if (database !== undefined && !(error instanceof Problem))
      throw new DataError((error as Error).message, { cause: error });
    throw error;
  }
}
