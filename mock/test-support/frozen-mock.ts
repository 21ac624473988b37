import { expect, onTestFinished } from 'vitest';
import { type OperationId, operations } from '../../generated/operations.ts';
import type { RuleId } from '../../generated/rules.ts';
import { schemas, type Validator } from '../../generated/validators.ts';
import { deriveId } from '../domain/identifiers.ts';
import type { MemberRow } from '../domain/people.ts';
import { type Mock, type MockOptions, startMock } from '../index.ts';
import type { Host } from '../jobs/clock.ts';
import { rowOf } from './rows.ts';

export const acme = 'vit_apk_acme';
export const globex = 'vit_apk_globex';
export const acmePlan = deriveId('pln', 'acme/Primary Care');
export const globexPlan = deriveId('pln', 'globex/Primary Care');

/** Ids with a valid format that do not exist. */
export const unknownGroup = deriveId('grp', 'nowhere');
export const unknownRequest = deriveId('grpmsr', 'never');

/** A valid row on a plan of acme about a different person for each name. */
export const row = (name: string, overrides?: Partial<MemberRow>): MemberRow => rowOf(name, acmePlan, overrides);

/** A machine whose time never moves and whose timers never fire. */
export const stoppedHost: Host = { now: () => Date.parse('2026-01-15T10:30:00Z'), after: () => () => {} };

export interface Sent {
  readonly key?: string | null;
  /** Sent as JSON; a string or bytes are sent unchanged. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface CheckedAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed; undefined if there was none. */
  // biome-ignore lint/suspicious/noExplicitAny: every body was validated against the contract's schema
  readonly body: any;
}

/** An in-process mock with frozen time, and calls that validate every answer against the contract. */
export interface FrozenMock {
  readonly mock: Mock;
  readonly call: (method: string, path: string, sent?: Sent) => Promise<CheckedAnswer>;
  /** Creates a group and returns its id. */
  readonly group: (name?: string, key?: string) => Promise<string>;
  /** Submits a roster, completes the sync and returns its results. */
  readonly sync: (group: string, members: readonly MemberRow[], key?: string) => Promise<SyncSummary>;
}

interface SyncSummary {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** The references of failed rows, in the order of the rows. */
  readonly failed: readonly string[];
  readonly reasons: readonly string[];
}

/** Starts a mock and closes it at the end of the test. A sync takes one second of world time. */
export async function openMock(options: MockOptions = {}): Promise<FrozenMock> {
  const mock = await startMock({ port: 0, host: stoppedHost, progress: { after: 'delay', ms: 1000 }, ...options });
  onTestFinished(() => mock.close());

  const call: FrozenMock['call'] = async (method, path, { key = acme, body, headers = {} } = {}) => {
    const raw = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
    const response = await mock.fetch(
      new Request(mock.url + path, {
        method,
        headers: {
          ...(key !== null && { authorization: `Bearer ${key}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: raw ? (body as string) : JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    const answer = { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined };
    const legacy = answer.status === 401 && options.quirks?.['error-shape'] === 'legacy';
    if (method !== 'HEAD' && !legacy) expectContract(method, path, answer);
    return answer;
  };

  const group: FrozenMock['group'] = async (name = 'A group', key = acme) =>
    (await call('POST', '/v1/groups', { key, body: { name } })).body.data.id;

  const sync: FrozenMock['sync'] = async (id, members, key = acme) => {
    const path = `/v1/groups/${id}/members/sync`;
    const submitted = await call('POST', path, { key, body: { members } });
    expect(submitted.status, submitted.body.message).toBe(202);
    mock.clock(/\.(.+)$/.exec(key)?.[1]).advance(1000);
    const { results } = (await call('GET', `${path}/${submitted.body.data.request_id}`, { key })).body.data;
    return {
      added: results.added_group_member_ids,
      removed: results.removed_group_member_ids,
      failed: results.failures.map((failure: { reference_id: string }) => failure.reference_id),
      reasons: results.failures.map((failure: { reason: string }) => failure.reason),
    };
  };

  return { mock, call, group, sync };
}

/** The same calls with the keys of another world of the mock. */
export function inWorld({ mock, call, group, sync }: FrozenMock, world: string): FrozenMock {
  const keyed = (key: string | null = acme) => (key === null ? null : `${key}.${world}`);
  return {
    mock: { ...mock, control: () => mock.control(world), clock: () => mock.clock(world) },
    call: (method, path, sent = {}) => call(method, path, { ...sent, key: keyed(sent.key) }),
    group: (name, key = acme) => group(name, `${key}.${world}`),
    sync: (id, members, key = acme) => sync(id, members, `${key}.${world}`),
  };
}

/** Validates an answer against the schema of its operation and status, and a refusal against ERR-1 and ERR-2. */
function expectContract(method: string, path: string, { status, headers, body }: CheckedAnswer): void {
  const [pathname = ''] = path.split('?');
  const id = Object.keys(operations).find((name) => {
    const operation = operations[name as OperationId];
    return (
      operation.method === method && new RegExp(`^${operation.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(pathname)
    );
  });
  expect(headers.get('content-type')).toMatch(/^application\/json\b/);
  const responses: Readonly<Record<string, string>> = id ? operations[id as OperationId].responses : {};
  if (id !== undefined) expect(Object.keys(responses), `documented statuses of ${id}`).toContain(String(status));
  const schema = (responses[status] ?? 'Error') as keyof typeof schemas;
  const validator = schemas[schema] as Validator<unknown>;
  expect(validator(body), `${schema}: ${JSON.stringify(validator.errors)} in ${JSON.stringify(body)}`).toBe(true);
  if (status >= 400) expect(body.error).toBe(body.message);
}

/** Expects a refusal: its status, the rule that the header names (null for none), and words of its message. */
export function expectRefusal(
  answer: CheckedAnswer,
  status: number,
  rule: RuleId | null,
  ...words: readonly string[]
): void {
  const { message } = answer.body;
  expect(answer.status, message).toBe(status);
  expect(answer.headers.get('x-mock-rule'), message).toBe(rule);
  for (const word of words) expect(message).toContain(word);
}
