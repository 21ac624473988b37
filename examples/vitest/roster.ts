/** The code under test, as a partner might write it. It needs only the standard `fetch`, which a test may replace. */
export interface Connection {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly fetch?: (input: string, init?: RequestInit) => Promise<Response>;
  /** Milliseconds to wait between polls of a sync, and between attempts. */
  readonly wait?: (ms: number) => Promise<void>;
}

export interface Results {
  readonly added_group_member_ids: readonly string[];
  readonly removed_group_member_ids: readonly string[];
  readonly failures: readonly { readonly reference_id: string; readonly operation: string; readonly reason: string }[];
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Sends a request, and repeats it up to twice if the service is busy. */
export async function call<T>(connection: Connection, method: string, path: string, body?: unknown): Promise<T> {
  const { baseUrl, apiKey, fetch = globalThis.fetch, wait = pause } = connection;
  for (let attempt = 0; ; attempt++) {
    const response = await fetch(baseUrl + path, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const busy = response.status === 429 || response.status >= 500;
    if (busy && attempt < 2) {
      await wait(Number(response.headers.get('retry-after') ?? 2 ** attempt) * 1000);
      continue;
    }
    const answer = (await response.json()) as { data: T; message?: string };
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${answer.message}`);
    return answer.data;
  }
}

/** Replaces the roster of a group and returns the results. Throws if the sync does not complete in time. */
export async function replaceRoster(connection: Connection, group: string, members: unknown[]): Promise<Results> {
  const { wait = pause } = connection;
  const path = `/v1/groups/${group}/members/sync`;
  const { request_id } = await call<{ request_id: string }>(connection, 'POST', path, { members });
  for (let look = 0; look < 30; look++) {
    const { results } = await call<{ results: Results | null }>(connection, 'GET', `${path}/${request_id}`);
    if (results !== null) return results;
    await wait(1000);
  }
  throw new Error(`the sync ${request_id} did not complete`);
}
