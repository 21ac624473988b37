import { type ErrorContext, faulty, type Reply } from '../http/replies.ts';
import type { Host } from '../jobs/clock.ts';
import type { Fault } from '../worlds/faults.ts';

/**
 * Applies a fault to a request. Calls `respond`, which must not throw, if the request is to take effect. Latency is real
 * time, not world time, so a client waits even if the world is frozen.
 */
export async function applyFault(
  fault: Fault,
  respond: () => Reply,
  host: Host,
  context: ErrorContext,
): Promise<Reply> {
  const { id, status, retry_after, latency_ms, cut, applied = false } = fault;
  const isLost = status !== undefined || cut === 'connection';
  const done = isLost && !applied ? undefined : respond();
  if (latency_ms !== undefined) await new Promise<void>((resolve) => host.after(latency_ms, resolve));
  const reply = status === undefined ? (done ?? { status: 0, body: null }) : faulty({ ...fault, status }, context);
  const headers = {
    ...reply.headers,
    ...(retry_after !== undefined && { 'retry-after': String(retry_after) }),
    ...lowerCased(fault.headers),
    'x-mock-fault': id,
  };
  return { ...reply, headers, cut };
}

const lowerCased = (headers: Fault['headers'] = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
