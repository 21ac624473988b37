import { randomBytes } from 'node:crypto';
import { defaultQuirks } from '../../mock/domain/quirks.ts';
import { systemHost, WorldClock } from '../../mock/jobs/clock.ts';
import { completeSync } from '../../mock/jobs/reconciliation.ts';
import { inMemory } from '../../mock/store/database.ts';
import { openStore } from '../../mock/store/store.ts';
import { members } from './people.ts';
import { median } from './sandwich.ts';

/** How long a sync takes from its stored roster to its committed results, in this process, in milliseconds. */
export interface Reconciled {
  readonly rows: number;
  readonly added: number;
  readonly unchanged: number;
  readonly removed: number;
}

const organization = { id: 'org_bench', slug: 'bench' };
const plan = { id: 'pln_bench', name: 'Bench' };

function once(rows: number): Omit<Reconciled, 'rows'> {
  const store = openStore(inMemory);
  const workplace = { store, clock: new WorldClock(systemHost), random: randomBytes, quirks: defaultQuirks };
  const at = workplace.clock.timestamp();
  store.organizations.insert(organization);
  store.organizations.insertPlan(organization.id, plan);
  const group = { id: 'grp_bench', organization_id: organization.id, name: 'Bench', external_reference_id: null };
  store.groups.insert({ ...group, created_at: at, updated_at: at });
  const groupKey = store.groups.find(organization.id, group.id)?.key as number;
  const roster = members(rows, plan.id);
  const apply = (id: string, payload: typeof roster): number => {
    const sync = { id, groupKey, acceptedAt: at };
    store.syncs.accept(sync, payload);
    const started = performance.now();
    completeSync(workplace, sync);
    return performance.now() - started;
  };
  try {
    return { added: apply('first', roster), unchanged: apply('second', roster), removed: apply('third', []) };
  } finally {
    store.close();
  }
}

/** Syncs of so many rows, each in a fresh world: the median of several. */
export function reconciled(rows: number, tries: number): Reconciled {
  once(500);
  const found = Array.from({ length: tries }, () => once(rows));
  const of = (what: 'added' | 'unchanged' | 'removed') => median(found.map((one) => one[what]));
  return { rows, added: of('added'), unchanged: of('unchanged'), removed: of('removed') };
}
