import { expect } from 'vitest';
import type { MemberRow } from '../domain/people.ts';
import type { Mock, Schemas } from '../index.ts';
import { acme, type FrozenMock, openMock, row } from './frozen-mock.ts';

type Answered = { readonly status: number; readonly headers: Headers; readonly data: never };

/** A correct client: it waits, retries what can be retried, searches before it creates, and reads results. */
export class GoodClient {
  readonly #mock: Pick<Mock, 'fetch'>;
  readonly #wait: (ms: number) => Promise<void> | void;
  readonly #key: string;

  constructor(mock: Pick<Mock, 'fetch'>, wait: (ms: number) => Promise<void> | void, key = acme) {
    this.#mock = mock;
    this.#wait = wait;
    this.#key = key;
  }

  /** Retries with exponential backoff from half a second, or as `Retry-After` says. Throws after ten attempts. */
  async request(method: string, path: string, body?: unknown, attempt = 0): Promise<Answered> {
    const retryAfter = async (ms: number) => {
      if (attempt === 9) throw new Error(`${method} ${path} failed ten times`);
      await this.#wait(ms);
      return this.request(method, path, body, attempt + 1);
    };
    const backoffMs = 500 * 2 ** attempt;
    try {
      const response = await this.#mock.fetch(path, {
        method,
        headers: { authorization: `Bearer ${this.#key}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const { status, headers } = response;
      if (status === 429 || status >= 500)
        return retryAfter(1000 * Number(headers.get('retry-after') ?? backoffMs / 1000));
      const { data } = (await response.json()) as { data: never };
      return { status, headers, data };
    } catch (error) {
      if (error instanceof TypeError) return retryAfter(backoffMs);
      throw error;
    }
  }

  async ensureGroup(name: string, reference: string): Promise<string> {
    const find = async () => (await this.request('GET', `/v1/groups?external_reference_id=${reference}`)).data[0];
    const found = await find();
    if (found !== undefined) return (found as { id: string }).id;
    const created = await this.request('POST', '/v1/groups', { name, external_reference_id: reference });
    // A 409 means that an earlier create took effect although its answer was lost.
    return ((created.status === 409 ? await find() : created.data) as unknown as { id: string }).id;
  }

  /** Lists every group, page by page until the first empty one, like an official client. */
  async groups(limit: number): Promise<string[]> {
    const ids: string[] = [];
    for (let page = 1; ; page++) {
      const { data } = await this.request('GET', `/v1/groups?page=${page}&limit=${limit}`);
      if ((data as []).length === 0) return ids;
      ids.push(...(data as { id: string }[]).map(({ id }) => id));
    }
  }

  /** Replaces the roster and waits for its results. */
  async sync(group: string, members: readonly MemberRow[]): Promise<Results> {
    const path = `/v1/groups/${group}/members/sync`;
    const submitted = await this.request('POST', path, { members });
    const { request_id } = submitted.data as { request_id: string };
    for (let ms = 1000; ; ms *= 1.5) {
      const { results } = (await this.request('GET', `${path}/${request_id}`)).data as { results: Results | null };
      if (results !== null) return results;
      await this.#wait(ms);
    }
  }
}

type Results = NonNullable<Schemas['Sync']['results']>;

export interface ClientMock extends FrozenMock {
  /** Submits a roster and returns the path of its sync. */
  readonly submit: (group: string, members: readonly unknown[]) => Promise<string>;
  readonly wait: (ms: number) => void;
  readonly findings: () => {
    readonly id: string;
    readonly evidence: readonly number[][];
    readonly what: readonly string[];
  }[];
}

/** A mock with a frozen clock that `wait` advances. A sync takes one second. */
export async function openClientMock(): Promise<ClientMock> {
  const frozen = await openMock();
  frozen.mock.clock().freeze();
  let groups = 0;
  return {
    ...frozen,
    async group(name = 'A group') {
      const body = { name, external_reference_id: `employer-${++groups}` };
      return (await frozen.call('POST', '/v1/groups', { body })).body.data.id;
    },
    wait: (ms) => void frozen.mock.clock().advance(ms),
    async submit(group, members) {
      const path = `/v1/groups/${group}/members/sync`;
      const { status, body } = await frozen.call('POST', path, { body: { members } });
      return status === 202 ? `${path}/${body.data.request_id}` : path;
    },
    findings: () =>
      frozen.mock
        .control()
        .advise()
        .findings.map(({ id, occurrences }) => ({
          id,
          evidence: occurrences.map(({ evidence }) => [...evidence]),
          what: occurrences.map(({ what }) => what),
        })),
  };
}

export type Client = (mock: ClientMock) => Promise<unknown>;

/** Submits each roster and reads its results before the next. */
export const rosters =
  (...all: (readonly unknown[])[]): Client =>
  async ({ group, sync }) => {
    const id = await group();
    for (const members of all) await sync(id, members as MemberRow[]);
  };

export const polling =
  (...pauses: readonly number[]): Client =>
  async ({ group, submit, call, wait, mock }) => {
    const path = await submit(await group(), [row('slow', { email: 'slow@example.com' })]);
    for (const ms of pauses) {
      await call('GET', path);
      wait(ms);
    }
    wait(60_000);
    await call('GET', path);
    expect(mock.control().advise().unfinished).toBe(0);
  };

export const limited =
  (fault: { status: number; retry_after?: number }, ...pauses: readonly number[]): Client =>
  async ({ mock, wait }) => {
    mock.control().addFault({ ...fault, times: pauses.length || 1 });
    for (const ms of [...pauses, 0]) {
      await mock.fetch('/v1/plans', { headers: { authorization: `Bearer ${acme}` } });
      wait(ms);
    }
  };

export const pages =
  (...numbers: readonly number[]): Client =>
  async ({ group, call }) => {
    for (const name of ['A', 'B', 'C']) await group(name);
    for (const page of numbers) await call('GET', `/v1/groups?limit=2&page=${page}`);
  };
