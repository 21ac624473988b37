import type { OperationId } from '../../generated/operations.ts';
import { issueId } from '../domain/identifiers.ts';
import { Problem } from '../domain/problems.ts';
import { type IssuedToken, tokenLifetimeSeconds } from '../domain/tokens.ts';
import type { Handler } from './handlers.ts';

/** How long an expired token is reported as expired rather than unknown, in milliseconds of world time. */
const keepExpiredMs = 24 * 60 * 60 * 1000;

/** Issues a token in the key's world. Like the key, it ends with the name of that world (TOK-1). */
export const issueAccessToken: Handler<'issueAccessToken'> = ({ world, organization, body, random }) => {
  const now = world.clock.now();
  const boundEntity = body.bound_entity ?? null;
  const token: IssuedToken = {
    text: world.keys.accessToken(issueId('vit_at', random), world.name),
    organizationId: organization.id,
    expiresAt: now + tokenLifetimeSeconds * 1000,
    boundEntity,
  };
  world.store.tokens.issue(token, now - keepExpiredMs);
  return {
    status: '200',
    body: {
      access_token: token.text,
      token_type: 'Bearer',
      expires_in: tokenLifetimeSeconds,
      bound_entity: boundEntity,
    },
  };
};

/** Throws a Problem if a token is not allowed: for issuing tokens, or for anything if it is bound (TOK-2, §10). */
export function expectPermitted(token: IssuedToken | undefined, operation: OperationId): void {
  if (token === undefined) return;
  const forbidden = (message: string) => new Problem('forbidden', 'forbidden', message, 'TOK-2');
  if (operation === 'issueAccessToken')
    throw forbidden('An access token cannot issue access tokens; expected an API key (vit_apk_…).');
  if (token.boundEntity !== null)
    throw forbidden(
      `This access token is bound to the ${token.boundEntity.type} ${JSON.stringify(token.boundEntity.id)}, so it ` +
        'is not valid for the whole organization; expected one that was issued without bound_entity.',
    );
}
