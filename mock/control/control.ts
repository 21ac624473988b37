import type { components } from '../../generated/control-api.ts';
import { schemas, type Validator } from '../../generated/control-validators.ts';
import { scenarios } from '../../generated/scenarios.ts';
import { advise } from '../advisor/advise.ts';
import { nextState } from '../domain/lifecycle.ts';
import { Problem, shown } from '../domain/problems.ts';
import { firstError, sentence } from '../http/messages.ts';
import { schemaVersion } from '../store/snapshots.ts';
import { scenarioNamed } from '../worlds/scenarios.ts';
import type { World } from '../worlds/world.ts';
import { mainWorld, type Worlds } from '../worlds/worlds.ts';

export type Schemas = components['schemas'];

export interface Page {
  /** Counted from 1, which is the default. */
  readonly page?: number;
  /** How many there are on a page; 100 by default. */
  readonly limit?: number;
}

/** The last instant that a timestamp can name. */
const lastInstant = Date.parse('9999-12-31T23:59:59.999Z');

/** Throws a Problem where a request is not what its schema says, whether it came over HTTP or from a program. */
export function check<Name extends keyof typeof schemas>(name: Name, request: Schemas[Name]): void {
  const validator = schemas[name] as Validator<unknown>;
  if (!validator(request)) throw new Problem('invalid', 'validation_failed', `${sentence(firstError(validator))}.`);
}

/** Every world that is open. */
export function listWorlds(worlds: Worlds): Schemas['WorldList'] {
  return { worlds: worlds.all().map(describe) };
}

/** What a world can begin with by a name. */
export function listScenarios(): Schemas['ScenarioList'] {
  return {
    scenarios: Object.entries(scenarios).map(([name, { holds, try: attempt, see }]) => ({
      name,
      holds,
      try: attempt,
      see,
    })),
  };
}

function describe({ name, clock, store }: World): Schemas['World'] {
  return {
    name,
    clock: { now: clock.timestamp(), frozen: clock.frozen },
    syncs_in_flight: store.overview.syncsInFlight(),
    organizations: store.overview.organizations().map(({ id, slug, groups }) => ({
      id,
      slug,
      key: `vit_apk_${slug}${name === mainWorld ? '' : `.${name}`}`,
      groups,
      plans: store.organizations.plans(id),
    })),
  };
}

/**
 * What can be done to one world from outside the contract; each function is an operation of
 * `spec/control.openapi.yaml`. One that writes makes the world where there is none yet, one that reads throws.
 * All throw a Problem that says what was expected.
 */
