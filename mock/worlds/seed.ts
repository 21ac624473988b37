import type { components } from '../../generated/control-api.ts';
import { storedReference } from '../domain/external-reference.ts';
import { deriveId } from '../domain/identifiers.ts';
import { matchKeys, type PersonalDetails } from '../domain/people.ts';
import { Problem, shown } from '../domain/problems.ts';
import { randomStream } from '../domain/random.ts';
import { refuseDuplicates } from '../domain/submission.ts';
import { completeSync, type SyncContext } from '../jobs/reconciliation.ts';
import type { StoredGroup } from '../store/groups.ts';
import { outsideSlug } from '../store/organizations.ts';

type Schemas = components['schemas'];
/** What a world contains when it is created. */
export type Seed = Schemas['Seed'];

/** Two organizations, so that clients can try isolation and blocked people. */
export const defaultSeed: Seed = {
  organizations: [
    { slug: 'acme', plans: ['Primary Care', 'Primary Care + Mental Health'] },
    { slug: 'globex', plans: ['Primary Care'] },
  ],
};

type Path = readonly (string | number)[];

/** A seed that fits its schema but cannot be added; `path` points to the problem. */
export class SeedError extends Problem {
  readonly path: Path;

  constructor(path: Path, message: string) {
    super(
      'conflict',
      'bad_seed',
      `${path
        .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
        .join('')
        .slice(1)}: ${message}`,
    );
    this.path = path;
  }
}

/**
 * Adds a seed to a world; existing organizations and plans stay unchanged. Ids are derived from names, so they are the
 * same in every world. Throws a SeedError, and then adds nothing.
 */
export function plant(context: SyncContext, seed: Seed): void {
  context.store.transaction(() => {
    seed.organizations?.forEach((organization, index) => {
      plantOrganization(context, organization, ['organizations', index]);
    });
    seed.outside_subscriptions?.forEach((outsider, index) => {
      plantOutsider(context, outsider, ['outside_subscriptions', index]);
    });
  });
}

function plantOrganization(context: SyncContext, seed: Schemas['SeedOrganization'], path: Path): void {
  const { organizations } = context.store;
  const { slug, plans = [], groups = [] } = seed;
  const id = deriveId('org', slug);
  if (organizations.find(slug) === undefined) organizations.create({ id, slug });
  plans.forEach((given, index) => {
    const plan = typeof given === 'string' ? { id: deriveId('pln', `${slug}/${given}`), name: given } : given;
    const owner = organizations.ownerOf(plan.id);
    if (owner === undefined) organizations.addPlan(id, plan);
    else if (owner !== id)
      throw new SeedError([...path, 'plans', index], `the plan ${shown(plan.id)} belongs to another organization.`);
  });
  groups.forEach((group, index) => {
    plantGroup(context, { id, slug }, group, [...path, 'groups', index]);
  });
}

function plantGroup(
  context: SyncContext,
  organization: { readonly id: string; readonly slug: string },
  seed: Schemas['SeedGroup'],
  path: Path,
): void {
  const { store, clock, quirks } = context;
  const { name, external_reference_id: reference, members = [] } = seed;
  const at = clock.timestamp();
  const group = {
    id: deriveId('grp', `${organization.slug}/${reference || name}`),
    organization_id: organization.id,
    name,
    external_reference_id: storedReference(reference, quirks),
    created_at: at,
    updated_at: at,
  };
  const planted = store.groups.create(group);
  if (planted === undefined)
    throw new SeedError(path, `the group ${shown(reference || name)} already exists; expected another reference.`);
  if (members.length === 0) return;

  const plans = store.organizations.plans(organization.id);
  const rows = members.map((row) => ({
    ...row,
    plan_id: plans.find((plan) => plan.name === row.plan_id)?.id ?? row.plan_id,
  }));
  const where = [...path, 'members'];
  try {
    refuseDuplicates(rows);
  } catch (error) {
    throw new SeedError(where, (error as Error).message);
  }
  const sync = { id: deriveId('grpmsr', `${group.id}/seed`), groupKey: planted.key, acceptedAt: at };
  store.syncs.accept(sync, rows);
  const [failure] = completeSync({ ...context, random: randomStream(group.id) }, sync.id).results.failures;
  if (failure !== undefined) {
    const index = rows.findIndex((row) => row.reference_id === failure.reference_id);
    throw new SeedError([...where, index], `${shown(failure.reference_id)} cannot be added. ${failure.reason}`);
  }
}

/** Subscribes a person under an organization that no API key can name. */
function plantOutsider({ store, clock }: SyncContext, outsider: Schemas['Outsider'], path: Path): void {
  const details = outsider as PersonalDetails;
  const keys = matchKeys(details);
  if (keys.byEmail === null && keys.byName === null)
    throw new SeedError(path, 'expected an e-mail or a phone, which identify the person; got neither.');
  const at = clock.timestamp();
  const organization = { id: deriveId('org', outsideSlug), slug: outsideSlug };
  const group = {
    id: deriveId('grp', outsideSlug),
    organization_id: organization.id,
    name: 'Elsewhere',
    external_reference_id: '',
    created_at: at,
    updated_at: at,
  };
  const planId = deriveId('pln', outsideSlug);
  if (store.organizations.find(outsideSlug) === undefined) {
    store.organizations.create(organization);
    store.organizations.addPlan(organization.id, { id: planId, name: 'A plan elsewhere' });
    store.groups.create(group);
  }
  const { key } = store.groups.find(organization.id, group.id) as StoredGroup;
  const person = store.members.match(keys);
  if (person?.active) throw new SeedError(path, 'this person already has an active subscription.');
  const memberId = deriveId('grpmbr', `${outsideSlug}/${keys.byEmail ?? keys.byName}`);
  const addition = {
    referenceId: memberId,
    memberId,
    planId,
    person: person?.key ?? { newId: deriveId('mbr', memberId) },
    details: { ...person?.details, ...details },
    keys: matchKeys({ ...person?.details, ...details }),
  };
  store.members.subscribe(key, addition, 'active', at);
}
