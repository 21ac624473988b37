import { type Answer, fieldsIn } from './answer.ts';
import { isOfTarget } from './clean-up.ts';
import { CheckContext } from './context.ts';
import { PreconditionFailed } from './preconditions.ts';
import { keysOf, type Session } from './session.ts';

/** Reads the plans of each organization; the rules about plans judge what is wrong with them. */
export async function readPlans(session: Session): Promise<void> {
  const context = new CheckContext(session, 'PLAN-1');
  for (const key of keysOf(session.settings)) {
    try {
      session.notePlan(key, planOf(await context.sendWithKey(key, { operation: 'listPlans' }), context));
    } catch (error) {
      if (!isOfTarget(error)) throw error;
    }
  }
}

/** The id of the first plan of a list, or why it has none. */
function planOf({ status, rows, json }: Answer, { exchanges }: CheckContext): string | PreconditionFailed {
  const id = rows[0]?.id;
  if (typeof id === 'string') return id;
  const { data } = fieldsIn(json);
  if (status === 200 && Array.isArray(data) && data.length === 0)
    return new PreconditionFailed('the organization has no plan to subscribe anyone to', null);
  return new PreconditionFailed(
    `the list of plans answered ${status} without the id of a plan`,
    'PLAN-1',
    exchanges.at(-1),
  );
}

/** Whether there is a second key of another organization, as the organization_id of a group created with each key says. */
export function hasOtherOrganization(session: Session): Promise<boolean> {
  session.otherOrganization ??= compareOrganizations(session);
  return session.otherOrganization;
}

async function compareOrganizations(session: Session): Promise<boolean> {
  const { apiKey, otherApiKey } = session.settings;
  if (otherApiKey === undefined) return false;
  const context = new CheckContext(session, 'AUTH-3');
  const create = async (key: string) =>
    (await context.sendWithKey(key, { operation: 'createGroup', body: context.groupBody() })).data.organization_id;
  const own = await create(apiKey);
  if (typeof own !== 'string' || own !== (await create(otherApiKey))) return true;
  session.totals.isSecondKeyOfSameOrganization = true;
  return false;
}
