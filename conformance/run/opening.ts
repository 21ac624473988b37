import { isOfTarget } from './clean-up.ts';
import { CheckContext } from './context.ts';
import { keysOf, type Session } from './session.ts';

/** Reads which plans there are. If a target does not say, the rules about plans judge it. */
export async function readPlans(session: Session): Promise<void> {
  const context = new CheckContext(session, 'PLAN-1');
  for (const key of keysOf(session.settings)) {
    try {
      const { id } = (await context.sendWithKey(key, { operation: 'listPlans' })).rows[0] ?? {};
      if (typeof id === 'string') session.notePlan(key, id);
    } catch (error) {
      if (!isOfTarget(error)) throw error;
    }
  }
}

/** Whether there is a second key, and not one of the same organization: what was created with each says so. */
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
  return typeof own !== 'string' || own !== (await create(otherApiKey));
}
