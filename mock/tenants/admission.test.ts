import { expect, test } from 'vitest';
import { Problem } from '../domain/problems.ts';
import { defaultQuotas } from '../domain/quotas.ts';
import type { Host } from '../jobs/clock.ts';
import { machine } from '../test-support/machine.ts';
import { Admission, type Standing } from './admission.ts';

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
  const tenants = new Map<string, { suspended: boolean; requests: number; minute: number }>();
  const shared = {
    tenants,
    calls: 0,
    isAway: false,
    add: (name: string) => tenants.set(name, { suspended: false, requests: 0, minute: 0 }),
    async count(requests: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, Standing>> {
      shared.calls += 1;
      await Promise.resolve();
      if (shared.isAway) throw new Error('the database is away');
      const minute = Math.floor(host.now() / 60_000);
      const standings = new Map<string, Standing>();
      for (const [name, more] of requests) {
        const tenant = tenants.get(name);
        if (tenant === undefined) continue;
        tenant.requests = more + (tenant.minute === minute ? tenant.requests : 0);
        tenant.minute = minute;
        standings.set(name, {
          isSuspended: tenant.suspended,
          quotas: { ...defaultQuotas, requests_per_minute: limit },
          requests: tenant.requests,
          msLeft: (minute + 1) * 60_000 - host.now(),
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
  const start = () => new Admission((requests) => shared.count(requests), host);
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

test('a replica admits as many requests in a minute as the quota, and asks the database once', async () => {
  const { start, shared, pass } = replicas(5);
  const admission = start();
  expect(await admitted(admission, 8)).toBe(5);
  expect(shared.calls).toBe(1);
  const { kind, code, message, retryAfter } = await refusal(admission);
  expect([kind, code, retryAfter]).toEqual(['rate-limited', 'quota_exceeded', 60]);
  expect(message).toContain('This tenant may have 5 requests per minute in all worlds together');
  expect(message).toContain('wait 60 s');

  await pass(45_000);
  expect((await refusal(admission)).retryAfter).toBe(15);
  await pass(15_000);
  expect(await admitted(admission, 8)).toBe(5);
});

test('a known tenant is admitted at once, without a promise', async () => {
  const admission = replicas(5).start();
  expect(admission.admit('acme-payroll')).toBeInstanceOf(Promise);
  await admitted(admission, 1);
  expect(admission.admit('acme-payroll')).toMatchObject({ requests_per_minute: 5 });
});

test('replicas together exceed a quota by no more than what the others admitted in the last second and a half', async () => {
  const { start, pass, shared } = replicas(10);
  const [one, two] = [start(), start()];
  expect(await admitted(one, 6)).toBe(6);
  expect(await admitted(two, 6)).toBe(6);
  await pass(500);
  expect(shared.tenants.get('acme-payroll')?.requests).toBe(12);
  await pass(1000);
  expect(await admitted(one, 3)).toBe(0);
  expect(await admitted(two, 3)).toBe(0);
});

test('requests that arrive together wait for one answer of the database', async () => {
  const { start, shared } = replicas(100);
  shared.add('other');
  const admission = start();
  await Promise.all(['acme-payroll', 'other', 'acme-payroll', 'other'].map((tenant) => admission.admit(tenant)));
  // The first call is for the first tenant; the second one for all who came meanwhile.
  expect(shared.calls).toBe(2);
});

test('a suspended, a resumed and a new tenant are noticed within a second', async () => {
  const { start, pass, shared } = replicas(100);
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
  const { start, pass, shared } = replicas(100);
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
