import { isObject } from '../contract/json-pointer.ts';
import type { Defect } from '../self-test/defect.ts';
import type { MockReply } from '../self-test/mock-exchange.ts';
import { combined, type Patch } from '../self-test/patched-mock.ts';
import { asks, on, organizationOf, refusalReply, rows } from '../self-test/patches.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Rewrites the tokens that are issued. */
const tokens = (change: (token: Fields) => unknown): Patch =>
  on('issueAccessToken', async (ask, next) => {
    const reply = await next(ask);
    return reply.ok ? reply.with({ json: change(reply.json as Fields) }) : reply;
  });

const isTokenRequest = (authorization: string | null): boolean => authorization?.includes('vit_at_') ?? false;

/** Rewrites each member of the lists of members. */
const listed = (change: (member: Fields) => Fields): Patch => lists((data) => data.map(change));

const lists = (change: (data: readonly Fields[]) => readonly Fields[]): Patch =>
  on('listMembers', async (ask, next) => {
    const reply = await next(ask);
    const { data, pagination } = reply.json as { data: readonly Fields[]; pagination: Fields };
    return reply.ok ? reply.with({ json: { data: change(data), pagination } }) : reply;
  });

/** Rewrites what is searched for. */
const searches = (change: (search: string) => string): Patch =>
  on('listMembers', (ask, next) => {
    const search = ask.url.searchParams.get('search');
    return next(search === null ? ask : ask.with({ query: { search: change(search) } }));
  });

