import { createHmac } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { isSame, isTrusted, refuseOtherSites, refuseStrangers } from '../control/guard.ts';
import { Problem } from '../domain/problems.ts';
import { formOf } from './actions.ts';
import { here, type Notice, respond } from './layout.ts';
import { field, markup } from './markup.ts';
import type { Content } from './tabs.ts';

/**
 * Lets through what the control plane would let through; where that asks for a token, a browser gives it once in a form.
 * Throws a Problem where a form is not one of this console.
 */
export function admit(token: string | undefined): MiddlewareHandler {
  return async (c, next) => {
    const isForm = c.req.method === 'POST';
    // A link from elsewhere may lead here: it changes nothing, and the page that has the link learns nothing.
    if (isForm || c.req.header('sec-fetch-dest') !== 'document') refuseOtherSites(c);
    if (isForm && c.req.header('origin') === undefined && c.req.header('sec-fetch-site') === undefined)
      throw new Problem(
        'forbidden',
        'control_refused',
        'Expected a browser, which says whose form it sends; scripts call the control plane, see GET /_mock/worlds.',
      );
    if (token === undefined) refuseStrangers(c, token);
    if (token === undefined || isTrusted(c, token) || isSignedIn(c, token)) return next();
    const given = isForm ? (await formOf(c))[tokenField] : undefined;
    if (typeof given === 'string' && isSame(given, token)) {
      setCookie(c, cookie, proofOf(token), { path: '/_mock', httpOnly: true, sameSite: 'Strict' });
      return c.redirect(here(c), 303);
    }
    return respond(c, signIn, given === undefined ? {} : { notice: wrongToken }, 401);
  };
}

const cookie = 'groups_mock_console';
const tokenField = 'token';

/** Proves that the browser once knew the token, without being it; another token ends every session. */
const proofOf = (token: string): string =>
  createHmac('sha256', token).update('groups-mock console').digest('base64url');

const isSignedIn = (c: Context, token: string): boolean => isSame(getCookie(c, cookie) ?? '', proofOf(token));

const wrongToken: Notice = { text: 'That is not the token that the mock was started with.', isError: true };

const signIn: Content = {
  title: 'Sign in',
  lead: markup`The mock runs on another machine. Give the token that it was started with, see <code>--control-token</code>.`,
  live: markup``,
  forms: markup`<form method="post" class="sign-in">
${field('Control token', markup`<input type="password" name="${tokenField}" required autocomplete="current-password">`)}
<button class="primary">Sign in</button></form>`,
};
