import { alsoFails, type Defect, notOfSchema } from '../self-test/defect.ts';
import { HangUp, MockReply, type MockRequest } from '../self-test/mock-exchange.ts';
import { combined, type Next } from '../self-test/patched-mock.ts';
import { answers, errors, groups, on, refusalReply } from '../self-test/patches.ts';

const html = (status: number): MockReply =>
  new MockReply(status, '<html><body>Bad request</body></html>', { 'content-type': 'text/html' });

const isMalformed = (text: string): boolean => {
  try {
    JSON.parse(text);
    return false;
  } catch {
    return true;
  }
};

/** Answers 500 to requests with a known key that satisfy the condition. */
const failsOn =
  (when: (ask: MockRequest) => boolean) =>
  (ask: MockRequest, next: Next): MockReply | Promise<MockReply> =>
    ask.authorization?.startsWith('Bearer vit_apk_') && when(ask) ? refusalReply(500) : next(ask);

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
      { rule: 'AUTH-1', why: 'it judges the body of a 401, too' },
      { rule: 'ERR-1 should', why: 'other methods are answered with the same body' },
    ],
    patch: () => errors((body) => ({ ...body, trace_id: Number.parseInt(body.trace_id.slice(0, 12), 16) })),
  },
  {
    name: 'html-for-malformed-json',
    sentence: "Malformed JSON is answered with the framework's HTML error page.",
    breaks: ['ERR-1'],
    also: [{ rule: 'ERR-8', why: 'the answer is not application/json' }],
    patch: () =>
      on(writes, (ask, next) =>
        ask.authorization && ask.text !== '' && isMalformed(ask.text) ? html(400) : next(ask),
      ),
  },
  {
    name: 'bare-405',
    sentence: 'An unsupported method is answered with plain text.',
    breaks: ['ERR-1 should'],
    patch: () => ({
      async around(ask, next) {
        const reply = await next(ask);
        return reply.status === 405
          ? new MockReply(405, 'Method Not Allowed', { 'content-type': 'text/plain' })
          : reply;
      },
    }),
  },
  {
    name: 'other-error-on-404',
    sentence: 'In 404s only, error is the name of the status, and message says more.',
    breaks: ['ERR-2'],
    patch: () => errors((body) => ({ ...body, error: 'Not Found' }), 404),
  },
  {
    name: 'other-error-on-409',
    sentence: 'In 409s only, error is the error code.',
    breaks: ['ERR-2'],
    besides: ['GRP'],
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
    sentence: 'Create repairs truncated JSON and accepts it.',
    breaks: ['ERR-4'],
    patch: () =>
      on('createGroup', (ask, next) =>
        next(ask.text.startsWith('{"name"') && isMalformed(ask.text) ? ask.with({ json: repaired(ask.text) }) : ask),
      ),
  },
  {
    name: 'text-after-json-ignored',
    sentence: 'Anything after the first JSON value of a body is ignored.',
    breaks: ['ERR-4'],
    patch: () =>
      on(writes, (ask, next) => {
        const json = ask.text.slice(0, ask.text.lastIndexOf('}') + 1);
        return next(isMalformed(ask.text) && !isMalformed(json) ? ask.with({ json: JSON.parse(json) }) : ask);
      }),
  },
  {
    name: 'cut-sync-applied',
    sentence: 'A roster with truncated JSON is refused, but the rows that arrived are applied.',
    breaks: ['ERR-4'],
    patch: () =>
      on('submitMemberSync', async (ask, next) => {
        if (isMalformed(ask.text)) await next(ask.with({ json: { members: [] } }));
        return next(ask);
      }),
  },
  {
    name: 'malformed-update-ignored',
    sentence: 'An update with malformed JSON is answered with 200 and changes nothing.',
    breaks: ['ERR-4'],
    patch: () =>
      on('updateGroup', (ask, next) => next(ask.text && isMalformed(ask.text) ? ask.with({ json: {} }) : ask)),
  },
  {
    name: 'malformed-json-422',
    sentence: 'Malformed JSON is answered with 422.',
    breaks: ['ERR-4 should'],
    patch: () =>
      on('createGroup', (ask, next) => (ask.authorization && isMalformed(ask.text) ? refusalReply(422) : next(ask))),
  },
  {
    name: 'unknown-group-403',
    sentence: 'An unknown group is answered with 403.',
    breaks: ['ERR-5'],
    also: [{ rule: 'AUTH-3', why: "another organization's group counts as unknown" }],
    patch: () =>
      on('retrieveGroup', async (ask, next) => {
        const reply = await next(ask);
        return reply.status === 404 && /^grp_[\w-]{22}$/.test(ask.params.group_id ?? '') ? refusalReply(403) : reply;
      }),
  },
  {
    name: 'unknown-group-null',
    sentence: 'An update of an unknown group is answered with 200 and no group.',
    breaks: ['ERR-5'],
    also: [notOfSchema, { rule: 'AUTH-3', why: "another organization's group counts as unknown" }],
    patch: () =>
      on('updateGroup', async (ask, next) => {
        const reply = await next(ask);
        return reply.status === 404 ? MockReply.json(200, { data: null }) : reply;
      }),
  },
  {
    name: 'ids-without-case',
    sentence: 'Group ids are compared without regard to case, as some database collations do.',
    breaks: ['ERR-5'],
    patch: () => {
      const known = new Map<string, string>();
      return combined(
        answers('createGroup', (body) => {
          known.set(body.data.id.toLowerCase(), body.data.id);
          return body;
        }),
        on('retrieveGroup', (ask, next) => {
          const id = known.get(String(ask.params.group_id).toLowerCase());
          return next(id === undefined ? ask : ask.with({ path: `/v1/groups/${id}` }));
        }),
      );
    },
  },
  {
    name: 'malformed-id-400',
    sentence: 'A malformed group id is answered with 400.',
    breaks: ['ERR-5 should'],
    patch: () =>
      on('retrieveGroup', (ask, next) =>
        ask.authorization && !/^grp_[\w-]{22}$/.test(ask.params.group_id ?? '') ? refusalReply(400) : next(ask),
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
          ? MockReply.json(200, { data: {} })
          : next(ask),
      ),
  },
  {
    name: 'delete-accepted',
    sentence: 'DELETE on a group is answered with 204 and does nothing.',
    breaks: ['ERR-6'],
    patch: () => ({ around: (ask, next) => (ask.method === 'DELETE' ? new MockReply(204, '', {}) : next(ask)) }),
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
          return gone.has(ask.url.pathname) && ask.method === 'GET' ? refusalReply(404) : next(ask);
        },
      };
    },
  },
  {
    name: 'nul-in-name-500',
    sentence: 'A NUL character in a name causes a 500 from the database.',
    breaks: ['ERR-7'],
    patch: () => on('createGroup', (ask, next) => (ask.text.includes('\\u0000') ? refusalReply(500) : next(ask))),
  },
  {
    name: 'nul-in-filter-500',
    sentence: 'A NUL character in the filter of the list causes a 500.',
    breaks: ['ERR-7'],
    patch: () =>
      on(
        'listGroups',
        failsOn((ask) => /%00/.test(ask.url.search) && !/limit/.test(ask.url.search)),
      ),
  },
  {
    name: 'control-character-in-row-500',
    sentence: 'A control character in the city of a row causes a 500.',
    breaks: ['ERR-7'],
    patch: () =>
      on(
        'submitMemberSync',
        failsOn(({ text }) => /"city":"[^"]*\\u001b/.test(text)),
      ),
  },
  {
    name: 'huge-number-in-row-500',
    sentence: 'A state that is a number of more than 64 bits causes a 500.',
    breaks: ['ERR-7'],
    patch: () =>
      on(
        'submitMemberSync',
        failsOn(({ text }) => /"state":1e\+308/.test(text)),
      ),
  },
  {
    name: 'address-list-500',
    sentence: 'An address that is a list causes a 500.',
    breaks: ['ERR-7'],
    also: [{ rule: 'SYNC-10', why: 'an address of the wrong type must be refused with 400 or 422' }],
    patch: () =>
      on(
        'submitMemberSync',
        failsOn(({ text }) => /"address":\[/.test(text)),
      ),
  },
  {
    name: 'null-update-500',
    sentence: 'An update whose body is null causes a 500.',
    breaks: ['ERR-7'],
    patch: () =>
      on(
        'updateGroup',
        failsOn(({ text }) => text === 'null'),
      ),
  },
  {
    name: 'broken-utf-8-500',
    sentence: 'A roster in invalid UTF-8 causes a 500.',
    breaks: ['ERR-7'],
    patch: () =>
      on(
        'submitMemberSync',
        failsOn(({ text }) => text.includes('\ufffd')),
      ),
  },
  {
    name: 'nul-in-row-hangs-up',
    sentence: 'A NUL character in a row crashes the process, which closes the connection without an answer.',
    breaks: ['ERR-7'],
    patch: () =>
      on('submitMemberSync', (ask, next) =>
        ask.authorization && /"first_name":"[^"]*\\u0000/.test(ask.text) ? new HangUp() : next(ask),
      ),
  },
  {
    name: 'huge-page-500',
    sentence: 'A page number of more than 64 bits causes a 500.',
    breaks: ['ERR-7'],
    patch: () =>
      on('listGroups', (ask, next) =>
        Number(ask.url.searchParams.get('page')) > 2 ** 63 ? refusalReply(500) : next(ask),
      ),
  },
  {
    name: 'null-row-500',
    sentence: 'A row that is null causes a 500.',
    breaks: ['ERR-7', 'SYNC-10'],
    patch: () =>
      on('submitMemberSync', (ask, next) => {
        const { members } = (ask.json ?? {}) as { members?: unknown };
        return ask.authorization && Array.isArray(members) && members.includes(null) ? refusalReply(500) : next(ask);
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
    also: alsoFails('a group of the list is compared with what create and update returned', 'GRP-4', 'GRP-5'),
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

/** What a lenient parser makes of a truncated JSON object. */
function repaired(text: string): unknown {
  for (const end of ['}', '"}', 'null}']) if (!isMalformed(text + end)) return JSON.parse(text + end);
  return {};
}
