import type { RemoteFlags } from './command.ts';
import type { Schemas } from './index.ts';

/** A running mock cannot be reached; the message says why, and what to do. */
export class RemoteError extends Error {}

/** How long an answer may take, in milliseconds. */
const timeoutMs = 10_000;

/** Reads from the control plane of a running mock, or sends it a JSON body. Throws a RemoteError. */
export async function callControl<Name extends keyof Schemas>(
  { url, controlToken }: RemoteFlags,
  path: string,
  body?: unknown,
): Promise<Schemas[Name]> {
  const response = await fetch(`${url}/_mock${path}`, {
    headers: {
      ...(controlToken !== undefined && { authorization: `Bearer ${controlToken}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((error: Error) => {
    const why = (error.cause as Error | undefined)?.message ?? error.message;
    throw new RemoteError(`no mock answers at ${url} (${why}); start one, or set its address with --url`);
  });
  const answer = (await response.json().catch(() => undefined)) as { message?: string } | undefined;
  if (!response.ok || answer === undefined)
    throw new RemoteError(`${url} answered ${response.status}: ${answer?.message ?? 'this is not a mock'}`);
  return answer as Schemas[Name];
}

export const worldPath = (world: string, part: string): string => `/worlds/${encodeURIComponent(world)}/${part}`;
