import type { components } from '../../generated/api.ts';
import type { OperationId } from '../../generated/operations.ts';
import type { MemberRow } from '../../mock/domain/people.ts';
import type {
  ActiveSubscription,
  RosterChange as Change,
  KnownMember,
  KnownPerson,
  LoadedSync,
  SyncResults,
} from '../../mock/domain/roster.ts';
import type { Group } from '../../mock/store/groups.ts';
import type { World } from '../../mock/worlds/world.ts';
import { isObject } from '../contract/json-pointer.ts';
import { MockReply, type MockRequest } from './mock-exchange.ts';
import type { Next, Patch } from './patched-mock.ts';

type Schemas = components['schemas'];

export type { Group, MemberRow, SyncResults };

interface RequestBodies {
  readonly createGroup: Schemas['CreateGroupRequest'];
  readonly updateGroup: Schemas['UpdateGroupRequest'];
  readonly submitMemberSync: Schemas['SubmitMemberSyncRequest'];
}
interface Successes {
  readonly createGroup: Schemas['GroupResponse'];
  readonly listGroups: Schemas['GroupListResponse'];
  readonly retrieveGroup: Schemas['GroupResponse'];
  readonly updateGroup: Schemas['GroupResponse'];
  readonly submitMemberSync: Schemas['GroupMemberSyncResponse'];
  readonly retrieveMemberSync: Schemas['GroupMemberSyncRequestResponse'];
  readonly listPlans: Schemas['PlanListResponse'];
}
type ErrorBody = Schemas['Error'];

/** Handles requests for one or more operations; others pass unchanged. */
export function on(
  operations: OperationId | readonly OperationId[],
  handle: (ask: MockRequest, next: Next) => MockReply | Promise<MockReply>,
): Patch {
  const chosen = [operations].flat();
  return {
    around: (ask, next) => (ask.operation !== null && chosen.includes(ask.operation) ? handle(ask, next) : next(ask)),
  };
}

/** Rewrites the bodies of an operation's requests; a body that is not a JSON object passes unchanged. */
export function asks<Id extends keyof RequestBodies>(
  operation: Id,
  change: (body: RequestBodies[Id], ask: MockRequest) => unknown,
): Patch {
  return on(operation, (ask, next) => {
    const { json } = ask;
    return next(isObject(json) ? ask.with({ json: change(json as RequestBodies[Id], ask) }) : ask);
  });
}

/** Rewrites the rows of submitted rosters, valid or not. */
export const rows = (change: (row: MemberRow) => unknown): Patch =>
  asks('submitMemberSync', ({ members, ...rest }) => ({
    ...rest,
    members: Array.isArray(members) ? members.map((row) => (isObject(row) ? change(row as MemberRow) : row)) : members,
  }));

/** Rewrites the successful answers of an operation. */
export function answers<Id extends keyof Successes>(
  operation: Id,
  change: (body: Successes[Id], ask: MockRequest) => unknown,
): Patch {
  return on(operation, async (ask, next) => {
    const reply = await next(ask);
    return reply.ok ? reply.with({ json: change(reply.json as Successes[Id], ask) }) : reply;
  });
}

export const groupOperations = ['createGroup', 'listGroups', 'retrieveGroup', 'updateGroup'] as const;

/** Rewrites each group in the answers of operations, by default of all. */
export function groups(
  change: (group: Group, ask: MockRequest) => unknown,
  operations: readonly (typeof groupOperations)[number][] = groupOperations,
): Patch {
  return on(operations, async (ask, next) => {
    const reply = await next(ask);
    if (!reply.ok) return reply;
    const body = reply.json as { readonly data: Group | readonly Group[] };
    const data = Array.isArray(body.data)
      ? body.data.map((group) => change(group, ask))
      : change(body.data as Group, ask);
    return reply.with({ json: { ...body, data } });
  });
}

/** Issues and accepts group ids in another form. */
export const issuedAs = (spelling: (id: string, group: Group) => string): Patch => ({
  world({ store }) {
    const { create } = store.groups;
    store.groups.create = (group) => create({ ...group, id: spelling(group.id, group) });
  },
});

/** Rewrites error bodies: those with a status, or all. */
export function errors(change: (body: ErrorBody, ask: MockRequest) => unknown, status?: number): Patch {
  return {
    async around(ask, next) {
      const reply = await next(ask);
      if (reply.status < 400 || (status !== undefined && reply.status !== status)) return reply;
      return reply.with({ json: change(reply.json as ErrorBody, ask) });
    },
  };
}

