import { setTimeout as sleep } from 'node:timers/promises';
import { members } from './people.ts';
import { spawnSubject } from './processes.ts';
import { median } from './sandwich.ts';
import { eagerMock } from './subjects.ts';
import { allApplied, senderWith } from './workloads.ts';

const rows = 5000;
/** How many clients keep retrieving a group meanwhile. */
const readers = 4;
const key = 'vit_apk_acme';

/** The longest time the mock was blocked while a sync was validated, stored and applied. */
export interface Stall {
  readonly sync: string;
  /** Milliseconds between two turns of the event loop: the longest of each try, and the median of these. */
  readonly ms: number;
}

/** The syncs that run during the retrievals. */
type Work = (group: string) => Promise<void>;

export async function stalls(tries: number, tell: (sync: string) => void): Promise<Stall[]> {
  const subject = await spawnSubject(eagerMock, {
    path: '/v1/plans',
    init: { headers: { authorization: `Bearer ${key}` } },
  });
  const call = senderWith(subject, key);
  let people = 0;
  const [plan] = (await call('GET', '/v1/plans')) as unknown as { id: string }[];
  let roster = members(rows, String(plan?.id), people);
  const submit = async (group: string) => {
    await call('POST', `/v1/groups/${group}/members/sync`, { members: roster });
    await allApplied(subject, key);
  };
  const works: Readonly<Record<string, Work>> = {
    none: () => sleep(300),
    'all new': (group) => {
      people += rows;
      roster = members(rows, String(plan?.id), people);
      return submit(group);
    },
    'all known': (group) => submit(group),
    'all changed': (group) => {
      roster = roster.map((row) => ({ ...row, last_name: `${row.last_name}-Married` }));
      return submit(group);
    },
    'all removed': (group) => {
      roster = [];
      return submit(group);
    },
  };
  try {
    const found = new Map<string, number[]>();
    for (let round = 0; round <= tries; round += 1) {
      const { id } = await call('POST', '/v1/groups', { name: 'Watched' });
      for (const [name, work] of Object.entries(works)) {
        tell(name);
        let done = false;
        await subject.ask('stall');
        const background = async () => {
          while (!done) await call('GET', `/v1/groups/${id}`);
        };
        const watched = async () => {
          await work(id);
          done = true;
        };
        await Promise.all([watched(), ...Array.from({ length: readers }, background)]);
        const longest = await subject.ask('stall');
        // The first round warms up.
        if (round > 0) found.set(name, [...(found.get(name) ?? []), longest]);
      }
    }
    return [...found].map(([sync, longest]) => ({ sync, ms: median(longest) }));
  } finally {
    await subject.close();
  }
}
