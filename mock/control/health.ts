import packageJson from '../../package.json' with { type: 'json' };
import type { Reply } from '../http/replies.ts';
import type { WorldAccess } from '../worlds/access.ts';
import type { Schemas } from './named-world.ts';

/** Why a mock that runs cannot serve. */
export type Obstacle = Omit<Schemas['NotReady'], 'ready'>;

/** Finds what keeps the mock from serving; undefined if nothing does. */
export type FindObstacle = () => Promise<Obstacle | undefined>;

export const readHealth = async (access: WorldAccess): Promise<Schemas['Health']> => ({
  ready: true,
  version: packageJson.version,
  worlds: (await access.names({ limit: 0, offset: 0 })).total,
});

export const readLiveness = (): Schemas['Liveness'] => ({ live: true });

/** 200 if the mock can serve, else 503 with the reason. */
export async function readReadiness(findObstacle: FindObstacle): Promise<Reply> {
  const obstacle = await findObstacle();
  if (obstacle === undefined) return { status: 200, body: { ready: true } satisfies Schemas['Readiness'] };
  return { status: 503, body: { ready: false, ...obstacle } satisfies Schemas['NotReady'] };
}