/** An error reply that keeps the contract. */
export const refusalReply = (status: number, message = 'Refused.'): MockReply =>
  MockReply.json(status, {
    timestamp: new Date().toISOString(),
    message,
    error: message,
    app_error_code: null,
    trace_id: crypto.randomUUID(),
  });

/** Refuses the requests of an operation for which a condition holds. */
export function refuses<Id extends keyof RequestBodies>(
  operation: Id,
  status: number,
  when: (body: RequestBodies[Id], ask: MockRequest) => boolean,
): Patch {
  return on(operation, (ask, next) =>
    isObject(ask.json) && when(ask.json as RequestBodies[Id], ask) ? refusalReply(status) : next(ask),
  );
}

/** Refuses rosters with a row for which a condition holds. */
export const refusesRow = (when: (row: MemberRow) => boolean): Patch =>
  refuses(
    'submitMemberSync',
    400,
    ({ members }) => Array.isArray(members) && members.filter(isObject).some((row) => when(row as MemberRow)),
  );

/** The organization whose key a request carries. */
export const organizationOf = (ask: MockRequest): string => (ask.authorization?.endsWith('globex') ? 'globex' : 'acme');

/** A sync that is being completed; a patch may change `rows` and `roster`. */
export interface CompletingSync {
  readonly world: World;
  readonly groupKey: number;
  /** Everything that was loaded for the reconciliation. */
  readonly loaded: LoadedSync;
  /** The new roster. */
  rows: MemberRow[];
  /** The active subscriptions of the group. */
  roster: ActiveSubscription[];
  /** The active subscriptions of another group. */
  readonly rosterOf: (groupKey: number) => ActiveSubscription[];
  /** Ends a subscription without reporting it in the results. */
  readonly end: (subscription: ActiveSubscription) => void;
}

/** Changes how syncs are completed: what the reconciliation works on, or what it reports. */
export function completing({
  before,
  after,
}: {
  readonly before?: (completion: CompletingSync) => void;
  readonly after?: (results: SyncResults, completion: CompletingSync) => SyncResults;
}): Patch {
  return {
    world(world) {
      const { members, syncs } = world.store;
      const { accept, load, complete } = syncs;
      /** Keeps whole rosters, because the store does not load rows that change nothing. */
      const accepted = new Map<string, readonly MemberRow[]>();
      syncs.accept = (sync, rows, options) => {
        accepted.set(sync.id, rows);
        return accept(sync, rows, options);
      };
      let current: CompletingSync;
      let ended: Change[] = [];
      syncs.load = (id) => {
        const loaded = load(id);
        const groupKey = syncs.inFlight().find((sync) => sync.id === id)?.groupKey as number;
        const left = new Map<string, KnownMember>();
        ended = [];
        const end = (subscription: ActiveSubscription) => {
          const { referenceId, memberId, person } = subscription;
          ended.push({ kind: 'unsubscribe', subscription, state: 'removed' });
          left.set(referenceId, { state: 'removed', account: { id: memberId, person } });
          current.roster = current.roster.filter((other) => other.person !== person);
        };
        const { roster } = loaded;
        const rows = accepted.get(id) ?? loaded.rows;
        current = { world, groupKey, loaded, rows: [...rows], roster: [...roster], rosterOf: members.roster, end };
        before?.(current);
        const places = new Map(current.roster.map(({ referenceId, person }) => [referenceId, person]));
        const mayChange = ({ reference_id }: MemberRow) => {
          const person = places.get(reference_id);
          return person === undefined || loaded.people.has(person);
        };
        return {
          ...loaded,
          listed: new Map(current.rows.map(({ reference_id, plan_id }) => [reference_id, plan_id])),
          rows: current.rows.filter(mayChange),
          roster: current.roster,
          members: new Map([...loaded.members, ...left]),
        };
      };
      syncs.complete = (id, { changes, results }, at) => {
        const first = ended;
        ended = [];
        const told = after?.(results, current) ?? results;
        complete(id, { changes: [...first, ...changes, ...ended], results: told }, at);
      };
    },
  };
}

/** Changes what is loaded for the reconciliation. */
export const loading = (change: (loaded: LoadedSync, world: World) => Partial<LoadedSync>): Patch => ({
  world(world) {
    const { syncs } = world.store;
    const { load } = syncs;
    syncs.load = (id) => {
      const loaded = load(id);
      return { ...loaded, ...change(loaded, world) };
    };
  },
});

/** The person whom a row about a new member matches by its details. */
export const matchOf = ({ matches, people }: LoadedSync, row: MemberRow): KnownPerson | undefined => {
  const [key] = matches.get(row.reference_id) ?? [];
  return key === undefined ? undefined : people.get(key);
};
