import { randomBytes } from 'node:crypto';
import { defaultQuirks } from '../../../mock/domain/quirks.ts';
import { systemHost, WorldClock } from '../../../mock/jobs/clock.ts';
import { completeSync } from '../../../mock/jobs/reconciliation.ts';
import { openSqliteStore } from '../../../mock/store/sqlite/store.ts';
import { members } from './people.ts';
import { median } from './sandwich.ts';

/** What a sync can do with its rows. */
export const rowKinds = ['added', 'unchanged', 'removed'] as const;

type Times = Readonly<Record<(typeof rowKinds)[number], number>>;

/** Milliseconds in this process from the stored roster of a sync to its committed results. */
export interface ReconcileTimes extends Times {
  readonly rows: number;
}

/** The times of small and of large syncs. */
export interface ReconcileFigures {
  readonly few: ReconcileTimes;
  readonly many: ReconcileTimes;
  /** Time per row of a large sync relative to a small one: the median of large syncs, each run between two small ones. */
  readonly growth: Times;
}

const organization = { id: 'org_bench', slug: 'bench' };
const plan = { id: 'pln_bench', name: 'Bench' };

function once(rows: number): Times {
  const store = openSqliteStore();
  const context = { store, clock: new WorldClock(systemHost), random: randomBytes, quirks: defaultQuirks };
  const at = context.clock.timestamp();
  store.organizations.create(organization);
  store.organizations.addPlan(organization.id, plan);
  const group = { id: 'grp_bench', organization_id: organization.id, name: 'Bench', external_reference_id: null };
  store.groups.create({ ...group, created_at: at, updated_at: at });
  const groupKey = store.groups.find(organization.id, group.id)?.key as number;
  const roster = members(rows, plan.id);
  const apply = (id: string, payload: typeof roster): number => {
    const sync = { id, groupKey, acceptedAt: at };
    store.syncs.accept(sync, payload);
    const started = performance.now();
    completeSync(context, id);
    return performance.now() - started;
  };
  try {
    return { added: apply('first', roster), unchanged: apply('second', roster), removed: apply('third', []) };
  } finally {
    store.close();
  }
}

/** Alternates small and large syncs, each in a fresh world. */
export function reconciliation(few: number, many: number, rounds: number): ReconcileFigures {
  once(500);
  const small = [once(few)];
  const large: Times[] = [];
  for (let round = 0; round < rounds; round += 1) {
    large.push(once(many));
    small.push(once(few));
  }
  const each = (of: (outcome: keyof Times) => number): Times =>
    Object.fromEntries(rowKinds.map((outcome) => [outcome, of(outcome)])) as Times;
  const typical = (times: readonly Times[]) => each((outcome) => median(times.map((one) => one[outcome])));
  const growth = (outcome: keyof Times): number =>
    median(
      large.map((one, round) => {
        const around = ((small[round] as Times)[outcome] + (small[round + 1] as Times)[outcome]) / 2;
        return one[outcome] / many / (around / few);
      }),
    );
  return { few: { rows: few, ...typical(small) }, many: { rows: many, ...typical(large) }, growth: each(growth) };
}
