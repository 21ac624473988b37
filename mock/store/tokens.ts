import type { IssuedToken } from '../domain/tokens.ts';

/** The access tokens of a world. */
export interface TokenStore {
  /** Stores a token, and deletes those that expired before `forgetBefore`, in milliseconds since the epoch. */
  issue(token: IssuedToken, forgetBefore: number): void;
  /** The token with this text, even if it has expired. */
  find(text: string): IssuedToken | undefined;
}
