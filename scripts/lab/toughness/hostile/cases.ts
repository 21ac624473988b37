import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { schemas } from '../../../../generated/validators.ts';
import { end, residentMiB, type SpawnedMock, startSpawned } from '../../spawned-mock.ts';
import { largeBodies, malformedBodies, wrongMediaTypes } from './bodies.ts';
import { type Hostile, type HostileTarget, key } from './case.ts';
import { brokenFraming } from './framing.ts';
import { otherMethods, trickyIds, trickyKeys, trickyQueries, trickyTargets } from './paths.ts';
import { wrongTypes } from './types.ts';
import { talk, type WireAnswer } from './wire.ts';

const cases = [
  ...wrongTypes(),
  ...malformedBodies,
  ...wrongMediaTypes,
  ...largeBodies,
  ...trickyIds,
  ...trickyTargets,
  ...trickyQueries,
  ...trickyKeys,
  ...otherMethods,
  ...brokenFraming,
];

let mock: SpawnedMock;
let place: HostileTarget;
let before: string;
let log = '';

const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };

async function json(path: string, init: RequestInit = {}) {
  const response = await fetch(mock.url + path, { headers, ...init });
  // biome-ignore lint/suspicious/noExplicitAny: what is read of it is compared
  return (await response.json()) as any;
}

const read = (...paths: readonly string[]) => Promise.all(paths.map((path) => json(`/_mock/worlds${path}`)));
/** The content of the world main, the list of worlds, and the clock. */
const state = async () => JSON.stringify(await read('/main/snapshot', ''));

async function start(): Promise<void> {
  mock = await startSpawned(['--sync-manual'], { stderr: 'pipe' });
  mock.child.stderr?.on('data', (text: Buffer) => (log += text));
  await fetch(`${mock.url}/_mock/worlds/main/clock/freeze`, { method: 'POST' });
  const [plan] = (await json('/v1/plans')).data;
  const group = (await json('/v1/groups', { method: 'POST', body: '{"name": "Still here"}' })).data.id;
  const sync = await json(`/v1/groups/${group}/members/sync`, { method: 'POST', body: '{"members": []}' });
  place = { host: new URL(mock.url).host, group, request: sync.data.request_id, plan: plan.id };
  before = await state();
}

/** Well above what the mock needs at rest and while it reads the largest body. */
const maxMiB = 600;

function expectRefusal({ status, headers: fields, body }: WireAnswer, words = ''): void {
  expect(status).toBeGreaterThanOrEqual(400);
  expect(fields['content-type']).toMatch(/^application\/json\b/);
  const error = JSON.parse(body);
  expect(schemas.Error(error), body).toBe(true);
  expect(error.error).toBe(error.message);
  expect(error.message).toContain(words);
}

/** Tests the cases of each area that are chosen. */
export function testHostile(choose: (cases: readonly Hostile[]) => readonly Hostile[]): void {
  beforeAll(start);
  afterAll(() => end(mock.child));

  describe.each(Object.entries(Object.groupBy(cases, ({ area }) => area)) as [string, Hostile[]][])('%s', (_, all) => {
    afterAll(async () => {
      expect(await read('/main/faults', '/main/rejections')).toEqual([{ faults: [] }, { rejections: [] }]);
      expect(await state()).toBe(before);
    });

    test.each(choose(all))('$name', async ({ bytes, outcome, words }) => {
      const sent = bytes(place);
      const answers = await talk(mock.url, sent);
      const isHead = sent.subarray(0, 5).toString() === 'HEAD ';
      if (outcome !== 'cut') expect(answers).toHaveLength(1);
      for (const answer of answers) {
        expect(answer.status, answer.body).toBeLessThan(500);
        if (outcome !== 'harmless' || (answer.status >= 400 && !isHead)) expectRefusal(answer, words);
      }
    });
  });

  test('after all cases stderr is empty and memory is bounded', () => {
    expect(log).toBe('');
    expect(residentMiB(mock.child) ?? 0).toBeLessThan(maxMiB);
  });
}
