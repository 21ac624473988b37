import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { createAdaptorServer } from '@hono/node-server';
import type { Quirks } from '../../generated/quirks.ts';
import { createApp } from '../../mock/app.ts';
import { defaultQuirks } from '../../mock/domain/quirks.ts';
import { systemHost } from '../../mock/jobs/clock.ts';
import type { Progress } from '../../mock/jobs/queue.ts';
import { directAccess } from '../../mock/worlds/access.ts';
import { mainWorld } from '../../mock/worlds/keys.ts';
import { defaultSeed } from '../../mock/worlds/seed.ts';
import type { World, WorldSettings } from '../../mock/worlds/world.ts';
import { Worlds } from '../../mock/worlds/worlds.ts';
import type { Profile } from '../rules/names.ts';
import type { Transport } from '../run/transport.ts';
import { judgeTarget } from '../run-conformance.ts';
import type { ConformanceResult } from '../verdict/result.ts';
import { MockReply, MockRequest } from './mock-exchange.ts';

export type Next = (ask: MockRequest) => Promise<MockReply>;
/** Handles a request in place of the mock, and may change the request, the reply, or both. */
export type Around = (ask: MockRequest, next: Next) => MockReply | Promise<MockReply>;

/** A change to the mock: to requests and replies, to the functions of its world, or to its settings. */
export interface Patch {
  readonly around?: Around;
  readonly world?: (world: World) => void;
  readonly quirks?: Partial<Quirks>;
  readonly progress?: Progress;
}

/** Combines patches; the first sees a request first and its reply last. */
export function combined(...patches: readonly Patch[]): Patch {
  const progress = patches.findLast((patch) => patch.progress !== undefined)?.progress;
  return {
    quirks: Object.assign({}, ...patches.map((patch) => patch.quirks)),
    ...(progress && { progress }),
    world(world) {
      for (const patch of patches) patch.world?.(world);
    },
    around: patches.reduceRight<Around>(
      (inner, { around }) => (around ? (ask, next) => around(ask, async (asked) => inner(asked, next)) : inner),
      (ask, next) => next(ask),
    ),
  };
}

interface PatchedApp {
  readonly fetch: (request: Request) => Response | Promise<Response>;
  readonly transport: Transport;
  readonly close: () => void;
}

/** Creates a patched mock that is called without a socket. */
function createPatched({ around, world, quirks, progress }: Patch): PatchedApp {
  const settings: WorldSettings = {
    quirks: { ...defaultQuirks, ...quirks },
    progress: progress ?? { after: 'delay', ms: 0 },
    seed: defaultSeed,
    host: systemHost,
    random: randomBytes,
  };
  const worlds = new Worlds(settings);
  world?.(worlds.open(mainWorld));
  const app = createApp(directAccess(worlds), settings);
  const next: Next = async (ask) => MockReply.of(await app.fetch(ask.forward()));
  const answer = async (ask: MockRequest) => (around ? around(ask, next) : next(ask));
  const transport: Transport = {
    async send(request, signal) {
      const ask = new MockRequest(request);
      // Syncs that are due complete before the answer, as they do over a socket.
      await setImmediate();
      return (await Promise.race([answer(ask), whenAborted(signal)])).receivedBy(ask);
    },
    async close() {},
  };
  return {
    transport,
    fetch: around ? async (request) => (await answer(await MockRequest.of(request))).toResponse() : app.fetch,
    close: () => worlds.close(),
  };
}

export interface PatchedMock {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Starts a mock with a patch on a free port of loopback. */
export async function startPatched(patch: Patch): Promise<PatchedMock> {
  const { fetch, close } = createPatched(patch);
  const server = createAdaptorServer({ fetch });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
      close();
    },
  };
}

/** The two organizations of the mock. */
export const keys = { apiKey: 'vit_apk_acme', otherApiKey: 'vit_apk_globex' } as const;

interface RunOptions {
  readonly syncTimeoutMs?: number;
  readonly only?: readonly string[];
  readonly maxRequests?: number;
  readonly maxGroups?: number;
  /** Called after the run, with the mock. */
  readonly after?: (fetch: PatchedApp['fetch']) => Promise<void>;
}

/** Runs the suite on a patched mock in this process, which halves the time; other tests cover HTTP. */
export async function runSuiteOn(
  patch: Patch,
  profile: Profile,
  { after, syncTimeoutMs = 2000, ...options }: RunOptions = {},
): Promise<ConformanceResult> {
  const mock = createPatched(patch);
  try {
    const result = await judgeTarget(
      { baseUrl: 'http://127.0.0.1', ...keys, profile, syncTimeoutMs, ...options },
      () => mock.transport,
    );
    await after?.(mock.fetch);
    return result;
  } finally {
    mock.close();
  }
}

const whenAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
