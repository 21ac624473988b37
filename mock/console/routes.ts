import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import type { StatusCode } from 'hono/utils/http-status';
import { awaitedControl, worldControl } from '../control/control.ts';
import { type Guard, grantedTo, refuseTenant } from '../control/guard.ts';
import type { TenantsControl } from '../control/tenants.ts';
import { Problem, shown } from '../domain/problems.ts';
import { maxBodyBytes } from '../http/bodies.ts';
import { statuses } from '../http/replies.ts';
import type { WorldAccess } from '../worlds/access.ts';
import { admit } from './access.ts';
import { runAction } from './actions.ts';
import { type FetchApi, postTo } from './api.ts';
import { assets } from './assets.ts';
import { streamChanges } from './events.ts';
import { type FormFields, readForm } from './form-fields.ts';
import { here, type Notice, respond } from './layout.ts';
import { empty, markup } from './markup.ts';
import { base, worldPath } from './paths.ts';
import type { PageContent, View } from './tab.ts';
import { tabs } from './tabs.ts';
import { firstPlan, rosterTemplate } from './template.ts';
import { runTenantAction } from './tenant-actions.ts';
import { showTenants } from './tenants.ts';
import { showWorlds } from './worlds.ts';

/** Pages load only files of the mock, contain no inline scripts, and cannot be framed. */
const headers = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: 'DENY',
  referrerPolicy: 'same-origin',
  strictTransportSecurity: false,
});

/** What a page shows after a form was submitted. */
interface Shown extends Pick<View, 'fields' | 'draft'> {
  readonly notice?: Notice;
  readonly status?: StatusCode;
}

/** The page of a list that is asked for, counted from 1. */
const pageOf = (c: Context): number =>
  /^[1-9]\d{0,8}$/.test(c.req.query('page') ?? '') ? Number(c.req.query('page')) : 1;

export interface ConsoleOptions {
  readonly guard: Guard;
  readonly tenants: TenantsControl;
  readonly stopping: AbortSignal | undefined;
  /** Answers requests to the API. */
  readonly answer: FetchApi;
}