export function worldControl(worlds: Worlds, name: string) {
  const open = () => worlds.open(name);
  const existing = (): World => {
    const world = worlds.find(name);
    if (world === undefined)
      throw new Problem('not-found', 'world_not_found', `There is no world ${shown(name)}; its first use makes it.`);
    return world;
  };
  const readClock = (): Schemas['Clock'] => {
    const { clock } = existing();
    return { now: clock.timestamp(), frozen: clock.frozen };
  };
  /** Moves the time on to an instant, in milliseconds since the epoch. */
  const moveTo = (field: string, instant: number): Schemas['Clock'] => {
    const { clock } = open();
    if (!(instant >= clock.now() && instant <= lastInstant))
      throw new Problem(
        'invalid',
        'bad_instant',
        `${field}: expected an instant from ${clock.timestamp()} to the end of 9999.`,
      );
    clock.advance(instant - clock.now());
    return readClock();
  };
  const slice = ({ page = 1, limit = 100 }: Page): [limit: number, offset: number] => [limit, (page - 1) * limit];
  const progress = (sync: Schemas['Sync']): Schemas['Sync'] => ({
    ...sync,
    progress: existing().queue.progress(sync.request_id) ?? sync.progress,
  });

  const readSync = (id: string): Schemas['Sync'] => {
    const sync = existing().store.overview.sync(id);
    if (sync === undefined)
      throw new Problem('not-found', 'sync_not_found', `There is no sync request ${shown(id)} in world ${name}.`);
    return progress(sync);
  };
  /** Does something to a sync in flight. */
  const steer = (id: string, step: (world: World) => boolean): Schemas['Sync'] => {
    const world = existing();
    const { completed_at } = readSync(id);
    if (!step(world))
      throw new Problem('conflict', 'sync_completed', `The sync ${id} was completed at ${completed_at} already.`);
    return readSync(id);
  };

  return {
    describeWorld: () => describe(existing()),

    /** Forgets the world; the next use of its name begins anew. Returns the worlds that are left. */
    dropWorld(): Schemas['WorldList'] {
      existing();
      worlds.drop(name);
      return listWorlds(worlds);
    },

    /** Begins the world anew, from this seed or that of the mock. */
    resetWorld(seed?: Schemas['Seed']): Schemas['World'] {
      if (seed !== undefined) check('Seed', seed);
      worlds.reset(name, seed);
      return describe(existing());
    },

    /** Begins the world anew with what a scenario holds, and with its faults. */
    loadScenario(request: Schemas['ScenarioRequest']): Schemas['World'] {
      check('ScenarioRequest', request);
      const { seed, faults } = scenarioNamed(request.name);
      worlds.reset(name, seed);
      for (const fault of faults) existing().faults.add(fault);
      return describe(existing());
    },

    /** Adds to the world, all or nothing. */
    seedWorld(seed: Schemas['Seed']): Schemas['World'] {
      check('Seed', seed);
      open().plant(seed);
      return describe(existing());
    },

    exportSnapshot: (): Schemas['Snapshot'] => ({
      format: schemaVersion,
      world: name,
      tables: existing().store.snapshot.read() as Schemas['Snapshot']['tables'],
    }),

    /** Replaces everything that the world holds, all or nothing. */
    importSnapshot(snapshot: Schemas['Snapshot']): Schemas['World'] {
      check('Snapshot', snapshot);
      const { format, tables } = snapshot;
      if (format > schemaVersion)
        throw new Problem(
          'conflict',
          'newer_snapshot',
          `format: expected at most ${schemaVersion}, got ${format}; a newer kit wrote this snapshot.`,
        );
      const world = open();
      try {
        world.refill(() => world.store.snapshot.replace(tables));
      } catch (error) {
        throw new Problem('invalid', 'bad_snapshot', (error as Error).message);
      }
      return describe(world);
    },

    readClock,

    /** Stops the time, now or at an instant to come; what is due until then happens first. */
    freezeClock(request: Schemas['FreezeRequest'] = {}): Schemas['Clock'] {
      check('FreezeRequest', request);
      const { clock } = open();
      const wasFrozen = clock.frozen;
      clock.freeze();
      try {
        return request.at === undefined ? readClock() : moveTo('at', Date.parse(request.at));
      } catch (error) {
        if (!wasFrozen) clock.resume();
        throw error;
      }
    },

    /** Moves the time on; what is due on the way has happened when this returns. */
    advanceClock(request: Schemas['AdvanceRequest']): Schemas['Clock'] {
      check('AdvanceRequest', request);
      return moveTo('ms', open().clock.now() + request.ms);
    },

    resumeClock(): Schemas['Clock'] {
      open().clock.resume();
      return readClock();
    },

    /** The latest first. */
    listSyncs: (page: Page = {}): Schemas['SyncList'] => ({
      syncs: existing()
        .store.overview.syncs(...slice(page))
        .map(progress),
    }),

    /** Completes a sync now, or as soon as those before it in its group are completed. */
    completeSync: (id: string) => steer(id, ({ queue }) => queue.complete(id)),
    /** Holds a sync until it is let go or told to complete. */
    stallSync: (id: string) => steer(id, ({ queue }) => queue.stall(id)),
    /** Lets a held sync go. */
    unstallSync: (id: string) => steer(id, ({ queue }) => queue.unstall(id)),

    listRejections: (): Schemas['RejectionList'] => ({ rejections: existing().rejections.list() }),
    /** Lets the next row with this reference_id fail. */
    addRejection(request: Schemas['RejectionRequest']): Schemas['Rejection'] {
      check('RejectionRequest', request);
      return open().rejections.add(request);
    },
    clearRejections(): Schemas['RejectionList'] {
      open().rejections.clear();
      return { rejections: [] };
    },

    listFaults: (): Schemas['FaultList'] => ({ faults: existing().faults.list() }),
    /** Lets matching requests go wrong. */
    addFault(request: Schemas['FaultRequest']): Schemas['Fault'] {
      check('FaultRequest', request);
      return open().faults.add(request);
    },
    removeFault(id: string): Schemas['FaultList'] {
      const { faults } = existing();
      if (!faults.remove(id))
        throw new Problem('not-found', 'fault_not_found', `There is no fault ${shown(id)} in world ${name}.`);
      return { faults: faults.list() };
    },
    clearFaults(): Schemas['FaultList'] {
      open().faults.clear();
      return { faults: [] };
    },

    /** Of every organization, the latest first. */
    listGroups: (page: Page = {}): Schemas['GroupList'] => ({
      groups: existing().store.overview.groups(...slice(page)),
    }),

    /** Every reference_id that the group ever saw; one that waits to be applied is provisioning. */
    readRoster(groupId: string): Schemas['Roster'] {
      const { overview } = existing().store;
      const roster = overview.roster(groupId);
      if (roster === undefined)
        throw new Problem('not-found', 'group_not_found', `There is no group ${shown(groupId)} in world ${name}.`);
      const members = new Map(roster.members.map((member) => [member.reference_id, member]));
      for (const reference_id of overview.awaited(groupId)) {
        const known = members.get(reference_id) ?? { reference_id, member_id: null, person: null, subscriptions: [] };
        if (!('state' in known) || known.state !== 'active')
          members.set(reference_id, { ...known, state: 'provisioning' });
      }
      return { ...roster, members: [...members.values()] };
    },

    /** In the order in which they became known. */
    listPeople: (page: Page = {}): Schemas['PersonList'] => ({
      people: existing().store.overview.people(...slice(page)),
    }),

    /** Ends the active subscription of a person, wherever it is; that ends a block. */
    unsubscribePerson(key: number): Schemas['Person'] {
      const { store, clock } = existing();
      const find = () => (Number.isSafeInteger(key) ? store.overview.person(key) : undefined);
      if (find() === undefined)
        throw new Problem('not-found', 'person_not_found', `There is no person ${shown(key)} in world ${name}.`);
      const state = nextState('active', 'unlisted');
      if (state === undefined || !store.members.unsubscribe(key, state, clock.timestamp()))
        throw new Problem('conflict', 'not_subscribed', `The person ${key} has no active subscription.`);
      return find() as Schemas['Person'];
    },

    /** What was recorded after the entry of that number, the oldest first. */
    readJournal: ({ after = 0 }: { readonly after?: number } = {}): Schemas['Journal'] =>
      existing().journal.read(after),
    /** What the journal shows of the clients; ask when they are done. */
    advise: (): Schemas['Advice'] => advise(name, existing().journal.read()),
    clearJournal(): Schemas['Journal'] {
      const { journal } = existing();
      journal.clear();
      return journal.read();
    },
  };
}

/** What can be done to one world from outside the contract. */
export type WorldControl = ReturnType<typeof worldControl>;
