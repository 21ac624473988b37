import { operations } from '../../generated/operations.ts';
import type { Answer, Call } from '../run/answer.ts';
import { rule, should } from '../run/check.ts';
import type { CheckContext } from '../run/context.ts';
import { NetworkError } from '../run/errors.ts';
import { CheckFailed, claim, expect } from '../run/expect.ts';
import { expectNoViolation, expectRefused, otherCase, unknownId } from './support.ts';

const malformedIds = ['not-a-group', 'grp_short', 'grp_!!!!!!!!!!!!!!!!!!!!!!'];

/** Requests that must be refused, of each kind of refusal. */
async function provokeRefusals(run: CheckContext): Promise<void> {
  const params = { group_id: unknownId('grp') };
  await run.sendWithKey(null, { operation: 'listGroups' });
  await run.send({ operation: 'retrieveGroup', params });
  await run.send({ operation: 'createGroup', body: {} });
  await run.send({ operation: 'createGroup', rawBody: '{"name"' });
  await run.send({ operation: 'updateGroup', params, body: { name: 'Nobody' } });
  await run.send({ operation: 'submitMemberSync', params, body: { members: [] } });
}

/** Texts that a database or a log may fail on: NUL and other control characters, and noncharacters. */
const hostileTexts = ['a\u0000b', '\u0001\u001b[31m\u007f', '\u2028\u202e\ufeff\uffff'];

/** Rosters with one text of each row replaced: first one that a service may accept, then those that it should refuse. */
function rostersWith(run: CheckContext, text: string): unknown[][] {
  const free = ['reference_id', 'first_name', 'last_name'] as const;
  const freeOfAddress = ['address_line_1', 'address_line_2', 'city'] as const;
  const strict = ['date_of_birth', 'email', 'phone', 'plan_id'] as const;
  const strictOfAddress = ['state', 'zipcode'] as const;
  const row = (name: string) => ({ ...run.people.one(), [name]: text });
  const rowAt = (name: string) => {
    const one = run.people.one();
    return { ...one, address: { ...one.address, [name]: text } };
  };
  return [
    [...free.map(row), ...freeOfAddress.map(rowAt)],
    ...[...strict.map(row), ...strictOfAddress.map(rowAt)].map((one) => [one]),
  ];
}

/** Input that programs are known to fail on. */
function hostileCalls(run: CheckContext, group_id: string): Call[] {
  const params = { group_id };
  const list = operations.listGroups.path;
  const deep = `${'['.repeat(2000)}${']'.repeat(2000)}`;
  const huge = '9'.repeat(400);
  const submit = (members: unknown): Call => ({ operation: 'submitMemberSync', params, body: { members } });
  return [
    ...(['createGroup', 'updateGroup', 'submitMemberSync'] as const).flatMap((operation): Call[] =>
      ['null', '[]', '"text"', '0', 'false', `{"name":${huge},"members":${huge}}`, '{"name":"a"} trailing'].map(
        (rawBody) => ({ operation, params, rawBody }),
      ),
    ),
    ...hostileTexts.flatMap((text): Call[] => [
      { operation: 'createGroup', body: { name: text, external_reference_id: `${run.reference()}${text}` } },
      { operation: 'updateGroup', params, body: { name: text } },
      { operation: 'updateGroup', params, body: { external_reference_id: `${run.reference()}${text}` } },
      { operation: 'listGroups', query: { external_reference_id: text } },
      { operation: 'retrieveMemberSync', params: { ...params, request_id: text } },
      ...rostersWith(run, text).map(submit),
    ]),
    ...[1e308, -1e308, 0, 1.5, 2 ** 63].flatMap((value): Call[] => [
      { operation: 'createGroup', body: { name: value, external_reference_id: value } },
      submit([{ ...run.people.one(), reference_id: value, date_of_birth: value, plan_id: value }]),
      submit([{ ...run.people.one(), address: { state: value, zipcode: value } }]),
    ]),
    // Byte 0xff never occurs in UTF-8, and 0xc3 begins a character that is incomplete here.
    ...(['createGroup', 'updateGroup', 'submitMemberSync'] as const).flatMap((operation): Call[] =>
      ['\xff\xfe', '{"name":"\xc3","members":"\xc3"}'].map((bytes) => ({
        operation,
        params,
        rawBody: Buffer.from(bytes, 'latin1'),
      })),
    ),
    ...[
      'null',
      '[]',
      '"text"',
      '7',
      'true',
      '',
      '{',
      '\u0000',
      deep,
      '{"name":1e999}',
      '{"__proto__":{"name":"x"}}',
    ].map((rawBody): Call => ({ operation: 'createGroup', rawBody })),
    ...[null, {}, [], 1e308, true].map((name): Call => ({ operation: 'updateGroup', params, body: { name } })),
    ...[null, {}, 'all', [null], [[]], [7], [{}], [{ address: null }], [{ address: [] }]].map(
      (members): Call => ({ operation: 'submitMemberSync', params, body: { members } }),
    ),
    { operation: 'createGroup', body: { name: 'NUL \u0000', external_reference_id: run.reference() } },
    { operation: 'createGroup', rawBody: '{"name":"\\ud800"}' },
    { operation: 'createGroup', body: { name: 'Plain text' }, headers: { 'content-type': 'text/plain' } },
    ...['../', '%00', '%ff', "' OR 1=1 --", 'grp_', 'x'.repeat(2000), '💥'].map(
      (id): Call => ({ operation: 'retrieveGroup', params: { group_id: id } }),
    ),
    ...['1e9', '99999999999999999999999', '-1', '1.5', '', ' ', 'NaN', '0x10'].flatMap((value): Call[] => [
      { operation: 'listGroups', query: { page: value } },
      { operation: 'listGroups', query: { limit: value } },
    ]),
    // Open questions of the contract, so that every run shows how the service reads them.
    submit([run.people.one({ phone: '(215) 555-0100' })]),
    submit([run.people.one({ date_of_birth: '2199-01-01' })]),
    { operation: 'createGroup', body: { name: 'A', external_reference_id: run.reference(), colour: 'red' } },
    { operation: 'createGroup', body: { name: 'A', external_reference_id: null } },
    { operation: 'updateGroup', params, body: { external_reference_id: '' } },
    { method: 'GET', path: `${list}?limit=5&limit=6&external_reference_id=%00` },
    { operation: 'listGroups', query: { external_reference_id: 'x'.repeat(2000) } },
  ];
}

