import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { Problem } from '../domain/problems.ts';
import { bindingsOf } from '../http/bindings.ts';

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;
const loopbackPeer = /^(::ffff:)?127\.|^::1$/;

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares in constant time. */
export const isSame = (given: string, expected: string): boolean => timingSafeEqual(hash(given), hash(expected));

const refuse = (message: string) => new Problem('forbidden', 'control_refused', message);

/** The environment of requests that the program itself sends. Whoever serves requests of others must not pass it. */
export const sameProcess: object = Object.freeze({});

/**
 * Throws a Problem unless the request may control the mock. It must come from this process, from this machine with a
 * loopback `Host` (which prevents DNS rebinding), or with the token, and never from another web site.
 */
export function guard(c: Context, token: string | undefined): void {
  refuseOtherSites(c);
  refuseUntrusted(c, token);
}

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

/** Throws a Problem unless the request is trusted. */
export function refuseUntrusted(c: Context, token: string | undefined): void {
  if (!isTrusted(c, token))
    throw refuse(
      'The control plane answers only requests to a loopback address such as http://127.0.0.1 from this machine, or ' +
        'requests with "Authorization: Bearer <token>" and the token that the mock was started with, see --control-token.',
    );
}

/** Whether a request comes from this process, from this machine with a loopback `Host`, or with the token. */
export function isTrusted(c: Context, token: string | undefined): boolean {
  if (c.env === sameProcess) return true;
  const given = /^bearer +(\S+) *$/i.exec(c.req.header('authorization') ?? '')?.[1];
  if (token !== undefined && given !== undefined && isSame(given, token)) return true;
  const peer = bindingsOf(c).incoming?.socket?.remoteAddress ?? '';
  return loopback.test(c.req.header('host') ?? '') && loopbackPeer.test(peer);
}
