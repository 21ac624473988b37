import contract from '../../generated/openapi.json' with { type: 'json' };
import type { Answer } from '../run/answer.ts';
import type { CheckContext } from '../run/context.ts';
import { CheckFailed, claim, expect } from '../run/expect.ts';
import { PreconditionFailed } from '../run/preconditions.ts';
import type { TestGroup } from '../run/test-group.ts';
import { showValue } from '../show-value.ts';
import { withoutUpdatedAt } from './support.ts';

/** The maximum length of a name and of a reference. */
export const maxLength = contract.components.schemas.CreateGroupRequest.properties.name.maxLength;

/** Values that must not be accepted as text. */
export const notStrings = [7, true, ['a'], { a: 1 }];

/** Sends a create request with the run's key. */
export const create = (run: CheckContext, body: unknown, rawBody?: string) =>
  run.send({ operation: 'createGroup', body, ...(rawBody !== undefined && { rawBody }) });

/** The groups that the list finds by a reference. */
export const listed = async (run: CheckContext, reference: unknown, key = run.session.settings.apiKey) =>
  (await run.sendWithKey(key, { operation: 'listGroups', query: { external_reference_id: String(reference) } })).rows;

/** The group with a reference as the list has it. Fails the check if it is not there. */
export async function listedGroup(run: CheckContext, reference: unknown, key?: string): Promise<Answer['data']> {
  const [group] = await listed(run, reference, key);
  if (group === undefined) throw new CheckFailed(`the group with reference ${showValue(reference)} is not in the list`);
  return group;
}

/** The group as retrieve returns it now. */
export async function current(group: TestGroup): Promise<TestGroup['created']> {
  const { data, status } = await group.send('retrieveGroup');
  if (status !== 200) throw new PreconditionFailed(`retrieving a group answered ${status}`, 'GRP-4');
  return data as TestGroup['created'];
}

/** Expects that a group is as it was retrieved before, except for `updated_at`. */
export async function expectUnchanged(group: TestGroup, before: TestGroup['created'], what: string): Promise<void> {
  expect(withoutUpdatedAt(await current(group)), `the group after ${what}`).toEqual(withoutUpdatedAt(before));
}

/** Expects a success; GRP-1 judges which 2xx it is. */
export function expectAccepted({ status }: Answer, what: string): void {
  claim(status >= 200 && status < 300, `status of ${what}`, 'a 2xx', status);
}