/** Sends hostile input and returns the answer. Fails the check if only this request gets no answer. */
async function answerTo(run: CheckContext, call: Call): Promise<Answer> {
  try {
    return await run.send(call);
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    // Throws, too, if the service is gone.
    await run.send({ operation: 'listGroups' });
    const what = call.rawBody?.toString('latin1') ?? JSON.stringify(call.body ?? call.params ?? call.query);
    throw new CheckFailed(`answer to ${call.operation ?? call.path} with ${what.slice(0, 100)}`, {
      expected: 'an answer',
      received: error.message,
    });
  }
}

export const errorChecks = [
  rule(
    'ERR-1',
    'every refusal of a GET, POST or PATCH in this run has the error body',
    async (run) => {
      await provokeRefusals(run);
      expectNoViolation(run, 'ERR-1');
    },
    { audit: true },
  ),
  should(
    'ERR-1',
    'refusals of other methods have the error body',
    async (run) => {
      const group = await run.groupToRefuse();
      for (const method of ['PUT', 'DELETE']) await run.send({ method, path: `/v1/groups/${group.id}` });
      expectNoViolation(run, 'ERR-1 should');
    },
    { audit: true },
  ),
  rule(
    'ERR-2',
    'in every error body of this run, error equals message',
    async (run) => {
      await provokeRefusals(run);
      expectNoViolation(run, 'ERR-2');
    },
    { audit: true },
  ),
  rule(
    'ERR-3',
    'two error bodies have different trace ids',
    async (run) => {
      const call: Call = { operation: 'retrieveGroup', params: { group_id: unknownId('grp') } };
      const traceId = async () => (await run.send(call)).json as { trace_id?: unknown } | undefined;
      const [first, second] = [(await traceId())?.trace_id, (await traceId())?.trace_id];
      expect(second, 'trace_id of a second answer').not.toBe(first);
    },
    { readOnly: true },
  ),
  rule('ERR-4', 'malformed JSON is refused and creates nothing', async (run) => {
    const reference = run.reference();
    const cut = `{"name": "Cut short", "external_reference_id": "${reference}"`;
    for (const rawBody of [cut, `${cut}} and text after it`])
      expectRefused(await run.send({ operation: 'createGroup', rawBody }), 'create with malformed JSON');
    const found = await run.send({ operation: 'listGroups', query: { external_reference_id: reference } });
    expect(found.rows, 'groups with the reference of the malformed body').toEqual([]);
  }),
  rule('ERR-4', 'malformed JSON is refused by update and sync, and changes nothing', async (run) => {
    const group = await run.group();
    const { added } = await run.sync(group, [run.people.one()]);
    for (const end of ['', '} and text after it']) {
      const [update, sync] = [`{"name": "Cut short"${end}`, `{"members": []${end}`];
      expectRefused(await group.send('updateGroup', { rawBody: update }), 'update with malformed JSON');
      expectRefused(await group.send('submitMemberSync', { rawBody: sync }), 'sync with malformed JSON');
    }
    expect((await group.send('retrieveGroup')).data.name, 'name afterwards').toBe(group.created.name);
    expect(await run.removeAllMembers(group), 'members afterwards').toEqual([...added].sort());
  }),
  should('ERR-4', 'the status is 400', async (run) => {
    expect((await run.send({ operation: 'createGroup', rawBody: '{"name": ' })).status, 'status').toBe(400);
  }),
  should('ERR-4', 'a body that is not UTF-8 is refused and creates nothing', async (run) => {
    const external_reference_id = run.reference();
    const body = JSON.stringify({ name: 'Caf\u00e9', external_reference_id });
    const rawBody = Buffer.from(body, 'latin1');
    expectRefused(await run.send({ operation: 'createGroup', rawBody }), 'create with a body in Latin-1');
    const found = await run.send({ operation: 'listGroups', query: { external_reference_id } });
    expect(found.rows, 'groups with its reference').toEqual([]);
  }),
  rule('ERR-5', 'an unknown group is 404 on retrieve and update, a malformed id a 4xx', async (run) => {
    const group_id = unknownId('grp');
    const retrieved = await run.send({ operation: 'retrieveGroup', params: { group_id } });
    expect(retrieved.status, 'status of retrieving an unknown group').toBe(404);
    const updated = await run.send({ operation: 'updateGroup', params: { group_id }, body: { name: 'Nobody' } });
    expect(updated.status, 'status of updating an unknown group').toBe(404);
    for (const malformed of malformedIds)
      expectRefused(
        await run.send({ operation: 'retrieveGroup', params: { group_id: malformed } }),
        `GET ${malformed}`,
      );
  }),
  rule('ERR-5', 'an id that differs from a known one only in case is 404', async (run) => {
    const { id } = await run.groupToRefuse();
    const prefix = id.slice(0, id.indexOf('_') + 1);
    // The last character keeps its case: in the other one, the id may not be canonical base64, so a service may call it malformed.
    const cased = [otherCase(id), prefix + otherCase(id.slice(prefix.length, -1)) + id.slice(-1)].filter(
      (other) => other !== id,
    );
    for (const group_id of cased) {
      const { status } = await run.send({ operation: 'retrieveGroup', params: { group_id } });
      // An id with another prefix is malformed, so any 4xx is right.
      if (group_id.startsWith(prefix)) expect(status, `status of GET ${group_id}, for ${id}`).toBe(404);
      else claim(status >= 400 && status < 500, `status of GET ${group_id}, for ${id}`, 'a 4xx', status);
    }
  }),
  rule(
    'ERR-5',
    'retrieving an unknown group is 404',
    async (run) => {
      const answer = await run.send({ operation: 'retrieveGroup', params: { group_id: unknownId('grp') } });
      expect(answer.status, 'status').toBe(404);
    },
    { readOnly: true },
  ),
  should(
    'ERR-5',
    'retrieving a malformed id is 404',
    async (run) => {
      for (const group_id of malformedIds)
        expect((await run.send({ operation: 'retrieveGroup', params: { group_id } })).status, `GET ${group_id}`).toBe(
          404,
        );
    },
    { readOnly: true },
  ),
  rule('ERR-6', 'DELETE on a group is refused and leaves it', async (run) => {
    const group = await run.group();
    expectRefused(await run.send({ method: 'DELETE', path: `/v1/groups/${group.id}` }), 'DELETE');
    expect((await group.send('retrieveGroup')).status, 'status of retrieving it afterwards').toBe(200);
  }),
  rule(
    'ERR-7',
    'neither hostile input nor anything else in this run caused a 5xx',
    async (run) => {
      const group = await run.group();
      group.occupied = true;
      for (const call of hostileCalls(run, group.id)) {
        if (call.operation === 'submitMemberSync' && group.inFlight !== undefined)
          await run.settled(group, group.inFlight);
        const answer = await answerTo(run, call);
        if (call.operation === 'submitMemberSync' && typeof answer.data.request_id === 'string')
          group.inFlight = answer.data.request_id;
      }
      expectNoViolation(run, 'ERR-7');
    },
    { audit: true },
  ),
  rule(
    'ERR-8',
    'every answer of this run is JSON of the contract’s schema',
    async (run) => {
      const group = await run.group();
      const query = { external_reference_id: String(group.created.external_reference_id) };
      await run.sync(group, [run.people.one()]);
      const answers = {
        create: group.created,
        retrieve: (await group.send('retrieveGroup')).data,
        update: (await group.send('updateGroup', { body: { name: 'Renamed' } })).data,
        list: (await run.send({ operation: 'listGroups', query })).rows[0] ?? {},
      };
      for (const [name, data] of Object.entries(answers))
        expect(data, `a group created with a reference, in ${name}`).toHaveProperty('external_reference_id');
      expectNoViolation(run, 'ERR-8');
    },
    { audit: true },
  ),
  rule(
    'ERR-8',
    'the lists are JSON of the contract’s schema',
    async (run) => {
      await run.send({ operation: 'listGroups' });
      await run.send({ operation: 'listPlans' });
      expectNoViolation(run, 'ERR-8');
    },
    { readOnly: true, audit: true },
  ),
];
