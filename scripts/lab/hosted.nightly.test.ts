import { expect, test } from 'vitest';
import { shortForm } from '../test-support/hosted.ts';
import { certification } from './hosted/certification.ts';
import { database } from './hosted/database.ts';
import { kill } from './hosted/kill.ts';
import { mockTests } from './hosted/mock-tests.ts';
import { model } from './hosted/model.ts';
import { rolling } from './hosted/rolling.ts';
import { stop } from './hosted/stop.ts';
import { tenants } from './hosted/tenants.ts';
import { worlds } from './hosted/worlds.ts';

test.for([
  ['keep the rules of an area', certification],
  ['do what the reference model does', model],
  ['apply a sync once if one of them stands still', stop],
  ['are replaced by the next release and back unnoticed', rolling],
  ['keep many worlds in little space', worlds],
  ['keep a hostile tenant from the others', tenants],
] as const)('replicas behind a balancer %s', { timeout: 120_000 }, async ([, experiment], context) => {
  expect((await shortForm(experiment, context)).violations).toEqual([]);
});

test.for([
  ['a replica is killed', kill],
  ['the database has troubles', database],
] as const)(
  'nothing is lost, half applied or applied twice if %s',
  { timeout: 120_000 },
  async ([, experiment], context) => {
    const { violations, figures } = await shortForm(experiment, context);
    expect(violations).toEqual([]);
    expect(figures['rosters answered']).toBeGreaterThan(0);
  },
);

test('tests of the mock pass with replicas in its place', { timeout: 120_000 }, async (context) => {
  const { violations, figures } = await shortForm(mockTests, context);
  expect(violations).toEqual([]);
  expect(figures['tests through three replicas']).toBeGreaterThan(0);
});
