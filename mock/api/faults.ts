import { type ErrorContext, faulty, type Reply } from '../http/replies.ts';
import type { Host } from '../jobs/clock.ts';
import type { Fault } from '../worlds/faults.ts';

/**
 * The reply to a request that meets a fault. `respond` does what was asked, if the fault lets it; it never throws.
 * Latency is the machine's time, not the world's, so a client waits for it even if the world is frozen.
 */
export async function applyFault(
  { id, status, retry_after, latency_ms, cut, applied = false }: Fault,
  respond: () => Reply,
  host: Host,
  context: ErrorContext,
): Promise<Reply> {
  const isLost = status !== undefined || cut === 'connection';
  const done = isLost && !applied ? undefined : respond();
  if (latency_ms !== undefined) await new Promise<void>((resolve) => host.after(latency_ms, resolve));
  const reply = status === undefined ? (done ?? { status: 0, body: null }) : faulty(status, retry_after, context);
  return { ...reply, headers: { ...reply.headers, 'x-mock-fault': id }, cut };
}
