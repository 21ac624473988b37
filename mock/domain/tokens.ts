import type { components } from '../../generated/api.ts';

export type BoundEntity = components['schemas']['BoundEntity'];

/** How long an access token is good for, in seconds of world time: 15 minutes (§10). */
export const tokenLifetimeSeconds = 15 * 60;

/** An access token that an API key issued. */
export interface IssuedToken {
  /** What is sent as the key. */
  readonly text: string;
  readonly organizationId: string;
  /** On the world's clock, in milliseconds since the epoch. */
  readonly expiresAt: number;
  /** What it is limited to; null if it reaches the whole organization. */
  readonly boundEntity: BoundEntity | null;
}

/** Whether a token is no longer good. */
export const isExpired = ({ expiresAt }: IssuedToken, now: number): boolean => now >= expiresAt;
