import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { Problem } from '../domain/problems.ts';
import { minSecretLength, TenantKeys } from './keys.ts';

const secret = 'a-secret-of-this-deployment-0001';
const nextSecret = 'a-secret-of-this-deployment-0002';
const keys = new TenantKeys(secret);
const id = 'vit_at_AZxJ0pPxdX6Jq0zGm2nTOQ';

const key = keys.apiKey('acme-payroll', 'acme');
const controlToken = keys.controlToken('acme-payroll');
const accessToken = keys.accessToken(id, 'acme-payroll', 'pr-7');

/** A text with one character replaced by another that may stand there. */
const forged = (text: string, index: number): string =>
  text.slice(0, index) + (text[index] === 'a' ? 'b' : 'a') + text.slice(index + 1);

test('a key ends with the first 26 characters of the lower-case base32 of an HMAC-SHA256', () => {
  const digest = createHmac('sha256', secret).update('v1/acme-payroll').digest();
  const bits = [...digest].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = bits.match(/.{5}/g)?.map((five) => 'abcdefghijklmnopqrstuvwxyz234567'[Number.parseInt(five, 2)]);
  expect(key).toBe(`vit_apk_acme_acme-payroll_${letters?.slice(0, 26).join('')}`);
});

test('an issued key names its tenant, its organization and a world', () => {
  const named = { tenant: 'acme-payroll', organization: 'acme' };
  expect(keys.verifyApiKey(key)).toEqual({ ...named, world: undefined });
  expect(keys.verifyApiKey(`${key}.PR-7_a`)).toEqual({ ...named, world: 'PR-7_a' });
  expect(keys.verifyApiKey(keys.apiKey('acme-payroll', 'globex'))).toEqual({
    ...named,
    organization: 'globex',
    world: undefined,
  });
});

test('an issued control token names its tenant, an access token its world, too', () => {
  expect(keys.verifyControlToken(controlToken)).toBe('acme-payroll');
  expect(keys.verifySession(keys.session('acme-payroll'))).toBe('acme-payroll');
  expect(keys.verifyAccessToken(accessToken)).toEqual({ tenant: 'acme-payroll', world: 'pr-7' });
  expect(keys.verifyAccessToken(keys.accessToken(id, 'acme-payroll', undefined))).toEqual({
    tenant: 'acme-payroll',
    world: undefined,
  });
});

test.for([
  'vit_apk_acme',
  'vit_apk_acme.pr-7',
  'vit_apk_acme_acme-payroll',
  `vit_apk_acme_acme-payroll_${'a'.repeat(26)}`,
  `${key}.`,
  `${key}.pr/7`,
  `${key}.${'w'.repeat(65)}`,
  `${key}.main.main`,
  `${key}\n`,
  ` ${key}`,
  key.toUpperCase(),
  key.replace('vit_apk', 'VIT_APK'),
  key.replace('acme-payroll', 'Acme-payroll'),
  key.slice(0, -1),
  `${key}a`,
  key.replace('_acme-payroll', '_acme-payroll-2'),
  key.replace('acme-payroll', 'acme/payroll'),
  controlToken.replace('vit_ctl_', 'vit_apk_acme_'),
  accessToken,
  '',
])('the key %j was not issued', (given) => {
  expect(keys.verifyApiKey(given)).toBeUndefined();
});

test('no character of a mac can be replaced, in upper case either', () => {
  for (const [text, verify] of [
    [key, (given: string) => keys.verifyApiKey(given)],
    [controlToken, (given: string) => keys.verifyControlToken(given)],
    [accessToken.slice(0, -'.pr-7'.length), (given: string) => keys.verifyAccessToken(`${given}.pr-7`)],
  ] as const) {
    expect(verify(text)).toBeDefined();
    for (let index = text.length - 26; index < text.length; index += 1)
      expect(verify(forged(text, index)), text).toBeUndefined();
    expect(verify(text.slice(0, -26) + text.slice(-26).toUpperCase())).toBeUndefined();
  }
});

test('the mac of one tenant, of one kind or of one world opens no other', () => {
  const mac = key.slice(-26);
  expect(keys.verifyApiKey(`vit_apk_acme_other_${mac}`)).toBeUndefined();
  expect(keys.verifyControlToken(`vit_ctl_acme-payroll_${mac}`)).toBeUndefined();
  expect(keys.verifySession(`acme-payroll_${mac}`)).toBeUndefined();
  expect(keys.verifySession(`acme-payroll_${controlToken.slice(-26)}`)).toBeUndefined();
  expect(keys.verifyAccessToken(`${id}_acme-payroll_${mac}.pr-7`)).toBeUndefined();
  expect(keys.verifyControlToken(controlToken.replace('acme-payroll', 'other'))).toBeUndefined();
  expect(keys.verifyAccessToken(accessToken.replace('acme-payroll', 'other'))).toBeUndefined();
  expect(keys.verifyAccessToken(accessToken.replace('.pr-7', '.pr-8'))).toBeUndefined();
  expect(keys.verifyAccessToken(accessToken.replace('.pr-7', ''))).toBeUndefined();
  expect(keys.verifyAccessToken(forged(accessToken, 10))).toBeUndefined();
});

test('names at the limits are told apart from what surrounds them', () => {
  for (const [tenant, organization, world] of [
    ['-', '-', '_'],
    ['a'.repeat(40), 'o'.repeat(64), 'W'.repeat(64)],
    ['control', 'access', 'main'],
    ['v1', 'control', '-'],
  ] as const) {
    const named = `${keys.apiKey(tenant, organization)}.${world}`;
    expect(keys.verifyApiKey(named)).toEqual({ tenant, organization, world });
    expect(keys.verifyControlToken(keys.controlToken(tenant))).toBe(tenant);
    // The id may contain underscores and hyphens itself.
    const text = keys.accessToken(`vit_at_${'_-'.repeat(11)}`, tenant, world);
    expect(keys.verifyAccessToken(text)).toEqual({ tenant, world });
  }
  expect(keys.verifyApiKey(keys.apiKey('a'.repeat(41), 'acme'))).toBeUndefined();
  expect(keys.verifyApiKey(keys.apiKey('acme-payroll', 'o'.repeat(65)))).toBeUndefined();
});

test('after a change of the secret old keys stay valid as long as the secret before is given', () => {
  const rotated = new TenantKeys(nextSecret, secret);
  const newKey = rotated.apiKey('acme-payroll', 'acme');
  expect(newKey).not.toBe(key);
  expect(rotated.verifyApiKey(key)).toBeDefined();
  expect(rotated.verifyApiKey(newKey)).toBeDefined();
  expect(rotated.verifyControlToken(controlToken)).toBeDefined();
  expect(rotated.verifyAccessToken(accessToken)).toBeDefined();

  const after = new TenantKeys(nextSecret);
  expect(after.apiKey('acme-payroll', 'acme')).toBe(newKey);
  expect(after.verifyApiKey(newKey)).toBeDefined();
  expect(after.verifyApiKey(key)).toBeUndefined();
  expect(after.verifyControlToken(controlToken)).toBeUndefined();
  expect(after.verifyAccessToken(accessToken)).toBeUndefined();
});

test('a secret that is too short is refused without being shown', () => {
  const short = 'x'.repeat(minSecretLength - 1);
  for (const [first, previous] of [[short], [''], [secret, short]] as const)
    expect(() => new TenantKeys(first, previous)).toThrow(Problem);
  expect(() => new TenantKeys(short)).toThrow(/expected at least 32 characters, got 31; .*openssl rand -hex 32/);
  expect(() => new TenantKeys(short)).not.toThrow(short);
});
