import { createHmac } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { isSame, isTrusted, refuseOtherSites, refuseUntrusted } from '../control/guard.ts';
import { Problem } from '../domain/problems.ts';
import { readForm } from './form-fields.ts';
import { here, type Notice, respond } from './layout.ts';
import { field, markup } from './markup.ts';
import type { PageContent } from './tab.ts';

/**
 * Admits requests that the control plane would admit. If that needs a token, a browser signs in with it once.
 * Throws a Problem if a form was not sent by a page of this console.
 */
export function admit(token: string | undefined): MiddlewareHandler {
  return async (c, next) => {
    const isForm = c.req.method === 'POST';
    // Other sites may link here: a link changes nothing, and the linking page cannot read the answer.
    if (isForm || c.req.header('sec-fetch-dest') !== 'document') refuseOtherSites(c);
    if (isForm && c.req.header('origin') === undefined && c.req.header('sec-fetch-site') === undefined)
      throw new Problem(
        'forbidden',
        'control_refused',
        'Expected the header Origin or Sec-Fetch-Site, which browsers send with a form; scripts call the control plane instead, see GET /_mock/worlds.',
      );
    if (token === undefined) refuseUntrusted(c, token);
    if (token === undefined || isTrusted(c, token) || isSignedIn(c, token)) return next();
    const given = isForm ? (await readForm(c))[tokenField] : undefined;
    if (typeof given === 'string' && isSame(given, token)) {
      setCookie(c, cookie, proofOf(token), { path: '/_mock', httpOnly: true, sameSite: 'Strict' });
      return c.redirect(here(c), 303);
    }
    return respond(c, signIn, given === undefined ? {} : { notice: wrongToken }, 401);
  };
}

const cookie = 'groups_mock_console';
const tokenField = 'token';

/** Proves that the browser knew the token without containing it. A new token ends every session. */
const proofOf = (token: string): string =>
  createHmac('sha256', token).update('groups-mock console').digest('base64url');

const isSignedIn = (c: Context, token: string): boolean => isSame(getCookie(c, cookie) ?? '', proofOf(token));

const wrongToken: Notice = { text: 'Wrong token. Use the one that the mock was started with.', isError: true };

const signIn: PageContent = {
  title: 'Sign in',
  lead: markup`The mock runs on another machine. Enter the token that it was started with, see <code>--control-token</code>.`,
  live: markup``,
  forms: markup`<form method="post" class="sign-in">
${field('Control token', markup`<input type="password" name="${tokenField}" required autocomplete="current-password">`)}
<button class="primary">Sign in</button></form>`,
};
