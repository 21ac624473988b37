import { expect, test } from 'vitest';
import { Problem } from '../domain/problems.ts';
import { defaultQuotas } from '../domain/quotas.ts';
import type { Host } from '../jobs/clock.ts';
import { machine } from '../test-support/machine.ts';
import { Admission, type Standing, type Usage } from './admission.ts';

/** A machine whose `pass` also waits for what the timers that are due began. */
function openMachine() {
  const { host, pass } = machine(Date.parse('2026-01-15T10:30:00Z'));
  return {
    host,
    async pass(ms: number) {
      pass(ms);
      await new Promise(setImmediate);
    },
  };
}

/** A count that several replicas share, as the database has it. */
function sharedCount(host: Host, limit: number) {
  const tenants = new Map<string, { suspended: boolean; requests: number; usedUntil: number }>();
  const shared = {
    tenants,
    limit,
    calls: 0,
    isAway: false,
    add: (name: string) => tenants.set(name, { suspended: false, requests: 0, usedUntil: 0 }),
    async count(usage: ReadonlyMap<string, Usage>): Promise<ReadonlyMap<string, Standing>> {
      shared.calls += 1;
      await Promise.resolve();
      if (shared.isAway) throw new Error('the database is away');
      const standings = new Map<string, Standing>();
      for (const [name, { requests, ms }] of usage) {
        const tenant = tenants.get(name);
        if (tenant === undefined) continue;
        tenant.requests += requests;
        tenant.usedUntil = Math.max(tenant.usedUntil, host.now()) + ms;
        standings.set(name, {
          isSuspended: tenant.suspended,
          quotas: { ...defaultQuotas, requests_per_minute: shared.limit },
          aheadMs: tenant.usedUntil - host.now(),
        });
      }
      return standings;
    },
  };
  return shared;
}

function replicas(limit: number) {
  const { host, pass } = openMachine();
  const shared = sharedCount(host, limit);
  shared.add('acme-payroll');
  const start = () => new Admission((usage) => shared.count(usage), host);
  return { host, pass, shared, start };
}

