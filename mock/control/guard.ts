import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { schemas, type Validator } from '../../generated/control-validators.ts';
import { Problem } from '../domain/problems.ts';
import { bearerOf } from '../http/bearer.ts';
import { bindingsOf } from '../http/bindings.ts';
import { firstError, sentence } from '../http/messages.ts';
import type { Tenants } from '../tenants/tenants.ts';
import { everything, type Reach, storedName } from '../worlds/reach.ts';
import { noSuchWorld } from './named-world.ts';

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;
const loopbackPeer = /^(::ffff:)?127\.|^::1$/;

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares in constant time. */
const isSame = (given: string, expected: string): boolean => timingSafeEqual(hash(given), hash(expected));

const refuse = (message: string) => new Problem('forbidden', 'control_refused', message);

/** The environment of requests that the program itself sends. Whoever serves requests of others must not pass it. */
export const sameProcess: object = Object.freeze({});

/** Throws a Problem if a browser says that the request comes from another web site. */
export function refuseOtherSites(c: Context): void {
  const host = c.req.header('host');
  const site = c.req.header('sec-fetch-site');
  const origin = c.req.header('origin');
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    throw refuse(`The control plane does not answer other web sites; this is a ${site} request.`);
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`)
    throw refuse(
      'The control plane does not answer other web sites; expected the address of the mock in the header Origin.',
    );
}

const granted = new WeakMap<Context, Reach>();

/** Notes what a request that was admitted may control. */
export const grant = (c: Context, reach: Reach): void => void granted.set(c, reach);

/** What an admitted request may control. */
export const grantedTo = (c: Context): Reach => granted.get(c) as Reach;

/** Throws a Problem unless everything is within reach. */
export function refuseTenant({ tenant }: Reach): void {
  if (tenant !== undefined)
    throw refuse(
      'The token of a tenant controls its own worlds only; expected the token that the mock was started with.',
    );
}

/**
 * Decides what a request may control. It must come from this process, from this machine with a loopback `Host` (which
 * prevents DNS rebinding), or with the token. With tenants the machine does not count,
 * because a load balancer may run on it, and the token of a tenant reaches its own worlds.
 */
export class Guard {
  readonly #token: string | undefined;
  readonly #tenants: Tenants | undefined;

  constructor(token: string | undefined, tenants?: Tenants) {
    this.#token = token;
    this.#tenants = tenants;
  }

  /** Whether tenants share the mock. */
  get hasTenants(): boolean {
    return this.#tenants !== undefined;
  }

  /** Whether there is a token with which a browser can sign in. */
  get hasTokens(): boolean {
    return this.#token !== undefined || this.#tenants !== undefined;
  }

  /** What the request may control. Throws a Problem if nothing. */
  async enter(c: Context): Promise<Reach> {
    const reach = this.reachOf(c);
    if (reach === undefined) throw this.refusal();
    await this.admit(reach);
    return reach;
  }

  /** Counts a request of a tenant. Throws a Problem if the tenant is suspended or over its quota. */
  async admit({ tenant }: Reach): Promise<void> {
    if (tenant !== undefined) await this.#tenants?.admission.admit(tenant);
  }

  /** The name under which a world is stored that a caller names. Throws a Problem if there can be none within reach. */
  storedName(reach: Reach, name: string): string {
    const isOperator = reach.tenant === undefined && this.#tenants !== undefined;
    const validator = isOperator ? schemas.FullWorldName : schemas.WorldName;
    if (validator(name)) return storedName(reach, name);
    // To a tenant, the worlds of others are as unknown as those that nobody has.
    if (reach.tenant !== undefined && schemas.FullWorldName(name)) throw noSuchWorld(name);
    throw new Problem(
      'invalid',
      'bad_world_name',
      `${sentence(firstError(validator as Validator<unknown>), 'world')}.`,
    );
  }

  /** What the request may control because of its token or the machine that it comes from; undefined if nothing. */
  reachOf(c: Context): Reach | undefined {
    const given = bearerOf(c);
    const reach = given === undefined ? undefined : this.reachOfToken(given);
    return reach ?? (this.#isTrusted(c) ? everything : undefined);
  }

  #isTrusted(c: Context): boolean {
    if (c.env === sameProcess) return true;
    const peer = bindingsOf(c).incoming?.socket?.remoteAddress ?? '';
    return this.#tenants === undefined && loopback.test(c.req.header('host') ?? '') && loopbackPeer.test(peer);
  }

  reachOfToken(given: string): Reach | undefined {
    const tenant = this.#tenants?.keys.verifyControlToken(given);
    if (tenant !== undefined) return { tenant };
    return this.#token !== undefined && isSame(given, this.#token) ? everything : undefined;
  }

  /** Proves that a browser knew a token without containing it. A new token ends every session. */
  sessionOf({ tenant }: Reach): string {
    if (tenant !== undefined && this.#tenants !== undefined) return this.#tenants.keys.session(tenant);
    return createHmac('sha256', this.#token ?? '')
      .update('groups-mock console')
      .digest('base64url');
  }

  reachOfSession(session: string): Reach | undefined {
    const tenant = this.#tenants?.keys.verifySession(session);
    if (tenant !== undefined) return { tenant };
    return this.#token !== undefined && isSame(session, this.sessionOf(everything)) ? everything : undefined;
  }

  /** Why a request without reach is refused. */
  refusal(): Problem {
    return refuse(
      this.#tenants === undefined
        ? 'The control plane answers only requests to a loopback address such as http://127.0.0.1 from this machine, or ' +
            'requests with "Authorization: Bearer <token>" and the token that the mock was started with, see --control-token.'
        : 'The control plane answers only requests with "Authorization: Bearer <token>" and the control token of a tenant ' +
            '(vit_ctl_…), which came with its keys, or the token that the mock was started with.',
    );
  }
}
