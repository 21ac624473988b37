import { isDeepStrictEqual } from 'node:util';
import {
  duration,
  type ModelGroup,
  type ModelSync,
  Reference,
  type Row,
  seededOrganizations,
} from '../model/reference.ts';
import type { RetryingClient, WholeAnswer } from './retrying-client.ts';

/** What the partners did, and the violations they found. */
export interface Work {
  groups: number;
  updates: number;
  syncs: number;
  rows: number;
  violations: string[];
}

const address = { address_line_1: '1 Main St', city: 'Philadelphia', state: 'PA', zipcode: '19103' };
const people = 12;
const crowd = 800;

/**
 * One partner working in one world, with its own groups and people, one request at a time. It applies every request to the
 * reference model too, and the mock's answers must match the model.
 */
export class SimulatedPartner {
  readonly model: Reference;
  readonly #name: string;
  readonly #world: string;
  readonly #client: RetryingClient;
  readonly #random: () => number;
  readonly #work: Work;
  readonly #ids = new Map<ModelGroup, string>();
  readonly #syncs = new Map<string, ModelSync>();
  readonly #memberIds = new Map<number, string>();
  #serial = 0;

  constructor(
    name: string,
    world: string,
    plans: Reference['plans'],
    client: RetryingClient,
    random: () => number,
    work: Work,
  ) {
    this.model = new Reference(0, plans, 'move');
    this.#name = name;
    this.#world = world;
    this.#client = client;
    this.#random = random;
    this.#work = work;
  }

  /** Does one thing at random and checks the answer. The first steps create the groups to work on. */
  async step(): Promise<void> {
    if (this.model.groups.length < 3) return this.#create();
    const dice = this.#random();
    if (dice < 0.5) return this.#submit();
    if (dice < 0.65) return this.#update();
    if (dice < 0.8) return this.#create();
    if (dice < 0.95) return this.#look();
    return this.#sendInvalid();
  }

  /** The first three groups, two of acme and one of globex, are those that get rosters. */
  async #create(): Promise<void> {
    const org = seededOrganizations[this.model.groups.length === 2 || this.#random() < 0.2 ? 1 : 0];
    // One reference in ten was used before.
    const reference = `${this.#name}-${this.#random() < 0.1 ? this.#serial : ++this.#serial}`;
    const name = `Group ${reference}`;
    const body = { name, external_reference_id: reference };
    const answer = await this.#client.write('POST', '/v1/groups', this.#key(org), body);
    const status = this.model.create(org, name, reference);
    if (answer !== 'unseen') this.#expectStatus(answer, status, 'a new group');
    if (status !== 201) return;
    const group = this.model.groups.at(-1) as ModelGroup;
    const found = answer === 'unseen' ? await this.#find(group) : answer.body.data;
    this.#expect(found?.name === name, `group ${reference} was created but cannot be found`);
    this.#ids.set(group, found?.id);
    this.#work.groups += 1;
  }

