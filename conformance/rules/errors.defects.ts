import { type Defect, notOfSchema } from '../self-test/defect.ts';
import { Reply } from '../self-test/exchange.ts';
import { answers, errors, groups, on, refusal } from '../self-test/patches.ts';

const html = (status: number): Reply =>
  new Reply(status, '<html><body>Bad request</body></html>', { 'content-type': 'text/html' });

const isMalformed = (text: string): boolean => {
  try {
    JSON.parse(text);
    return false;
  } catch {
    return true;
  }
};

const writes = ['createGroup', 'updateGroup', 'submitMemberSync'] as const;

export const errorsDefects: readonly Defect[] = [
  {
    name: 'errors-without-timestamp',
    sentence: 'The body of a 404 has no timestamp.',
    breaks: ['ERR-1'],
    patch: () => errors(({ timestamp, ...rest }) => rest, 404),
  },
  {
    name: 'numeric-trace-id',
    sentence: 'trace_id is a number.',
    breaks: ['ERR-1'],
    also: [
      { rule: 'AUTH-1', why: 'the body of a 401 is judged there, too' },
      { rule: 'ERR-1 should', why: 'other methods are answered with the same body' },
    ],
    patch: () => errors((body) => ({ ...body, trace_id: Number.parseInt(body.trace_id.slice(0, 12), 16) })),
  },
  {
    name: 'html-for-malformed-json',
    sentence: 'Malformed JSON is answered with a page of HTML, by the framework and not by the service.',
    breaks: ['ERR-1'],
    also: [{ rule: 'ERR-8', why: 'the answer is not application/json' }],
    patch: () => on(writes, (ask, next) => (ask.authorization && isMalformed(ask.text) ? html(400) : next(ask))),
  },
  {
    name: 'bare-405',
    sentence: 'A method that there is not is answered with plain text.',
    breaks: ['ERR-1 should'],
    patch: () => ({
      async around(ask, next) {
        const reply = await next(ask);
        return reply.status === 405 ? new Reply(405, 'Method Not Allowed', { 'content-type': 'text/plain' }) : reply;
      },
    }),
  },
  {
    name: 'other-error-on-404',
    sentence: 'On 404 alone, error is the name of the status and message says more.',
    breaks: ['ERR-2'],
    patch: () => errors((body) => ({ ...body, error: 'Not Found' }), 404),
  },
  {
    name: 'other-error-on-409',
    sentence: 'On 409 alone, error is the code.',
    breaks: ['ERR-2'],
    patch: () => errors((body) => ({ ...body, error: body.app_error_code }), 409),
  },
  {
    name: 'constant-trace-id',
    sentence: 'trace_id is the same in every answer.',
    breaks: ['ERR-3'],
    patch: () => errors((body) => ({ ...body, trace_id: '00000000000000000000000000000000' })),
  },
  {
    name: 'cut-create-repaired',
    sentence: 'Create completes a body that was cut off.',
    breaks: ['ERR-4'],
    patch: () =>
      on('createGroup', (ask, next) =>
        next(ask.text.startsWith('{"name"') && isMalformed(ask.text) ? ask.with({ json: repaired(ask.text) }) : ask),
      ),
  },
  {
    name: 'cut-sync-applied',
    sentence: 'A roster whose JSON was cut off is refused, but what came of it is applied.',
    breaks: ['ERR-4'],
    patch: () =>
      on('submitMemberSync', async (ask, next) => {
        if (isMalformed(ask.text)) await next(ask.with({ json: { members: [] } }));
        return next(ask);
      }),
  },
  {
    name: 'malformed-update-ignored',
    sentence: 'An update with malformed JSON is a 200 that changes nothing.',
    breaks: ['ERR-4'],
    patch: () => on('updateGroup', (ask, next) => next(isMalformed(ask.text) ? ask.with({ json: {} }) : ask)),
  },
  {
    name: 'malformed-json-422',
    sentence: 'Malformed JSON is answered with 422.',
    breaks: ['ERR-4 should'],
    patch: () =>
      on('createGroup', (ask, next) => (ask.authorization && isMalformed(ask.text) ? refusal(422) : next(ask))),
  },
  {
    name: 'unknown-group-403',
    sentence: 'An unknown group is answered with 403.',
    breaks: ['ERR-5'],
    also: [{ rule: 'AUTH-3', why: "another organization's group is unknown" }],
    patch: () =>
      on('retrieveGroup', async (ask, next) => {
        const reply = await next(ask);
        return reply.status === 404 && /^grp_[\w-]{22}$/.test(ask.params.group_id ?? '') ? refusal(403) : reply;
      }),
  },
  {
    name: 'unknown-group-null',
    sentence: 'An update of an unknown group is a 200 without a group.',
    breaks: ['ERR-5'],
    also: [notOfSchema, { rule: 'AUTH-3', why: "another organization's group is unknown" }],
    patch: () =>
      on('updateGroup', async (ask, next) => {
        const reply = await next(ask);
        return reply.status === 404 ? Reply.json(200, { data: null }) : reply;
      }),
  },
  {
    name: 'malformed-id-400',
    sentence: 'A malformed group id is answered with 400.',
    breaks: ['ERR-5 should'],
    patch: () =>
      on('retrieveGroup', (ask, next) =>
        ask.authorization && !/^grp_[\w-]{22}$/.test(ask.params.group_id ?? '') ? refusal(400) : next(ask),
      ),
  },
  {
    name: 'malformed-id-lists',
    sentence: 'Retrieving a malformed id answers 200 with an empty group.',
    breaks: ['ERR-5', 'ERR-5 should'],
    also: [notOfSchema],
    patch: () =>
      on('retrieveGroup', (ask, next) =>
        ask.authorization && !/^grp_[\w-]{22}$/.test(ask.params.group_id ?? '')
          ? Reply.json(200, { data: {} })
          : next(ask),
      ),
  },
  {
    name: 'delete-accepted',
    sentence: 'DELETE on a group is answered with 204 and does nothing.',
    breaks: ['ERR-6'],
    patch: () => ({ around: (ask, next) => (ask.method === 'DELETE' ? new Reply(204, '', {}) : next(ask)) }),
  },
  {
    name: 'delete-refused-but-done',
    sentence: 'DELETE on a group is refused, yet the group is gone.',
    breaks: ['ERR-6'],
    patch: () => {
      const gone = new Set<string>();
      return {
        around(ask, next) {
          if (ask.method === 'DELETE') gone.add(ask.url.pathname);
          return gone.has(ask.url.pathname) && ask.method === 'GET' ? refusal(404) : next(ask);
        },
      };
    },
  },
  {
    name: 'nul-in-name-500',
    sentence: 'A NUL character in a name is a 500, from the database.',
    breaks: ['ERR-7'],
    patch: () => on('createGroup', (ask, next) => (ask.text.includes('\\u0000') ? refusal(500) : next(ask))),
  },
  {
    name: 'huge-page-500',
    sentence: 'A page number that does not fit 64 bits is a 500.',
    breaks: ['ERR-7'],
    patch: () =>
      on('listGroups', (ask, next) => (Number(ask.url.searchParams.get('page')) > 2 ** 63 ? refusal(500) : next(ask))),
  },
  {
    name: 'null-row-500',
    sentence: 'A row that is null is a 500.',
    breaks: ['ERR-7', 'SYNC-10'],
    patch: () =>
      on('submitMemberSync', (ask, next) => {
        const { members } = (ask.json ?? {}) as { members?: unknown };
        return ask.authorization && Array.isArray(members) && members.includes(null) ? refusal(500) : next(ask);
      }),
  },
  {
    name: 'text-content-type',
    sentence: 'The plans list is sent as text/plain.',
    breaks: ['ERR-8'],
    patch: () =>
      on('listPlans', async (ask, next) => {
        const reply = await next(ask);
        return reply.ok ? reply.with({ headers: { 'content-type': 'text/plain' } }) : reply;
      }),
  },
  {
    name: 'list-without-reference',
    sentence: 'Groups in the list lack external_reference_id.',
    breaks: ['ERR-8'],
    also: [{ rule: 'GRP-4', why: 'a group of the list is compared with what create returned' }],
    patch: () => groups(({ external_reference_id, ...rest }) => rest, ['listGroups']),
  },
  {
    name: 'groups-without-updated-at',
    sentence: 'Groups have no updated_at.',
    breaks: ['ERR-8'],
    patch: () => groups(({ updated_at, ...rest }) => rest),
  },
  {
    name: 'accepted-at-in-milliseconds',
    sentence: 'A retrieved sync request has accepted_at in milliseconds.',
    breaks: ['ERR-8'],
    also: [{ rule: 'SYNC-2', why: 'it is no longer the value of the receipt' }],
    patch: () =>
      answers('retrieveMemberSync', ({ data }) => ({ data: { ...data, accepted_at: Date.parse(data.accepted_at) } })),
  },
];

/** What a lenient parser makes of a JSON object that was cut off. */
function repaired(text: string): unknown {
  for (const end of ['}', '"}', 'null}']) if (!isMalformed(text + end)) return JSON.parse(text + end);
  return {};
}
