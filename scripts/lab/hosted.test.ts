import { expect, test } from 'vitest';
import { shortForm } from '../test-support/hosted.ts';
import { database } from './hosted/database.ts';
import { kill } from './hosted/kill.ts';

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
