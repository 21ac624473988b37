import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Quirks } from '../../generated/quirks.ts';
import { createApp } from '../../mock/app.ts';
import { defaultQuirks } from '../../mock/domain/quirks.ts';
import { systemHost } from '../../mock/jobs/clock.ts';
import type { Progress } from '../../mock/jobs/queue.ts';
import { defaultSeed } from '../../mock/worlds/seed.ts';
import type { World, WorldSettings } from '../../mock/worlds/world.ts';
import { mainWorld, Worlds } from '../../mock/worlds/worlds.ts';
import type { Profile } from '../rules/names.ts';
import { runConformance } from '../run-conformance.ts';
import type { ConformanceResult } from '../verdict/result.ts';
import { Ask, Reply } from './exchange.ts';

export type Next = (ask: Ask) => Promise<Reply>;
/** Stands between the socket and the mock: may change the request, the answer, or both. */
export type Around = (ask: Ask, next: Next) => Reply | Promise<Reply>;

/** A change of the mock: of what goes in and out, or of the functions that its world is made of. */
export interface Patch {
  readonly around?: Around;
  readonly world?: (world: World) => void;
  readonly quirks?: Partial<Quirks>;
  readonly progress?: Progress;
}

/** Several patches as one; the first is nearest to the socket. */
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

export interface PatchedMock {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Starts a mock with a patch on a free port of loopback. */
export async function startPatched({ around, world, quirks, progress }: Patch): Promise<PatchedMock> {
  const settings: WorldSettings = {
    quirks: { ...defaultQuirks, ...quirks },
    progress: progress ?? { after: 'delay', ms: 0 },
    seed: defaultSeed,
    host: systemHost,
    random: randomBytes,
  };
  const worlds = new Worlds(settings);
  world?.(worlds.open(mainWorld));
  const app = createApp(worlds, settings);
  const next: Next = async (ask) => Reply.of(await app.fetch(ask.forward()));
  const fetch = async (request: Request): Promise<Response> => {
    if (around === undefined) return app.fetch(request);
    return (await around(await Ask.of(request), next)).toResponse();
  };
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
      worlds.close();
    },
  };
}

/** The two organizations of the mock. */
export const keys = { apiKey: 'vit_apk_acme', otherApiKey: 'vit_apk_globex' } as const;

/** Runs the suite on a mock with a patch. */
export async function runSuiteOn(
  patch: Patch,
  profile: Profile,
  { syncTimeoutMs = 2000, only }: { readonly syncTimeoutMs?: number; readonly only?: readonly string[] } = {},
): Promise<ConformanceResult> {
  const mock = await startPatched(patch);
  try {
    return await runConformance({ baseUrl: mock.url, ...keys, profile, syncTimeoutMs, ...(only && { only }) });
  } finally {
    await mock.close();
  }
}