  async #update(): Promise<void> {
    const group = this.#pick(this.model.groups);
    const isOwner = this.#random() < 0.9;
    const org = isOwner ? group.org : (seededOrganizations.find((each) => each !== group.org) as string);
    const name = `Group ${++this.#serial}`;
    const reference = this.#random() < 0.2 ? this.#pick(this.model.groups).external_reference_id : undefined;
    const body = { name, ...(reference && { external_reference_id: reference }) };
    const answer = await this.#client.write('PATCH', this.#path(group), this.#key(org), body);
    const status = this.model.update(group, org, name, reference ?? undefined);
    if (answer !== 'unseen') this.#expectStatus(answer, status, 'an update');
    if (status === 200) this.#work.updates += 1;
    await this.#look(group);
  }

  async #look(group = this.#pick(this.model.groups)): Promise<void> {
    const { body } = await this.#client.read(this.#path(group), this.#key(group.org));
    const { name, external_reference_id } = body.data ?? {};
    const { name: expected, external_reference_id: reference } = group;
    this.#expect(
      isDeepStrictEqual([name, external_reference_id], [expected, reference]),
      `group ${reference} is ${JSON.stringify(body)}, expected the name ${expected}`,
    );
    const found = await this.#find(group);
    this.#expect(isDeepStrictEqual(found, body.data), `group ${reference} is ${JSON.stringify(found)} in the list`);
  }

  async #find({ org, external_reference_id }: ModelGroup) {
    const path = `/v1/groups?external_reference_id=${external_reference_id}`;
    return (await this.#client.read(path, this.#key(org))).body.data?.[0];
  }

  async #submit(): Promise<void> {
    const group = this.#pick(this.model.groups.slice(0, 3));
    const rows = this.#roster(group.org);
    const path = `${this.#path(group)}/members/sync`;
    const members = rows.map((row) => ({ ...row, address }));
    const answer = await this.#client.write('POST', path, this.#key(group.org), { members });
    const status = this.model.submit(group, group.org, rows);
    if (answer !== 'unseen') this.#expectStatus(answer, status, 'a roster');
    if (status !== 202) return;
    this.#work.syncs += 1;
    this.#work.rows += rows.length;
    const id = answer === 'unseen' ? await this.#latestSync(group) : answer.body.data?.request_id;
    if (id === undefined || this.#syncs.has(id))
      return this.#expect(false, `a sync of ${path} was accepted but cannot be found`);
    const sync = this.model.syncs.at(-1) as ModelSync;
    this.#syncs.set(id, sync);
    for (;;) {
      const { data } = (await this.#client.read(`${path}/${id}`, this.#key(group.org))).body;
      if (data === undefined) return this.#expect(false, `sync ${id} is gone`);
      if (data.completed_at === null) continue;
      this.model.advance(duration);
      this.checkResults(id, data.results);
      return;
    }
  }

  #roster(org: string): Row[] {
    const own = this.model.plans[org]?.[0] as string;
    const size = this.#random() < 0.01 ? crowd : people;
    const rows = Array.from({ length: size }, (_, n) => n)
      .filter(() => this.#random() < 0.5)
      .map((n) => ({
        reference_id: `p${n}`,
        first_name: 'Person',
        last_name: `${n}`,
        date_of_birth: '1990-05-17',
        email: `${this.#name}-${n}@example.com`,
        plan_id: this.#random() < 0.03 ? 'pln_none' : own,
      }));
    const [first] = rows;
    return first && this.#random() < 0.03 ? [...rows, first] : rows;
  }

  /** The request whose receipt was lost: only this partner writes to the group, so it is the latest one. */
  async #latestSync(group: ModelGroup): Promise<string | undefined> {
    const { syncs } = await this.#client.control('GET', `/${this.#world}/syncs?limit=100`);
    return syncs.find((sync: { group_id: string }) => sync.group_id === this.#ids.get(group))?.request_id;
  }

  /** Sends requests that must be refused and change nothing. */
  async #sendInvalid(): Promise<void> {
    const key = this.#key('acme');
    const answers = [
      [await this.#client.write('POST', '/v1/groups', key, '{"name": '), 400],
      [await this.#client.write('POST', '/v1/groups', key, { name: 5 }), 400],
      [await this.#client.write('PATCH', `/v1/groups/grp_${'x'.repeat(22)}`, key, { name: 'A' }), 404],
      [await this.#client.read('/v1/groups?limit=101', key), 400],
      [await this.#client.read('/v1/plans', 'vit_apk_nobody'), 401],
    ] as const;
    for (const [answer, status] of answers)
      if (answer !== 'unseen') this.#expectStatus(answer, status, 'an invalid request');
  }

  /** Compares the results of a sync with the model's; returns false if another partner submitted the sync. */
  checkResults(
    id: string,
    results: {
      added_group_member_ids: string[];
      removed_group_member_ids: string[];
      failures: { reference_id: string }[];
    },
  ): boolean {
    const sync = this.#syncs.get(id);
    if (sync === undefined) return false;
    const { added, removed, failed } = sync.results;
    added.forEach((token, position) => {
      const memberId = results.added_group_member_ids[position];
      if (memberId !== undefined && !this.#memberIds.has(token)) this.#memberIds.set(token, memberId);
    });
    const ids = (tokens: readonly number[]) => tokens.map((token) => this.#memberIds.get(token));
    const given = [
      results.added_group_member_ids,
      results.removed_group_member_ids.toSorted(),
      results.failures.map(({ reference_id }) => reference_id),
    ];
    this.#expect(
      isDeepStrictEqual(given, [ids(added), ids(removed).sort(), failed]),
      `sync ${id} has the results ${JSON.stringify(results).slice(0, 500)}, not those of the model`,
    );
    return true;
  }

  /** Compares everyone who was ever in its groups, with state and member id, with the model. */
  async checkRosters(): Promise<void> {
    for (const group of this.model.groups.slice(0, 3)) {
      const { members } = await this.#client.control('GET', `/${this.#world}/groups/${this.#ids.get(group)}/roster`);
      const given = members.map(({ reference_id, state, member_id }: Record<string, string>) => [
        reference_id,
        state,
        member_id,
      ]);
      const expected = [...group.members].map(([reference, { state, token }]) => [
        reference,
        state,
        token === null ? null : this.#memberIds.get(token),
      ]);
      this.#expect(
        isDeepStrictEqual(given.sort(), expected.sort()),
        `the roster of group ${group.external_reference_id} in ${this.#world} is not that of the model`,
      );
    }
  }

  #path = (group: ModelGroup) => `/v1/groups/${this.#ids.get(group)}`;
  #key = (org: string) => `vit_apk_${org}.${this.#world}`;
  #pick = <T>(list: readonly T[]) => list[Math.floor(this.#random() * list.length)] as T;

  #expectStatus({ status, body }: WholeAnswer, expected: number, what: string): void {
    this.#expect(
      status === expected,
      `${what} was answered with ${status} ${body?.message ?? ''}, expected ${expected}`,
    );
  }

  #expect(holds: boolean, what: string): void {
    if (!holds) this.#work.violations.push(`${this.#name} in ${this.#world}: ${what}`);
  }
}