/** How many of some requests are admitted. */
async function admitted(admission: Admission, requests: number, tenant = 'acme-payroll'): Promise<number> {
  let count = 0;
  for (let sent = 0; sent < requests; sent += 1)
    try {
      await admission.admit(tenant);
      count += 1;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  return count;
}

const refusal = async (admission: Admission, tenant = 'acme-payroll'): Promise<Problem> => {
  try {
    await admission.admit(tenant);
  } catch (error) {
    return error as Problem;
  }
  throw new Error('the request was admitted');
};

test('a replica admits a tenth of the quota at once, then one request for each part of a minute', async () => {
  const { start, pass } = replicas(60);
  const admission = start();
  expect(await admitted(admission, 9)).toBe(6);
  const { kind, code, message, retryAfter } = await refusal(admission);
  expect([kind, code, retryAfter]).toEqual(['rate-limited', 'quota_exceeded', 1]);
  expect(message).toContain(
    'This tenant may have 60 requests per minute in all worlds together, a tenth of them at once',
  );
  expect(message).toContain('wait 1 s');

  let count = 0;
  for (let second = 0; second < 60; second += 1) {
    await pass(1000);
    count += await admitted(admission, 9);
  }
  expect(count).toBe(60);
  await pass(500);
  await pass(60_000);
  expect(await admitted(admission, 9)).toBe(6);
});

test('a tenant with a small quota waits for its next request', async () => {
  const { start, pass } = replicas(1);
  const admission = start();
  expect(await admitted(admission, 2)).toBe(1);
  await pass(500);
  await pass(14_500);
  const { retryAfter = 0 } = await refusal(admission);
  expect(retryAfter).toBe(40);
  await pass(retryAfter * 1000);
  expect(await admitted(admission, 2)).toBe(1);
});

test('a replica asks the database once for a known tenant that sends little', async () => {
  const { start, shared } = replicas(600);
  expect(await admitted(start(), 5)).toBe(5);
  expect(shared.calls).toBe(1);
});

test('a known tenant is admitted at once, without a promise', async () => {
  const admission = replicas(600).start();
  expect(admission.admit('acme-payroll')).toBeInstanceOf(Promise);
  await admitted(admission, 1);
  expect(admission.admit('acme-payroll')).toMatchObject({ requests_per_minute: 600 });
});

test('a flood is shared at once, so that another replica admits little of it', async () => {
  const { start, pass } = replicas(600);
  const [one, two] = [start(), start()];
  expect(await admitted(one, 100)).toBe(60);
  await pass(0);
  // What came while the first sharing ran was shared after it.
  expect(await admitted(two, 100)).toBeLessThan(10);
});

test('replicas together exceed a quota by no more than what the others admitted in the last second and a half', async () => {
  const { start, pass, shared } = replicas(600);
  const [one, two] = [start(), start()];
  // Too little to be shared at once.
  expect(await admitted(two, 5)).toBe(5);
  expect(await admitted(one, 100)).toBeLessThanOrEqual(60);
  await pass(500);
  const { requests } = shared.tenants.get('acme-payroll') as { requests: number };
  expect(requests).toBeGreaterThanOrEqual(60);
  expect(requests).toBeLessThanOrEqual(65);
  await pass(0);
  // Half a second is five requests.
  expect((await admitted(one, 100)) + requests).toBeLessThanOrEqual(70);
});

test('a request of a tenant with a small quota is shared at once', async () => {
  const { start, pass } = replicas(60);
  const [one, two] = [start(), start()];
  expect(await admitted(one, 1)).toBe(1);
  await pass(0);
  expect(await admitted(two, 9)).toBe(5);
  await pass(1000);
  expect(await admitted(one, 9)).toBe(1);
});

test('requests that were admitted before the quota was lowered use what they did then', async () => {
  const { start, pass, shared } = replicas(6000);
  const admission = start();
  expect(await admitted(admission, 50)).toBe(50);
  shared.limit = 1;
  await pass(1000);
  expect(await admitted(admission, 2)).toBe(1);
});

test('what is counted while a count is shared is shared within half a second', async () => {
  const { start, pass, shared } = replicas(6000);
  const admission = start();
  await admitted(admission, 61);
  // The sixty-first made the replica share; these come before the answer.
  for (let sent = 0; sent < 7; sent += 1) admission.admit('acme-payroll');
  await pass(500);
  await pass(500);
  expect(shared.tenants.get('acme-payroll')?.requests).toBe(68);
});

test('a clock that is set back refuses nobody for longer', async () => {
  const { start, pass, shared } = replicas(600);
  const admission = start();
  expect(await admitted(admission, 61)).toBe(60);
  await pass(500);
  shared.tenants.set('acme-payroll', { suspended: false, requests: 0, usedUntil: 0 });
  await pass(-3_600_000);
  expect(await admitted(admission, 1)).toBe(1);
});

test('requests that arrive together wait for one answer of the database', async () => {
  const { start, shared } = replicas(6000);
  shared.add('other');
  const admission = start();
  await Promise.all(['acme-payroll', 'other', 'acme-payroll', 'other'].map((tenant) => admission.admit(tenant)));
  // The first call is for the first tenant; the second one for all who came meanwhile.
  expect(shared.calls).toBe(2);
});

test('a suspended, a resumed and a new tenant are noticed within a second', async () => {
  const { start, pass, shared } = replicas(6000);
  const admission = start();
  await admission.admit('acme-payroll');
  expect((await refusal(admission, 'other')).kind).toBe('unauthorized');
  const tenant = shared.tenants.get('acme-payroll') as { suspended: boolean };
  tenant.suspended = true;
  shared.add('other');
  await pass(1000);
  expect(await refusal(admission)).toMatchObject({ kind: 'forbidden', code: 'tenant_suspended' });
  await admission.admit('other');
  tenant.suspended = false;
  await pass(1000);
  await admission.admit('acme-payroll');
  shared.tenants.delete('acme-payroll');
  await pass(1000);
  expect((await refusal(admission)).message).toMatch(/does not exist, or was removed/);
});

test('while the database is away nothing is admitted for longer than a second, and no count is lost', async () => {
  const { start, pass, shared } = replicas(6000);
  const admission = start();
  expect(await admitted(admission, 3)).toBe(3);
  shared.isAway = true;
  await pass(500);
  expect(await admitted(admission, 2)).toBe(2);
  await pass(500);
  await expect(admission.admit('acme-payroll')).rejects.toThrow('the database is away');
  shared.isAway = false;
  await admission.admit('acme-payroll');
  await admission.close();
  expect(shared.tenants.get('acme-payroll')?.requests).toBe(6);
});
