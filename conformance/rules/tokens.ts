import type { OperationId } from '../../generated/operations.ts';
import type { Answer, Call } from '../run/answer.ts';
import { rule } from '../run/check.ts';
import type { CheckContext } from '../run/context.ts';
import { claim, expect } from '../run/expect.ts';
import { NotApplicable, PreconditionFailed } from '../run/preconditions.ts';
import { pause } from '../run/waiting.ts';
import { expectRefused } from './support.ts';

/** The longest token lifetime that a run waits for. */
const maxExpiryMs = 5000;

const grant = { grant_type: 'client_credentials' };

/** Asks for an access token with the run's key. Skips the check if the service has no tokens. */
async function issue(run: CheckContext, body: unknown = grant): Promise<Answer> {
  const answer = await run.send({ operation: 'issueAccessToken', body });
  if (answer.status === 404) throw new NotApplicable({ because: 'need', need: 'tokens' });
  return answer;
}

const fieldsOf = ({ json }: Answer) => (json ?? {}) as Readonly<Record<string, unknown>>;

/** An access token of the run's organization. */
async function token(run: CheckContext): Promise<string> {
  return tokenIn(run, await issue(run));
}

function tokenIn(run: CheckContext, answer: Answer): string {
  const { access_token } = fieldsOf(answer);
  if (typeof access_token !== 'string')
    throw new PreconditionFailed(`issuing a token answered ${answer.status}`, 'TOK-1');
  run.session.connection.hide(access_token);
  return access_token;
}

export const tokenChecks = [
  rule('TOK-1', 'a key issues a bare bearer token', async (run) => {
    const answer = await issue(run);
    expect(answer.status, 'status').toBe(200);
    const { access_token, token_type, expires_in } = fieldsOf(answer);
    expect(String(access_token).slice(0, 7), 'how access_token begins').toBe('vit_at_');
    expect(token_type, 'token_type').toBe('Bearer');
    expect(expires_in, 'expires_in').toBeGreaterThan(0);
  }),
  rule('TOK-2', 'a token does what its key does on groups, plans and syncs', async (run) => {
    const key = await token(run);
    const group = await run.group();
    const params = { group_id: group.id };
    const send = async (operation: OperationId, call: Call, statuses: readonly number[]): Promise<Answer> => {
      const answer = await run.sendWithKey(key, { operation, ...call });
      const { status } = answer;
      claim(statuses.includes(status), `status of ${operation} with a token`, statuses.join(' or '), status);
      return answer;
    };
    await send('listGroups', {}, [200]);
    await send('listPlans', {}, [200]);
    const members = (await run.send({ operation: 'listMembers' })).status;
    await send('listMembers', {}, [members]);
    await send('createGroup', { body: run.groupBody() }, [200, 201]);
    const retrieved = await send('retrieveGroup', { params }, [200]);
    expect(retrieved.data.organization_id, 'organization_id').toBe(group.created.organization_id);
    await send('updateGroup', { params, body: { name: 'Renamed with a token' } }, [200]);
    const { data } = await send('submitMemberSync', { params, body: { members: [] } }, [202]);
    const request_id = String(data.request_id);
    await send('retrieveMemberSync', { params: { ...params, request_id } }, [200]);
  }),
  rule(
    'TOK-2',
    "a token of another organization's key reaches its groups, and only those",
    async (run) => {
      await issue(run);
      const key = tokenIn(run, await run.sendAsOther({ operation: 'issueAccessToken', body: grant }));
      const statusOf = async (group_id: string) =>
        (await run.sendWithKey(key, { operation: 'retrieveGroup', params: { group_id } })).status;
      expect(await statusOf((await run.otherGroup()).id), 'status of a group of its organization').toBe(200);
      expect(await statusOf((await run.group()).id), 'status of a group of the first organization').toBe(404);
    },
    { needs: ['other-key'] },
  ),
  rule('TOK-2', 'a token is 401 after it expired', async (run) => {
    const answer = await issue(run);
    const key = tokenIn(run, answer);
    const ms = Number(fieldsOf(answer).expires_in) * 1000;
    if (!(ms <= maxExpiryMs))
      throw new NotApplicable({ because: 'reading', message: `a token lives longer than ${maxExpiryMs / 1000} s` });
    await pause(ms + 1000, run.session.connection.signal);
    const { status } = await run.sendWithKey(key, { operation: 'listGroups' });
    expect(status, 'status of a list with a token that expired').toBe(401);
  }),
  rule('TOK-2', 'another grant, or none, is refused, and no key is 401', async (run) => {
    await issue(run);
    for (const body of [{}, { grant_type: 'password' }, { grant_type: 7 }, { grant_type: null }])
      expectRefused(await issue(run, body), `a token with ${JSON.stringify(body)}`);
    const answer = await run.sendWithKey(null, { operation: 'issueAccessToken', body: grant });
    expect(answer.status, 'status without a key').toBe(401);
  }),
];
