import { CheckContext } from './context.ts';
import { NetworkError, Stopped } from './errors.ts';
import { PreconditionFailed } from './preconditions.ts';
import { keysOf, type Session } from './session.ts';
import type { TestGroup } from './test-group.ts';

/** What a run leaves behind at the target, and how many requests it sent. */
export interface Remains {
  /** Ids of groups that could not be emptied. */
  readonly left: readonly string[];
  /** How many groups the run created; the API cannot delete them. */
  readonly groups: number;
  readonly requests: number;
}

/** The maximum time of the clean-up of a stopped run, and of one answer to it. */
const maxStoppedMs = 10_000;

/**
 * Empties every group that the run put people into, on its own connection with its own limits. Takes no longer than one sync
 * may, or ten seconds if the run was stopped.
 */
export async function cleanUp(session: Session): Promise<Remains> {
  const { syncTimeoutMs } = session.settings;
  const ms = session.connection.signal.aborted ? maxStoppedMs : syncTimeoutMs;
  session.patienceMs = Math.min(session.patienceMs, ms);
  await session.reconnect(Math.min(ms, maxStoppedMs));
  const { connection } = session;
  const timer = setTimeout(() => connection.stop('the clean-up took too long'), ms);
  try {
    const left = await emptyGroups(session);
    await findUnanswered(session);
    return { left, groups: session.creations.groups.length, requests: connection.sent };
  } finally {
    clearTimeout(timer);
    await connection.close();
  }
}

async function emptyGroups(session: Session): Promise<string[]> {
  const context = new CheckContext(session, 'SYNC-9');
  const left: string[] = [];
  const emptied: [TestGroup, string][] = [];
  const attempt = async (group: TestGroup, work: () => Promise<boolean>) => {
    try {
      if (await work()) return;
    } catch (error) {
      if (!isOfTarget(error)) throw error;
    }
    left.push(group.id);
  };
  for (const group of session.groups.filter(({ occupied }) => occupied))
    await attempt(group, async () => {
      emptied.push([group, await context.submit(group, [])]);
      return true;
    });
  for (const [group, requestId] of emptied)
    await attempt(group, async () => typeof (await context.settled(group, requestId)).data.completed_at === 'string');
  const doubtful = session.groups.filter(({ id }) => session.observer.mayHaveMembers(id)).map(({ id }) => id);
  return [...new Set([...left, ...doubtful])];
}

/** Counts the groups that were created although no answer came. */
async function findUnanswered(session: Session): Promise<void> {
  const context = new CheckContext(session, 'GRP-1');
  try {
    for (const reference of session.creations.unanswered)
      for (const key of keysOf(session.settings)) {
        const query = { external_reference_id: reference };
        const { rows } = await context.sendWithKey(key, { operation: 'listGroups', query });
        for (const { id, external_reference_id } of rows)
          if (external_reference_id === reference) session.creations.found(id);
      }
  } catch (error) {
    // If the target does not answer this either, it is not asked again.
    if (!isOfTarget(error)) throw error;
  }
}

/** Whether an error comes from the target, or from a stopped run; any other is the kit's. */
export const isOfTarget = (error: unknown): boolean =>
  error instanceof NetworkError || error instanceof PreconditionFailed || error instanceof Stopped;
