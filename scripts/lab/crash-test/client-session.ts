import { isDeepStrictEqual } from 'node:util';
import { PossibleRosters, type Results } from './possible-rosters.ts';

/** 'unknown' if the kill cut the call off: it may or may not have taken effect. */
export type CallOutcome = { readonly status: number; readonly body: Body } | 'unknown';

// biome-ignore lint/suspicious/noExplicitAny: the session compares the bodies with what it expects
type Body = any;

/** Sends a request to the mock that is running now. */
export type SendCall = (method: string, path: string, key: string, body?: unknown) => Promise<CallOutcome>;

interface Submission {
  readonly references: readonly string[];
  /** The request id; undefined if the answer was cut off. */
  readonly id: string | undefined;
  results?: Results;
}

export interface CrashFigures {
  groups: number;
  updates: number;
  syncs: number;
  unknown: number;
  violations: string[];
}

const people = 12;

/**
 * One client working on one group. It remembers every answer, and therefore what must hold after a crash. A call that
 * was cut off leaves two possibilities; the next complete answer must match one of them.
 */
export class ClientSession {
  readonly #name: string;
  readonly #key: string;
  readonly #random: () => number;
  readonly #figures: CrashFigures;
  #plan = '';
  #group: Body;
  /** The names that the group may have: the last one answered, and one that was sent without an answer. */
  #names: string[] = [];
  #serial = 0;
  #submissions: Submission[] = [];
  /** What the group may have held before these submissions. */
  readonly #rosters = new PossibleRosters();
  /** Further groups by reference: as they were answered, or what is known of one whose first answer was cut off. */
  #created = new Map<string, Body | 'possible' | 'exists'>();

  constructor(name: string, key: string, random: () => number, figures: CrashFigures) {
    this.#name = name;
    this.#key = key;
    this.#random = random;
    this.#figures = figures;
  }

  /** Creates the group that the session works on. */
  async open(call: SendCall): Promise<void> {
    const plans = await call('GET', '/v1/plans', this.#key);
    const created = await call('POST', '/v1/groups', this.#key, {
      name: this.#name,
      external_reference_id: this.#name,
    });
    if (plans === 'unknown' || created === 'unknown' || created.status !== 201)
      throw new Error('the mock did not answer the first requests');
    this.#plan = plans.body.data[0].id;
    this.#group = created.body.data;
    this.#names = [this.#group.name];
  }

  /** Writes once; returns false if the answer was cut off. */
  write(call: SendCall): Promise<boolean> {
    const dice = this.#random();
    return dice < 0.6 ? this.#submit(call) : dice < 0.8 ? this.#rename(call) : this.#create(call);
  }

  async #submit(call: SendCall): Promise<boolean> {
    const references = Array.from({ length: people }, (_, n) => `${this.#name}-${n}`).filter(
      () => this.#random() < 0.5,
    );
    const members = references.map((reference) => ({
      reference_id: reference,
      first_name: 'Crash',
      last_name: reference,
      date_of_birth: '1990-01-01',
      email: `${reference}@example.com`,
      plan_id: this.#plan,
      address: { address_line_1: '1 Main St', city: 'Philadelphia', state: 'PA', zipcode: '19103' },
    }));
    const answer = await call('POST', `/v1/groups/${this.#group.id}/members/sync`, this.#key, { members });
    this.#submissions.push({ references, id: answer === 'unknown' ? undefined : answer.body.data?.request_id });
    if (answer === 'unknown') return this.#cut();
    this.#expect(answer.status === 202, `a roster was answered with ${answer.status}`);
    this.#figures.syncs += 1;
    return true;
  }

