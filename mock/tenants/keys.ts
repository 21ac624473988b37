import { createHmac, timingSafeEqual } from 'node:crypto';
import { Problem } from '../domain/problems.ts';

/** The fewest characters of a secret, because keys are as hard to guess as the secret. */
export const minSecretLength = 32;
const macLength = 26;

const keyPattern = /^vit_apk_([a-z0-9-]{1,64})_([a-z0-9-]{1,40})_([a-z2-7]{26})(?:\.([A-Za-z0-9_-]{1,64}))?$/;
const accessTokenPattern = /^(vit_at_[A-Za-z0-9_-]{22})_([a-z0-9-]{1,40})_([a-z2-7]{26})(?:\.([A-Za-z0-9_-]{1,64}))?$/;
const controlTokenPattern = /^vit_ctl_([a-z0-9-]{1,40})_([a-z2-7]{26})$/;
const sessionPattern = /^([a-z0-9-]{1,40})_([a-z2-7]{26})$/;

/** What the key of a tenant names; nothing says yet whether the tenant still exists or has such an organization. */
export interface NamedByTenantKey {
  readonly tenant: string;
  /** The slug of an organization. */
  readonly organization: string;
  /** Absent if the key names none. */
  readonly world: string | undefined;
}

/** What an access token names; whether it was issued and is valid is known in that world. */
export type NamedByAccessToken = Omit<NamedByTenantKey, 'organization'>;

/**
 * The keys and tokens of tenants, which are made of the names in them and a secret, so that they need not be stored. The
 * first secret issues; every secret verifies, so that keys outlive a change of the secret.
 */
export class TenantKeys {
  readonly #secrets: readonly [string, ...string[]];

  /** Throws a Problem if a secret is too short. */
  constructor(secret: string, previous?: string) {
    this.#secrets = previous === undefined ? [secret] : [secret, previous];
    for (const each of this.#secrets)
      if (each.length < minSecretLength)
        throw new Problem(
          'invalid',
          'bad_option',
          `the secret of the tenants' keys: expected at least ${minSecretLength} characters, got ${each.length}; ` +
            'make one with: openssl rand -hex 32',
        );
  }

  /** The API key of an organization, valid in every world of the tenant after a dot and the world's name. */
  apiKey(tenant: string, organization: string): string {
    return `vit_apk_${organization}_${tenant}_${this.#issue(keyOf(tenant))}`;
  }

  /** The token with which a tenant controls its own worlds. */
  controlToken(tenant: string): string {
    return `vit_ctl_${tenant}_${this.#issue(controlOf(tenant))}`;
  }

  /** An access token for a world, with the id that the world issued. */
  accessToken(id: string, tenant: string, world: string | undefined): string {
    const mac = this.#issue(accessOf(id, tenant, world));
    return `${id}_${tenant}_${mac}${world === undefined ? '' : `.${world}`}`;
  }

  /** What the console remembers in a browser in which a tenant has signed in. */
  session(tenant: string): string {
    return `${tenant}_${this.#issue(sessionOf(tenant))}`;
  }

  /** What an API key names; undefined if it was not issued. */
  verifyApiKey(key: string): NamedByTenantKey | undefined {
    const [, organization, tenant, mac, world] = keyPattern.exec(key) ?? [];
    if (organization === undefined || tenant === undefined) return undefined;
    return this.#isIssued(keyOf(tenant), mac) ? { tenant, organization, world } : undefined;
  }

  /** The tenant that a control token was issued to; undefined if it was not issued. */
  verifyControlToken(token: string): string | undefined {
    const [, tenant, mac] = controlTokenPattern.exec(token) ?? [];
    return tenant !== undefined && this.#isIssued(controlOf(tenant), mac) ? tenant : undefined;
  }

  /** The tenant that has signed in; undefined if none has. */
  verifySession(session: string): string | undefined {
    const [, tenant, mac] = sessionPattern.exec(session) ?? [];
    return tenant !== undefined && this.#isIssued(sessionOf(tenant), mac) ? tenant : undefined;
  }

  /** What an access token names; undefined if it cannot have been issued. */
  verifyAccessToken(token: string): NamedByAccessToken | undefined {
    const [, id, tenant, mac, world] = accessTokenPattern.exec(token) ?? [];
    if (id === undefined || tenant === undefined) return undefined;
    return this.#isIssued(accessOf(id, tenant, world), mac) ? { tenant, world } : undefined;
  }

  #issue(text: string): string {
    return macOf(this.#secrets[0], text);
  }

  #isIssued(text: string, mac = ''): boolean {
    const given = Buffer.from(mac);
    return this.#secrets.some((secret) => {
      const expected = Buffer.from(macOf(secret, text));
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
  }
}

// Texts of different kinds begin differently, so that no key can be made from one of another kind.
const keyOf = (tenant: string): string => `v1/${tenant}`;
const controlOf = (tenant: string): string => `v1/control/${tenant}`;
const sessionOf = (tenant: string): string => `v1/session/${tenant}`;
const accessOf = (id: string, tenant: string, world = ''): string => `v1/access/${tenant}/${id}.${world}`;

const macOf = (secret: string, text: string): string =>
  base32(createHmac('sha256', secret).update(text).digest()).slice(0, macLength);

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** RFC 4648 in lower case, without padding. */
function base32(bytes: Uint8Array): string {
  let text = '';
  let value = 0;
  let bits = 0;
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) text += alphabet[(value >> (bits - 5)) & 31];
  }
  return text;
}
