import { type ErrorContext, faulty, type Reply } from '../http/replies.ts';
import type { Host } from '../jobs/clock.ts';
import type { Fault } from '../worlds/faults.ts';

/**
 * Answers a request to which a fault happens. `perform` does what was asked, where the fault lets it; it never throws.
 * Latency is the machine's time, not the world's: a client waits for it also where the world is frozen.
 */
export async function suffer(
  { id, status, retry_after, latency_ms, cut, applied = false }: Fault,
  perform: () => Promise<Reply>,
  host: Host,
  context: ErrorContext,
): Promise<Reply> {
  const unanswered = status !== undefined || cut === 'connection';
  const done = unanswered && !applied ? undefined : await perform();
  if (latency_ms !== undefined) await new Promise<void>((resolve) => host.after(latency_ms, resolve));
  const reply = status === undefined ? (done ?? { status: 0, body: null }) : faulty(status, retry_after, context);
  return { ...reply, headers: { ...reply.headers, 'x-mock-fault': id }, cut };
}