  async #rename(call: SendCall): Promise<boolean> {
    this.#serial += 1;
    const name = `${this.#name} ${this.#serial}`;
    const answer = await call('PATCH', `/v1/groups/${this.#group.id}`, this.#key, { name });
    if (answer === 'unknown') {
      this.#names.push(name);
      return this.#cut();
    }
    this.#expect(
      answer.status === 200 && answer.body.data.name === name,
      `a new name was answered with ${answer.status}`,
    );
    this.#names = [name];
    this.#figures.updates += 1;
    return true;
  }

  /** Creates a group, or again one whose answer was cut off: then a conflict says that it exists. */
  async #create(call: SendCall): Promise<boolean> {
    const [repeated] = [...this.#created].find(([, state]) => state === 'possible') ?? [];
    if (repeated === undefined) this.#serial += 1;
    const reference = repeated ?? `${this.#name}-side-${this.#serial}`;
    const answer = await call('POST', '/v1/groups', this.#key, { name: reference, external_reference_id: reference });
    if (answer === 'unknown') {
      this.#created.set(reference, 'possible');
      return this.#cut();
    }
    const exists = repeated !== undefined && answer.status === 409;
    this.#expect(exists || answer.status === 201, `a new group was answered with ${answer.status}`);
    this.#created.set(reference, exists ? 'exists' : answer.body.data);
    this.#figures.groups += 1;
    return true;
  }

  #cut(): false {
    this.#figures.unknown += 1;
    return false;
  }

  /** Compares the mock with everything that it answered since the last check. */
  async check(call: SendCall, wait: () => Promise<void>): Promise<void> {
    await this.#checkGroups(call);
    for (const submission of this.#submissions) await this.#complete(submission, call, wait);
    this.#checkResults();
  }

  async #checkGroups(call: SendCall): Promise<void> {
    const { data } = await this.#read(call, `/v1/groups/${this.#group.id}`);
    const { name, updated_at, ...rest } = data ?? {};
    const { name: _, updated_at: __, ...before } = this.#group;
    this.#expect(isDeepStrictEqual(rest, before), `group ${this.#group.id} became ${JSON.stringify(data)}`);
    this.#expect(
      this.#names.includes(name),
      `group ${this.#group.id} has the name ${name}, not ${this.#names.join(' or ')}`,
    );
    this.#names = [name];
    for (const [reference, answered] of this.#created) {
      const found = (await this.#read(call, `/v1/groups?external_reference_id=${reference}`)).data ?? [];
      const isWhole =
        typeof answered === 'object'
          ? isDeepStrictEqual(found, [answered])
          : found.length === 1
            ? found[0].name === reference
            : found.length === 0 && answered === 'possible';
      this.#expect(isWhole, `group ${reference} is ${JSON.stringify(found)}, expected ${JSON.stringify(answered)}`);
    }
    this.#created = new Map();
  }

  /** Waits until an accepted sync is completed. */
  async #complete(submission: Submission, call: SendCall, wait: () => Promise<void>): Promise<void> {
    if (submission.id === undefined) return;
    const path = `/v1/groups/${this.#group.id}/members/sync/${submission.id}`;
    for (let tries = 0; tries < 500; tries += 1) {
      const { data } = await this.#read(call, path);
      if (data === undefined) return this.#expect(false, `sync ${submission.id} is gone`);
      if (data.completed_at !== null) {
        submission.results = data.results;
        return;
      }
      await wait();
    }
    this.#expect(false, `sync ${submission.id} does not complete`);
  }

  /** Every result must be the difference to the previous roster, whichever of the cut-off submissions were accepted. */
  #checkResults(): void {
    for (const { references, id, results } of this.#submissions) {
      if (id === undefined) this.#rosters.submitted(references);
      else if (results !== undefined)
        this.#expect(
          this.#rosters.completed(references, results),
          `sync ${id} has the results ${JSON.stringify(results)}, not those of any roster before`,
        );
    }
    this.#submissions = [];
  }

  async #read(call: SendCall, path: string): Promise<Body> {
    const answer = await call('GET', path, this.#key);
    if (answer === 'unknown') throw new Error(`the restarted mock does not answer GET ${path}`);
    this.#expect(answer.status === 200, `GET ${path} was answered with ${answer.status}`);
    return answer.body;
  }

  #expect(holds: boolean, what: string): void {
    if (!holds) this.#figures.violations.push(what);
  }
}