/** Access tokens and members. */
export const neighboursDefects: readonly Defect[] = [
  {
    name: 'token-in-envelope',
    sentence: 'A token is wrapped in data, like everything else.',
    breaks: ['TOK-1'],
    patch: () => tokens((data) => ({ data })),
  },
  {
    name: 'token-type-in-lower-case',
    sentence: 'token_type is in lower case.',
    breaks: ['TOK-1'],
    patch: () => tokens((token) => ({ ...token, token_type: 'bearer' })),
  },
  {
    name: 'token-without-prefix',
    sentence: 'A token does not begin with vit_at_.',
    breaks: ['TOK-1'],
    patch: () => {
      const issued = new Map<string, string>();
      return combined(
        {
          around(ask, next) {
            const token = issued.get(ask.authorization?.slice('Bearer '.length) ?? '');
            return next(token === undefined ? ask : ask.with({ headers: { authorization: `Bearer ${token}` } }));
          },
        },
        tokens((token) => {
          const known = String(token.access_token);
          const access_token = known.replace('vit_at_', 'jwt_');
          issued.set(access_token, known);
          return { ...token, access_token };
        }),
      );
    },
  },
  {
    name: 'token-expired-when-issued',
    sentence: 'expires_in is 0.',
    breaks: ['TOK-1'],
    patch: () => tokens((token) => ({ ...token, expires_in: 0 })),
  },
  {
    name: 'token-reads-only',
    sentence: 'A token may read, but not write.',
    breaks: ['TOK-2'],
    patch: () => ({
      around: (ask, next) =>
        ask.method !== 'GET' && isTokenRequest(ask.authorization) ? refusalReply(403) : next(ask),
    }),
  },
  {
    name: 'token-not-for-syncs',
    sentence: 'A token is refused for syncs.',
    breaks: ['TOK-2'],
    patch: () =>
      on(['submitMemberSync', 'retrieveMemberSync'], (ask, next) =>
        /vit_at_(?!ct-)/.test(ask.authorization ?? '') ? refusalReply(403) : next(ask),
      ),
  },
  {
    name: 'token-of-first-organization',
    sentence: 'Every token stands for the first organization, whoever asked for it.',
    breaks: ['TOK-2'],
    patch: () =>
      on('issueAccessToken', (ask, next) =>
        next(
          ask.authorization
            ? ask.with({ headers: { authorization: ask.authorization.replace('vit_apk_globex', 'vit_apk_acme') } })
            : ask,
        ),
      ),
  },
  {
    name: 'any-grant',
    sentence: 'grant_type is ignored.',
    breaks: ['TOK-2'],
    patch: () =>
      on('issueAccessToken', (ask, next) =>
        next(isObject(ask.json) ? ask.with({ json: { ...ask.json, grant_type: 'client_credentials' } }) : ask),
      ),
  },
  {
    name: 'token-for-anybody',
    sentence: 'A token is issued without a key.',
    breaks: ['TOK-2'],
    patch: () =>
      on('issueAccessToken', (ask, next) =>
        next(ask.authorization ? ask : ask.with({ headers: { authorization: 'Bearer vit_apk_acme' } })),
      ),
  },
  {
    name: 'token-without-end',
    sentence: 'A token claims to expire after a second, but never does.',
    breaks: ['TOK-2'],
    patch: () => tokens((token) => ({ ...token, expires_in: 1 })),
  },
  {
    name: 'member-as-first-sent',
    sentence: 'A listed member has the details that they were first sent with.',
    breaks: ['MEM-1'],
    patch: () => {
      const first = new Map<unknown, Fields>();
      return listed((member) => {
        if (!first.has(member.id)) first.set(member.id, member);
        return first.get(member.id) ?? member;
      });
    },
  },
  {
    name: 'member-phone-as-sent',
    sentence: 'The phone of a listed member is shown as it was sent, with +1 or without.',
    breaks: ['MEM-1'],
    patch: () => {
      const sent = new Map<unknown, unknown>();
      return combined(
        rows((row) => {
          sent.set(row.email, row.phone);
          return row;
        }),
        listed((member) => ({ ...member, phone: sent.get(member.email) ?? member.phone })),
      );
    },
  },
  {
    name: 'member-new-on-return',
    sentence: 'A person who is removed and added again is listed as another member.',
    breaks: ['MEM-1'],
    patch: () => {
      const emptied = new Set<unknown>();
      const returned = new Set<unknown>();
      return combined(
        asks('submitMemberSync', (body, { params }) => {
          const members = Array.isArray(body.members) ? body.members : [];
          if (members.length === 0) emptied.add(params.group_id);
          else if (emptied.has(params.group_id)) for (const row of members) returned.add(row?.email);
          return body;
        }),
        listed((member) =>
          returned.has(member.email) ? { ...member, id: `mbr_2${String(member.id).slice(5)}` } : member,
        ),
      );
    },
  },
  {
    name: 'member-phone-with-code',
    sentence: 'The phone of a listed member begins with +1.',
    breaks: ['MEM-1'],
    patch: () => listed((member) => ({ ...member, phone: member.phone && `+1${member.phone}` })),
  },
  {
    name: 'member-without-address',
    sentence: 'Listed members have no address.',
    breaks: ['MEM-1'],
    patch: () => listed((member) => ({ ...member, address: null })),
  },
  {
    name: 'member-under-group-member-id',
    sentence: 'A listed member has an id that begins with grpmbr_.',
    breaks: ['MEM-1'],
    also: [
      { rule: 'MEM-2', why: 'the search must find the listed id' },
      { rule: 'MEM-3', why: 'the listed id must be retrievable' },
    ],
    patch: () => listed((member) => ({ ...member, id: String(member.id).replace('mbr_', 'grpmbr_') })),
  },
  {
    name: 'search-with-case',
    sentence: 'A search for members is case-sensitive.',
    breaks: ['MEM-2'],
    patch: () => searches((search) => (search !== search.toLowerCase() && !/^mbr_/.test(search) ? 'nobody' : search)),
  },
  {
    name: 'search-not-by-phone',
    sentence: 'A search does not find members by phone.',
    breaks: ['MEM-2'],
    patch: () => searches((search) => (/^\d+$/.test(search) ? 'nobody' : search)),
  },
  {
    name: 'search-not-by-id',
    sentence: 'A search does not find a member by id.',
    breaks: ['MEM-2'],
    patch: () => searches((search) => (/^mbr_/.test(search) ? 'nobody' : search)),
  },
  {
    name: 'members-not-paged',
    sentence: 'The list of members has everybody on the first page, whatever the limit.',
    breaks: ['MEM-2'],
    patch: () =>
      on('listMembers', async (ask, next) => {
        const reply = await next(ask);
        if (!reply.ok || ask.url.searchParams.get('page') !== null) return reply;
        const { data } = (await next(ask.with({ query: { limit: 100 } }))).json as { data: unknown };
        return reply.with({ json: { ...(reply.json as object), data } });
      }),
  },
  {
    name: 'members-total-of-page',
    sentence: 'The total of the list of members counts the rows of the page.',
    breaks: ['MEM-2'],
    patch: () =>
      on('listMembers', async (ask, next) => {
        const reply = await next(ask);
        const { data, pagination } = reply.json as { data: readonly unknown[]; pagination: Fields };
        const total = data?.length;
        return reply.ok ? reply.with({ json: { data, pagination: { ...pagination, total } } }) : reply;
      }),
  },
  {
    name: 'member-born-today',
    sentence: 'A retrieved member has another date of birth.',
    breaks: ['MEM-3'],
    patch: () =>
      on('retrieveMember', async (ask, next) => {
        const reply = await next(ask);
        const { data } = reply.json as { data?: Fields };
        return reply.ok ? reply.with({ json: { data: { ...data, date_of_birth: '2001-01-01' } } }) : reply;
      }),
  },
  {
    name: 'unknown-member-403',
    sentence: 'An unknown member is answered with 403.',
    breaks: ['MEM-3'],
    patch: () =>
      on('retrieveMember', async (ask, next) => {
        const reply = await next(ask);
        return reply.status === 404 ? refusalReply(403) : reply;
      }),
  },
  {
    name: 'member-across-organizations',
    sentence: 'Another organization can retrieve a member.',
    breaks: ['MEM-3'],
    patch: () =>
      on('retrieveMember', async (ask, next): Promise<MockReply> => {
        const reply = await next(ask);
        return reply.status === 404 && organizationOf(ask) === 'globex'
          ? next(ask.with({ headers: { authorization: 'Bearer vit_apk_acme' } }))
          : reply;
      }),
  },
];