/** The console under `/_mock/`, guarded like the control plane, whose functions it calls. */
export function consoleRoutes(access: WorldAccess, { guard, tenants, stopping, answer }: ConsoleOptions): Hono {
  const app = new Hono();
  const { worlds } = access;
  /** The world of a page: its name in the path, and the one under which it is stored. Throws a Problem if there can be none. */
  const worldOf = (c: Context) => {
    const name = c.req.param('world') as string;
    return { name, stored: guard.storedName(grantedTo(c), name) };
  };
  /** Runs work that only reads one world. */
  const read = <T>(world: string, work: () => T) => access.run(world, work, { readsJournal: true });

  /** Responds with a tab of a world. */
  const show = async (c: Context, { notice, status, ...form }: Shown = {}) => {
    const { name, stored } = worldOf(c);
    const tab = tabs.find(({ name: other }) => other === c.req.param('tab'));
    const { origin, searchParams: query } = new URL(c.req.url);
    if (tab === undefined)
      throw new Problem('not-found', 'path_not_found', `There is no page ${shown(c.req.param('tab'))}.`);
    const item = c.req.param('item');
    const { world, content } = await read(stored, () => {
      const control = worldControl(worlds, stored, name);
      const world = control.describeWorld();
      const view = { control, world, base: worldPath(name), origin, item, query, page: pageOf(c), ...form };
      return { world, content: tab.show(view) };
    });
    return respond(c, content, { notice, world, tab: tab.name }, status);
  };

  app.use(headers);

  app.get(`${base}/assets/:name`, (c) => {
    const name = c.req.param('name');
    if (!Object.hasOwn(assets, name)) return c.notFound();
    const { type, text } = assets[name] as (typeof assets)[string];
    return c.body(text, 200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-cache' });
  });

  if (guard.hasTenants) app.use(bodyLimit({ maxSize: maxBodyBytes, onError: refuseLargeForm }));
  app.use(admit(guard));

  app.get('/_mock/', async (c) =>
    respond(c, await showWorlds(access, grantedTo(c), new URL(c.req.url), pageOf(c), guard.hasTenants)),
  );
  app.get(base, (c) => c.redirect('/_mock/'));

  app.get(`${base}/tenants`, async (c) => {
    refuseTenant(grantedTo(c));
    return respond(c, await showTenants(tenants, pageOf(c), new URL(c.req.url).origin));
  });
  app.post(`${base}/tenants`, async (c) => {
    refuseTenant(grantedTo(c));
    const { text, issued } = await runTenantAction(tenants, await readForm(c));
    const content = await showTenants(tenants, pageOf(c), new URL(c.req.url).origin, issued);
    return respond(c, content, { notice: { text, isError: false } });
  });

  app.get(`${base}/worlds/:world`, (c) => c.redirect(`${worldPath(c.req.param('world'))}/${tabs[0]?.name}`));

  app.get(`${base}/worlds/:world/events`, async (c) => {
    const { stored } = worldOf(c);
    const world = await access.run(stored, () => worlds.find(stored));
    return world === undefined ? c.notFound() : streamChanges(c, world, stopping);
  });

  app.get(`${base}/worlds/:world/snapshot`, async (c) => {
    const { name, stored } = worldOf(c);
    const snapshot = await awaitedControl(access, stored, name).exportSnapshot();
    return c.json(snapshot, 200, {
      'content-disposition': `attachment; filename="${name.replace('/', '-')}.json"`,
      'cache-control': 'no-store',
    });
  });

  app.get(`${base}/worlds/:world/groups/:group/template.csv`, async (c) => {
    const { name, stored } = worldOf(c);
    const control = awaitedControl(access, stored, name);
    const { group } = await control.readRoster(c.req.param('group'));
    return c.body(rosterTemplate(firstPlan(await control.describeWorld(), group.organization)), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="roster.csv"',
    });
  });

  const path = `${base}/worlds/:world/:tab/:item?`;
  app.get(path, (c) => show(c));
  app.post(path, async (c) => {
    const { name, stored } = worldOf(c);
    const { origin } = new URL(c.req.url);
    let fields: FormFields | undefined;
    try {
      const control = awaitedControl(access, stored, name);
      // Throws if the world does not exist, because a form must not create one.
      await control.describeWorld();
      fields = await readForm(c);
      const context = { base: worldPath(name), post: postTo(answer, origin) };
      const outcome = await runAction(control, fields, context);
      if (typeof outcome === 'object')
        return 'location' in outcome ? c.redirect(outcome.location, 303) : show(c, { fields, ...outcome });
      // Without scripts the browser is redirected, so that reloading the page does not repeat the action.
      const hasScripts = c.req.header('hx-request') !== undefined;
      return hasScripts ? show(c, { notice: { text: outcome, isError: false } }) : c.redirect(here(c), 303);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const notice = { text: error.message, isError: true };
      return show(c, { fields, notice, status: statuses[error.kind] as StatusCode });
    }
  });

  app.notFound((c) => respond(c, errorContent('Page not found', `There is nothing at ${c.req.path}.`), {}, 404));

  app.onError((error, c) => {
    if (error instanceof Problem)
      return respond(c, errorContent('Request refused', error.message), {}, statuses[error.kind] as StatusCode);
    console.error(`groups-mock: the console failed on ${c.req.method} ${c.req.path}: ${error.message}`);
    return respond(c, errorContent('Internal error', 'The mock failed to show this page; see its log.'), {}, 500);
  });

  return app;
}

function refuseLargeForm(): never {
  const message = `Expected a form of at most ${maxBodyBytes} bytes, because the mock is shared; got more.`;
  throw new Problem('malformed', 'form_too_large', message);
}

const errorContent = (title: string, text: string): PageContent => ({
  title,
  live: empty(title, markup`${text} <a href="/_mock/">See all worlds</a>.`),
});
