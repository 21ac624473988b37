import { rule, should } from '../run/check.ts';
import { expect } from '../run/expect.ts';
import { expectPagination } from './pagination.ts';

export const planChecks = [
  rule(
    'PLAN-1',
    'the plans list has entries with id and name',
    async (run) => {
      const answer = await run.send({ operation: 'listPlans' });
      expect(answer.status, 'status').toBe(200);
      expect((answer.json as { data?: unknown } | undefined)?.data, 'data').toBeInstanceOf(Array);
      for (const plan of answer.rows) {
        expect(plan.id, 'id of a plan').toBeTypeOf('string');
        expect(plan.name, 'name of a plan').toBeTypeOf('string');
      }
    },
    { readOnly: true },
  ),
  should(
    'PLAN-1',
    'it has pagination, a limit, and an end',
    async (run) => {
      const page = (query: { limit: number; page: number }) => run.send({ operation: 'listPlans', query });
      expectPagination(await run.send({ operation: 'listPlans' }));
      expect((await page({ limit: 1, page: 1 })).rows.length, 'plans with limit 1').toBeLessThanOrEqual(1);
      // Official clients ask for the next page until they receive an empty one.
      expect((await page({ limit: 100, page: 1000 })).rows, 'plans of page 1,000').toEqual([]);
    },
    { readOnly: true },
  ),
];
