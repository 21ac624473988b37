import { measureSlice, type Slice } from './load.ts';
import { members } from './people.ts';
import { type Subject, spawnSubject } from './processes.ts';
import { median, sandwich } from './sandwich.ts';
import { eagerMock } from './subjects.ts';
import type { Effort } from './throughput.ts';
import { allApplied, senderWith, submitRoster } from './workloads.ts';

const key = 'vit_apk_acme';

/** The numbers of groups, each with two members, at which throughput is measured. */
export const sizes = [100, 1_000, 10_000, 100_000] as const;

/** The throughput of larger mocks relative to one with 100 groups. */
export interface ThroughputGrowth {
  readonly workload: string;
  readonly control: number;
  readonly ratios: readonly { readonly groups: number; readonly ratio: number }[];
}

/** Starts a mock with the given number of groups, each with two members. */
export async function filledMock(groups: number): Promise<Subject> {
  const subject = await spawnSubject(
    { ...eagerMock, name: `mock with ${groups.toLocaleString('en')} groups` },
    { path: '/v1/plans', init: { headers: { authorization: `Bearer ${key}` } } },
  );
  const chunk = 2_500;
  for (let from = 1; from <= groups; from += chunk) {
    const seed = Array.from({ length: Math.min(chunk, groups + 1 - from) }, (_, index) => seedGroup(from + index));
    const response = await fetch(`${subject.url}/_mock/worlds/main/seed`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ organizations: [{ slug: 'acme', groups: seed }] }),
    });
    if (!response.ok) throw new Error(`could not fill the mock: ${await response.text()}`);
    await response.arrayBuffer();
  }
  return subject;
}

const seedGroup = (n: number) => ({
  name: `Group ${n}`,
  external_reference_id: `group-${n}`,
  members: members(2, 'Primary Care', 2 * n),
});

/** Saves the world of a mock; returns a function that restores it. */
async function saved(subject: Subject): Promise<() => Promise<void>> {
  const url = `${subject.url}/_mock/worlds/main/snapshot`;
  const body = await (await fetch(url)).text();
  return async () => {
    const response = await fetch(url, { method: 'PUT', headers: { 'content-type': 'application/json' }, body });
    if (!response.ok) throw new Error(`could not restore the mock: ${await response.text()}`);
    await response.arrayBuffer();
  };
}

/** Measures whether a request costs the same whatever the size of the mock. */
export async function growth(
  large: Subject,
  effort: Effort,
  tell: (workload: string) => void,
): Promise<ThroughputGrowth[]> {
  const [base, control, ...middle] = await Promise.all([sizes[0], ...sizes.slice(0, -1)].map(filledMock));
  if (base === undefined || control === undefined) throw new Error('there is nothing to compare with');
  const mocks = [base, control, ...middle, large] as const;
  try {
    const polls = new Map<Subject, string>();
    for (const subject of mocks) polls.set(subject, (await submitRoster(senderWith(subject, key), 20)).sync);
    const loads = {
      list: () => ({ path: '/v1/groups' }),
      filter: () => ({ path: '/v1/groups?external_reference_id=group-77' }),
      poll: (subject: Subject) => ({ path: polls.get(subject) as string }),
      create: () => ({
        path: '/v1/groups',
        body: JSON.stringify({ name: 'New', external_reference_id: 'ref-[<id>]' }),
      }),
    };
    const found: ThroughputGrowth[] = [];
    for (const [workload, load] of Object.entries(loads)) {
      tell(workload);
      const method = workload === 'create' ? 'POST' : 'GET';
      const measure = (subject: Subject, seconds = effort.seconds): Promise<Slice> =>
        measureSlice(subject, { method, key, connections: 10, ...load(subject) }, seconds, (one) =>
          allApplied(one, key),
        );
      // Restore the world before each slice of `create`, unless the slice adds little compared with what is there.
      const restores = new Map<Subject, () => Promise<void>>();
      if (workload === 'create') for (const subject of mocks.slice(0, -1)) restores.set(subject, await saved(subject));
      for (const subject of mocks) await measure(subject, effort.warmUp);
      const result = await sandwich([base, control, ...middle, large], effort.rounds, async (subject) => {
        await restores.get(subject)?.();
        return measure(subject);
      });
      const ratios = result.compared.map(({ ratios }, index) => ({
        groups: sizes[index + 1] as number,
        ratio: median(ratios),
      }));
      found.push({ workload, control: result.control, ratios });
    }
    return found;
  } finally {
    for (const subject of mocks) if (subject !== large) await subject.close();
  }
}
