import type { IssuedToken } from '../domain/tokens.ts';

/** The access tokens that were issued in a world. */
export interface TokenStore {
  /** Keeps a token, and drops those that expired before `forgetBefore`, in milliseconds since the epoch. */
  issue(token: IssuedToken, forgetBefore: number): void;
  /** The token with this text, also after it expired. */
  find(text: string): IssuedToken | undefined;
}
