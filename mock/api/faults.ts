import { type ErrorContext, faulty, type Reply } from '../http/replies.ts';
import type { Host } from '../jobs/clock.ts';
import type { Fault } from '../worlds/faults.ts';

/** The reply to a request that a fault keeps from taking effect. */
export const noReply: Reply = { status: 0, body: null };

/** Whether a request with this fault has no effect. */
export const preventsEffect = ({ status, cut, applied = false }: Fault): boolean =>
  (status !== undefined || cut === 'connection') && !applied;

/**
 * The reply that a client receives instead of `given`, after the delay of the fault. The delay is real time, not world
 * time, so a client waits even if the world is frozen.
 */
export async function applyFault(fault: Fault, given: Reply, host: Host, context: ErrorContext): Promise<Reply> {
  const { id, status, retry_after, latency_ms, cut } = fault;
  if (latency_ms !== undefined) await new Promise<void>((resolve) => host.after(latency_ms, resolve));
  const reply = status === undefined ? given : faulty({ ...fault, status }, context);
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
