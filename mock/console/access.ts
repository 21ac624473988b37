import type { MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { type Guard, grant, refuseOtherSites } from '../control/guard.ts';
import { Problem } from '../domain/problems.ts';
import { readForm } from './form-fields.ts';
import { here, type Notice, respond } from './layout.ts';
import { field, markup } from './markup.ts';
import type { PageContent } from './tab.ts';

/**
 * Admits requests that the control plane would admit, and notes what they reach. If that needs a token, a browser signs in
 * with it once. Throws a Problem if a form was not sent by a page of this console.
 */
export function admit(guard: Guard): MiddlewareHandler {
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
    const reach = guard.reachOf(c) ?? guard.reachOfSession(getCookie(c, cookie) ?? '');
    if (reach !== undefined) {
      await guard.admit(reach);
      grant(c, reach);
      return next();
    }
    if (!guard.hasTokens) throw guard.refusal();
    const given = isForm ? (await readForm(c))[tokenField] : undefined;
    const granted = typeof given === 'string' ? guard.reachOfToken(given) : undefined;
    if (granted !== undefined) {
      setCookie(c, cookie, guard.sessionOf(granted), { path: '/_mock', httpOnly: true, sameSite: 'Strict' });
      return c.redirect(here(c), 303);
    }
    return respond(c, signIn, given === undefined ? {} : { notice: wrongToken }, 401);
  };
}

const cookie = 'groups_mock_console';
const tokenField = 'token';

const wrongToken: Notice = {
  text: 'Wrong token. Use the one that the mock was started with, or the control token of your keys.',
  isError: true,
};

const signIn: PageContent = {
  title: 'Sign in',
  lead: markup`The mock runs on another machine. Enter the token that it was started with, see <code>--control-token</code>, or the control token (<code>vit_ctl_…</code>) that came with your keys.`,
  live: markup``,
  forms: markup`<form method="post" class="sign-in">
${field('Control token', markup`<input type="password" name="${tokenField}" required autocomplete="current-password">`)}
<button class="primary">Sign in</button></form>`,
};
