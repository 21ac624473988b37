import { randomBytes } from 'node:crypto';
import type { Quirks } from '../generated/quirks.ts';
import type { ScenarioName } from '../generated/scenarios.ts';
import { createApp } from './app.ts';
import { type WorldControl, worldControl } from './control/control.ts';
import { sameProcess } from './control/guard.ts';
import { check, type Schemas } from './control/named-world.ts';
import { listWorlds } from './control/worlds.ts';
import type { FaultRequest } from './domain/faults.ts';
import { Problem } from './domain/problems.ts';
import { defaultQuirks } from './domain/quirks.ts';
import { pooled, randomStream } from './domain/random.ts';
import { isDropped } from './http/answers.ts';
import { type Host, systemHost, type WorldClock } from './jobs/clock.ts';
import type { Progress } from './jobs/queue.ts';
import { listen, type Server } from './server.ts';
import { openFolder } from './worlds/folder.ts';
import type { Recorded } from './worlds/journal.ts';
import { Recordings } from './worlds/recordings.ts';
import { scenarioNamed } from './worlds/scenarios.ts';
import { defaultSeed, type Seed } from './worlds/seed.ts';
import type { WorldSettings } from './worlds/world.ts';
import { mainWorld, Worlds } from './worlds/worlds.ts';

export { faultProfiles } from './domain/faults.ts';
export { Problem } from './domain/problems.ts';
export type { FaultRequest, Host, Progress, Quirks, Recorded, ScenarioName, Schemas, Seed, WorldClock, WorldControl };

/** Options of a mock; all are optional. */
export interface MockOptions {
  /** Port to listen on; 0 for any free port, false for none, so that only `fetch` reaches the mock. Default: 4010. */
  readonly port?: number | false;
  /** Address to listen on. Default: 127.0.0.1. */
  readonly hostname?: string;
  /** Behavior for open questions of the contract (§8). Default: the first value of each quirk. */
  readonly quirks?: Partial<Quirks>;
  /** When an accepted sync is completed. Default: after 500 ms of world time. */
  readonly progress?: Progress;
  /** The initial content of each world. Default: the organizations acme and globex. */
  readonly seed?: Seed;
  /** A named initial content for each world, instead of a seed. Default: empty. */
  readonly scenario?: ScenarioName;
  /** Faults that every world starts with, such as `faultProfiles.flaky.faults`. Default: none. */
  readonly faults?: readonly FaultRequest[];
  /** Makes ids repeatable: the same text and the same requests give the same ids. Default: random ids. */
  readonly deterministic?: string;
  /** A folder that keeps each world in a file, so that it survives a restart. Default: worlds are kept in memory. */
  readonly data?: string;
  /**
   * How many worlds are open at once. If there are more, the least recently used is dropped or, with `data`, closed as
   * soon as it is idle: its clock is no longer valid then, and its journal is lost. Default: 1000, with `data` 100.
   */
  readonly openWorlds?: number;
  /** Whether the last complete requests and answers are kept in memory. Default: true. */
  readonly bodies?: boolean;
  /** The token with which other machines may use the control plane. Default: none may. */
  readonly controlToken?: string;
  /** Called with every exchange and every completed sync when it is recorded in a journal. */
  readonly observe?: (recorded: Recorded) => void;
  /** The machine's time and timers. Default: those of the system. */
  readonly host?: Host;
}

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
  /** Stops listening. Running requests have up to two seconds to finish. */
  readonly close: () => Promise<void>;
}

export const defaultPort = 4010;
export const defaultProgress: Progress = { after: 'delay', ms: 500 };

/**
 * Starts a mock of the groups API. Rejects with the system's error (`syscall` listen, `code` EADDRINUSE, EACCES …) if it
 * cannot listen, with a DataError if the worlds in its folder cannot be opened, and with a Problem if the seed, the
 * scenario or a fault is not valid.
 *
 * @example
 * const mock = await startMock({ port: false });
 * await mock.fetch('/v1/groups', { headers: { authorization: `Bearer ${mock.keys[0]}` } });
 * await mock.close();
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const { port = defaultPort, hostname = '127.0.0.1', deterministic } = options;
  if (options.seed !== undefined) check('Seed', options.seed);
  if (options.seed !== undefined && options.scenario !== undefined)
    throw new Problem('invalid', 'seed_and_scenario', 'expected a seed or a scenario, got both.');
  const scenario = scenarioNamed(options.scenario ?? 'empty');
  const settings: WorldSettings = {
    quirks: { ...defaultQuirks, ...options.quirks },
    progress: options.progress ?? defaultProgress,
    seed: options.seed === undefined ? scenario.seed : { ...defaultSeed, ...options.seed },
    faults: [...scenario.faults, ...(options.faults ?? [])],
    host: options.host ?? systemHost,
    random: deterministic === undefined ? pooled(randomBytes) : randomStream(deterministic),
    ...(deterministic !== undefined && { deterministic }),
    ...(options.bodies !== false && { recordings: new Recordings() }),
    ...(options.observe !== undefined && { observe: options.observe }),
  };
  const worlds = openWorlds(settings, options);
  const stopping = new AbortController();
  const app = createApp(worlds, settings, { controlToken: options.controlToken, stopping: stopping.signal });
  let server: Server | undefined;
  try {
    if (port !== false) server = await listen(app, settings, port, hostname);
  } catch (error) {
    worlds.close();
    throw error;
  }
  const url = server?.url ?? 'http://groups-mock.invalid';

  return {
    url,
    keys: worldControl(worlds, mainWorld)
      .describeWorld()
      .organizations.map(({ key }) => key),
    async fetch(input, init) {
      const request = new Request(input instanceof Request ? input : new URL(input, url), init);
      request.signal.throwIfAborted();
      const response = await unlessAborted(app.fetch(request, sameProcess), request.signal);
      if (isDropped(response)) throw new TypeError('fetch failed', { cause: new Error('the connection was dropped') });
      return response;
    },
    clock: (world = mainWorld) => worlds.open(world).clock,
    control: (world = mainWorld) => worldControl(worlds, world),
    worlds: () => listWorlds(worlds),
    reset(world) {
      for (const name of world === undefined ? worlds.names() : [world]) worlds.reset(name);
    },
    async close() {
      stopping.abort();
      await server?.close();
      worlds.close();
    },
  };
}

/** The answer, unless the signal aborts before it is there; then rejects with the signal's reason. */
function unlessAborted(answer: Response | Promise<Response>, signal: AbortSignal): Promise<Response> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    Promise.resolve(answer).then(resolve, reject);
  });
}

/** The folder of the worlds, or a file in it, cannot be used; the message says which and why. */
export class DataError extends Error {}

function openWorlds(settings: WorldSettings, { data, openWorlds: max }: MockOptions): Worlds {
  if (data === undefined) return new Worlds(settings, undefined, max);
  try {
    return new Worlds(settings, openFolder(data), max);
  } catch (error) {
    throw new DataError(`cannot keep worlds in ${data}: ${(error as Error).message}`, { cause: error });
  }
}
