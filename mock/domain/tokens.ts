import type { components } from '../../generated/api.ts';

export type BoundEntity = components['schemas']['BoundEntity'];

/** How long an access token is valid, in seconds of world time: 15 minutes (§10). */
export const tokenLifetimeSeconds = 15 * 60;

/** An access token that an API key issued. */
export interface IssuedToken {
  /** The token itself, which a client sends in place of an API key. */
  readonly text: string;
  readonly organizationId: string;
  /** On the world's clock, in milliseconds since the epoch. */
  readonly expiresAt: number;
  /** What the token is limited to; null if it is valid for the whole organization. */
  readonly boundEntity: BoundEntity | null;
}

export const isExpired = ({ expiresAt }: IssuedToken, now: number): boolean => now >= expiresAt;
