import assert from 'node:assert/strict';
import { duration, type ModelGroup, type ModelSync, Reference, seededOrganizations } from './reference.ts';

/** The time at which the world of every sequence begins. */
const beginning = Date.parse('2026-01-15T10:30:00Z');

/** A mock to play against, whichever way it is reached. */
export interface ReachableMock {
  readonly url: string;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
}

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the whole body is compared with the expected one
  readonly body: any;
}

const timestamp = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

/** One world of a mock, used over HTTP only, with the ids of everything that the reference model knows by index. */
export class MockWorld {
  readonly groups: string[] = [];
  readonly syncs: string[] = [];
  readonly #members = new Map<number, string>();
  readonly #target: ReachableMock;
  readonly #world: string;
  /** The commands so far, in words. */
  readonly history: string[] = [];
  calls = 0;

  constructor(target: ReachableMock, world: string) {
    this.#target = target;
    this.#world = world;
  }

  /** Freezes the world, gives it its settings, and returns the reference model of it. */
  async begin(crossGroup: 'move' | 'reject'): Promise<Reference> {
    await this.control('POST', '/clock/freeze', { at: timestamp(beginning) });
    await this.control('PATCH', '/settings', { quirks: { 'cross-group': crossGroup }, sync_delay_ms: duration });
    const plans: Record<string, string[]> = {};
    for (const org of seededOrganizations) {
      const { body } = await this.call('GET', '/v1/plans', org);
      plans[org] = body.data.map((plan: { id: string }) => plan.id);
    }
    return new Reference(beginning, plans, crossGroup);
  }

  call(method: string, path: string, org: string, body?: unknown): Promise<Answer> {
    return this.#send(method, path, { authorization: `Bearer vit_apk_${org}.${this.#world}` }, body);
  }

  control(method: string, path: string, body?: unknown): Promise<Answer> {
    return this.#send(method, `/_mock/worlds/${this.#world}${path}`, {}, body);
  }

  async #send(method: string, path: string, headers: Record<string, string>, body: unknown): Promise<Answer> {
    this.calls += 1;
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await this.#target.fetch(this.#target.url + path, {
      method,
      headers: { ...headers, ...json },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  }

  /** The expected answer about a group. */
  expectGroup(model: Reference, group: ModelGroup, { organization_id, ...given }: Record<string, unknown>): void {
    assert.match(String(organization_id), /^org_/);
    assert.deepEqual(given, {
      id: this.groups[model.groups.indexOf(group)],
      name: group.name,
      external_reference_id: group.external_reference_id,
      created_at: timestamp(group.created),
      updated_at: timestamp(group.updated),
    });
  }

  /** Compares a sync request with the model and learns the member ids of additions, which are in the order of the rows. */
  async expectSync(model: Reference, sync: ModelSync): Promise<void> {
    const group = this.groups[model.groups.indexOf(sync.group)];
    const id = this.syncs[model.syncs.indexOf(sync)];
    const { status, body } = await this.call('GET', `/v1/groups/${group}/members/sync/${id}`, sync.group.org);
    assert.equal(status, 200);
    const { results, ...receipt } = body.data;
    const [accepted_at, completed_at] = [timestamp(sync.accepted), timestamp(sync.completed)];
    assert.deepEqual(receipt, { request_id: id, group_id: group, accepted_at, completed_at });
    if (sync.completed === null) return assert.equal(results, null);
    const failures = results.failures.map(({ reason, ...failure }: { reason: string }) => {
      assert.notEqual(reason, '');
      return failure;
    });
    results.added_group_member_ids.forEach((memberId: string, position: number) => {
      const token = sync.results.added[position];
      if (token === undefined || this.#members.has(token)) return;
      assert.ok(![...this.#members.values()].includes(memberId), 'a new account has an id of its own');
      this.#members.set(token, memberId);
    });
    const ids = (tokens: readonly number[]) => tokens.map((token) => this.#members.get(token));
    assert.deepEqual(
      {
        added: results.added_group_member_ids,
        removed: results.removed_group_member_ids.toSorted(),
        failures,
      },
      {
        added: ids(sync.results.added),
        removed: ids(sync.results.removed).sort(),
        failures: sync.results.failed.map((reference_id) => ({ reference_id, operation: 'add' })),
      },
      `results of sync ${model.syncs.indexOf(sync)}`,
    );
  }

  /** Compares everyone who was ever in a group with the model, through the control plane. */
  async expectRoster(model: Reference, group: ModelGroup): Promise<void> {
    const index = model.groups.indexOf(group);
    const { status, body } = await this.control('GET', `/groups/${this.groups[index]}/roster`);
    assert.equal(status, 200);
    const awaited = model.syncs.filter((sync) => sync.group === group && sync.completed === null);
    const states = new Map([...group.members].map(([reference, { state }]) => [reference, state]));
    for (const { reference_id } of awaited.flatMap((sync) => sync.rows))
      if (states.get(reference_id) !== 'active') states.set(reference_id, 'provisioning');
    const given: { reference_id: string; state: string; member_id: string | null }[] = body.members;
    assert.deepEqual(
      Object.fromEntries(given.map(({ reference_id, state }) => [reference_id, state])),
      Object.fromEntries(states),
      `roster of group ${index}`,
    );
    for (const { reference_id, member_id } of given) {
      const token = group.members.get(reference_id)?.token ?? null;
      const expected = token === null ? null : this.#members.get(token);
      assert.equal(member_id, expected, `member id of ${reference_id} in group ${index}`);
    }
  }

  /** Compares everything that can be read with the model. */
  async expectEverything(model: Reference): Promise<void> {
    for (const sync of model.syncs) await this.expectSync(model, sync);
    for (const group of model.groups) await this.expectRoster(model, group);
    for (const org of seededOrganizations) await this.expectList(model, org, '', 1, 100);
  }

  async expectList(model: Reference, org: string, reference: string, page: number, limit: number) {
    const all =
      reference !== '' ? model.list(org, reference) : model.groups.filter((group) => group.org === org).reverse();
    const filter = reference !== '' ? `&external_reference_id=${encodeURIComponent(reference)}` : '';
    const { status, body } = await this.call('GET', `/v1/groups?page=${page}&limit=${limit}${filter}`, org);
    assert.equal(status, 200);
    const total_pages = Math.ceil(all.length / limit);
    assert.deepEqual(body.pagination, { page, limit, total: all.length, total_pages });
    const expected = all.slice((page - 1) * limit, page * limit);
    assert.equal(body.data.length, expected.length);
    expected.forEach((group, index) => {
      this.expectGroup(model, group, body.data[index]);
    });
  }

  drop = () => this.control('DELETE', '');
}
