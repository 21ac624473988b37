import { randomBytes } from 'node:crypto';
import type { Quirks } from '../generated/quirks.ts';
import type { ScenarioName } from '../generated/scenarios.ts';
import { createApp } from './app.ts';
import { type WorldControl, worldControl } from './control/control.ts';
import { check, type Schemas } from './control/named-world.ts';
import { listWorlds } from './control/worlds.ts';
import type { FaultRequest } from './domain/faults.ts';
import { Problem } from './domain/problems.ts';
import { defaultQuirks } from './domain/quirks.ts';
import { pooled, randomStream } from './domain/random.ts';
import { isBroken } from './http/answers.ts';
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

/** How a mock is to behave; everything has a default. */
export interface MockOptions {
  /** Port on loopback, 0 for any free one, false for none: then only `fetch` reaches the mock. Default 4010. */
  readonly port?: number | false;
  /** Address to listen on. Default 127.0.0.1. */
  readonly hostname?: string;
  /** Readings of open questions (§8) other than the default. */
  readonly quirks?: Partial<Quirks>;
  /** When an accepted sync is completed. Default: after 500 ms of world time. */
  readonly progress?: Progress;
  /** What a world holds when it begins. Default: the organizations acme and globex. */
  readonly seed?: Seed;
  /** A named world to begin with, in place of a seed. Default: empty. */
  readonly scenario?: ScenarioName;
  /** Faults that every world begins with, such as `faultProfiles.flaky.faults`. Default: none. */
  readonly faults?: readonly FaultRequest[];
  /** Makes the ids that each world issues repeatable: the same text and the same requests give the same ids. */
  readonly deterministic?: string;
  /** A folder that keeps each world in a file, so that it survives a restart. Default: worlds live in memory. */
  readonly data?: string;
  /** Whether the last requests and answers are kept whole, in memory. Default true. */
  readonly bodies?: boolean;
  /** Opens the control plane to requests that do not come from this machine. Default: nothing does. */
  readonly controlToken?: string;
  /** Is told of every exchange and every completed sync when it is written into a journal. */
  readonly observe?: (recorded: Recorded) => void;
  /** The machine's time and timers. */
  readonly host?: Host;
}

export interface Mock {
  /** Where it listens, such as `http://127.0.0.1:4010`; without a port, the base of URLs that `fetch` answers. */
  readonly url: string;
  /** The API keys of world `main`; with `.` and a name added, those of a world of that name. */
  readonly keys: readonly string[];
  /**
   * Answers a request in this process, without a socket; takes the place of the global `fetch`, also that of an SDK. A
   * relative URL is one of the mock's. Rejects with a TypeError where a fault cuts the connection.
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** The clock of a world, `main` where none is named. */
  readonly clock: (world?: string) => WorldClock;
  /** What the control plane can do to a world, `main` where none is named. */
  readonly control: (world?: string) => WorldControl;
  /** Every world that is open. */
  readonly worlds: () => Schemas['WorldList'];
  /** Begins one world anew, or, where none is named, every one. */
  readonly reset: (world?: string) => void;
  /** Stops listening; requests under way are finished, for at most two seconds. */
  readonly close: () => Promise<void>;
}

export const defaultPort = 4010;
export const defaultProgress: Progress = { after: 'delay', ms: 500 };

/**
 * Starts a mock of the groups API on loopback. Rejects with the system's error (`syscall` listen, `code` EADDRINUSE,
 * EACCES …) when it cannot listen, with a DataError when the worlds in its folder cannot be opened, and with a Problem
 * when the seed, the scenario or a fault is impossible.
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const { port = defaultPort, hostname = '127.0.0.1', deterministic } = options;
  if (options.seed !== undefined) check('Seed', options.seed);
  if (options.seed !== undefined && options.scenario !== undefined)
    throw new Problem('invalid', 'seed_and_scenario', 'expected a seed or a scenario to begin with, got both.');
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
  const worlds = openWorlds(settings, options.data);
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
      const response = await app.fetch(request, {});
      if (isBroken(response)) throw new TypeError('fetch failed', { cause: new Error('the connection was cut') });
      return response;
    },
    clock: (world = mainWorld) => worlds.open(world).clock,
    control: (world = mainWorld) => worldControl(worlds, world),
    worlds: () => listWorlds(worlds),
    reset(world) {
      for (const name of world === undefined ? worlds.all().map((open) => open.name) : [world]) worlds.reset(name);
    },
    async close() {
      stopping.abort();
      await server?.close();
      worlds.close();
    },
  };
}

/** The folder of the worlds, or a file in it, cannot be used: its message says which and why. */
export class DataError extends Error {}

function openWorlds(settings: WorldSettings, data: string | undefined): Worlds {
  if (data === undefined) return new Worlds(settings);
  try {
    return new Worlds(settings, openFolder(data));
  } catch (error) {
    throw new DataError(`cannot keep worlds in ${data}: ${(error as Error).message}`, { cause: error });
  }
}
