import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Host, Mock } from '../index.ts';

/** A machine at the start of the example employer's year. */
export const newYear: Host = { now: () => Date.parse('2026-01-01T08:00:00Z'), after: () => () => {} };

const examples = join(import.meta.dirname, '../../spec/examples');

/** Sends a request with the key of acme. */
export const send = (mock: Mock, method: string, path: string, body?: unknown, key = 'vit_apk_acme') =>
  mock.fetch(path, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });

/** Creates a group and returns its id. */
export async function addGroup(mock: Mock, name: string, reference: string, key?: string): Promise<string> {
  const body = { name, external_reference_id: reference };
  const answer = (await (await send(mock, 'POST', '/v1/groups', body, key)).json()) as { data: { id: string } };
  return answer.data.id;
}

/**
 * Submits the rosters of the example employer, each on the first of its month, and completes each before the next.
 * Freezes the clock. Returns the id of the group.
 */
export async function playEmployer(mock: Mock): Promise<string> {
  const id = await addGroup(mock, 'Keystone Bakery', 'keystone-bakery');
  for (const file of readdirSync(join(examples, 'employer')).sort()) {
    mock.control().freezeClock({ at: `${file.replace('.json', '')}-01T09:00:00Z` });
    await send(mock, 'POST', `/v1/groups/${id}/members/sync`, readFileSync(join(examples, 'employer', file), 'utf8'));
    mock.clock().advance(86_400_000);
  }
  return id;
}
