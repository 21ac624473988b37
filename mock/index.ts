import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Quirks } from '../generated/quirks.ts';
import { createApp } from './app.ts';
import { defaultQuirks } from './domain/quirks.ts';
import { randomStream } from './domain/random.ts';
import { type Host, systemHost, type WorldClock } from './jobs/clock.ts';
import type { Progress } from './jobs/queue.ts';
import { openFolder } from './worlds/folder.ts';
import { defaultSeed, type Seed } from './worlds/seed.ts';
import type { WorldSettings } from './worlds/world.ts';
import { Worlds } from './worlds/worlds.ts';

export type { Progress, Quirks, Seed };

/** How a mock is to behave; everything has a default. */
export interface MockOptions {
  /** Port on loopback, 0 for any free one. Default 4010. */
  readonly port?: number;
  /** Address to listen on. Default 127.0.0.1. */
  readonly hostname?: string;
  /** Readings of contract.md §8 other than the default. */
  readonly quirks?: Partial<Quirks>;
  /** When an accepted sync is completed. Default: after 500 ms of world time. */
  readonly progress?: Progress;
  /** What a world holds when it begins. Default: the organizations acme and globex. */
  readonly seed?: Seed;
  /** Makes the ids that each world issues repeatable: the same text and the same requests give the same ids. */
  readonly deterministic?: string;
  /** A folder that keeps each world in a file, so that it survives a restart. Default: worlds live in memory. */
  readonly data?: string;
  /** The machine's time and timers. */
  readonly host?: Host;
}

export interface Mock {
  /** Where it listens, such as `http://127.0.0.1:4010`. */
  readonly url: string;
  /** The API keys of world `main`. */
  readonly keys: readonly string[];
  /** Answers a request in this process, without a socket. */
  readonly fetch: (request: Request) => Response | Promise<Response>;
  /** The clock of a world, `main` where none is named. */
  readonly clock: (world?: string) => WorldClock;
  /** Stops listening; requests under way are finished, for at most two seconds. */
  readonly close: () => Promise<void>;
}

export const defaultPort = 4010;
export const defaultProgress: Progress = { after: 'delay', ms: 500 };
const graceMs = 2000;

/**
 * Starts a mock of the groups API on loopback. Rejects with the system's error (`syscall` listen, `code` EADDRINUSE,
 * EACCES …) when it cannot listen, and with a DataError when the worlds in its folder cannot be opened.
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const settings: WorldSettings = {
    quirks: { ...defaultQuirks, ...options.quirks },
    progress: options.progress ?? defaultProgress,
    seed: { ...defaultSeed, ...options.seed },
    host: options.host ?? systemHost,
    random: options.deterministic === undefined ? randomBytes : randomStream(options.deterministic),
    ...(options.deterministic !== undefined && { deterministic: options.deterministic }),
  };
  const worlds = openWorlds(settings, options.data);
  const app = createApp(worlds, settings);
  const server = createAdaptorServer({ fetch: app.fetch });
  const hostname = options.hostname ?? '127.0.0.1';
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port ?? defaultPort, hostname, resolve);
    });
  } catch (error) {
    worlds.close();
    throw error;
  }
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`,
    keys: (settings.seed.organizations ?? []).map(({ slug }) => `vit_apk_${slug}`),
    fetch: (request) => app.fetch(request),
    clock: (world = 'main') => worlds.open(world).clock,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const cut = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(cut);
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
