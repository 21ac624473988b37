import { deriveId } from '../domain/identifiers.ts';
import type { Store } from '../store/store.ts';

/** What a world holds when it begins. */
export interface Seed {
  readonly organizations: readonly {
    /** The name in its API keys: `acme` in `vit_apk_acme`. */
    readonly slug: string;
    readonly plans: readonly string[];
  }[];
}

/** Two organizations, so that isolation and blocked people can be tried. */
export const defaultSeed: Seed = {
  organizations: [
    { slug: 'acme', plans: ['Primary Care', 'Primary Care + Mental Health'] },
    { slug: 'globex', plans: ['Primary Care'] },
  ],
};

/** Fills an empty world. The ids derive from the names, so they are the same in every world. */
export function plant(store: Store, seed: Seed): void {
  store.transaction(() => {
    for (const { slug, plans } of seed.organizations) {
      const id = deriveId('org', slug);
      store.organizations.insert({ id, slug });
      for (const name of plans) store.organizations.insertPlan(id, { id: deriveId('pln', `${slug}/${name}`), name });
    }
  });
}
