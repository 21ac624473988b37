import type { components } from '../../generated/api.ts';
import { type Account, ageAt, nationalNumber } from '../domain/people.ts';
import { Problem, shown } from '../domain/problems.ts';
import type { Handler } from './handlers.ts';
import { page } from './pages.ts';

/** An account as an item of the member list (MEM-1). */
function listItem({ id, details }: Account): components['schemas']['MemberListItem'] {
  const { first_name, last_name, email = null, phone, address } = details;
  return {
    id,
    first_name,
    last_name,
    email,
    phone: phone ? nationalNumber(phone) : null,
    address: { ...address, address_line_2: address.address_line_2 ?? null },
  };
}

export const listMembers: Handler<'listMembers'> = ({ world, organization, query, quirks }) => {
  const { members } = world.store;
  if (query.search === undefined || query.search === '') {
    const rows = (limit: number, offset: number) => members.list(organization.id, { limit, offset }).map(listItem);
    return { status: '200', body: page(query, members.count(organization.id), quirks, rows) };
  }
  const found = members.search(organization.id, String(query.search));
  const rows = (limit: number, offset: number) => found.slice(offset, offset + limit).map(listItem);
  return { status: '200', body: page(query, found.length, quirks, rows) };
};

export const retrieveMember: Handler<'retrieveMember'> = ({ world, organization, params }) => {
  const id = params.member_id as string;
  const account = world.store.members.person(organization.id, id);
  if (account === undefined)
    throw new Problem(
      'not-found',
      'member_not_found',
      `There is no member ${shown(id)} in this organization.`,
      'MEM-3',
    );
  const { first_name, last_name, date_of_birth } = account.details;
  return {
    status: '200',
    body: {
      data: {
        ...listItem(account),
        name: `${first_name} ${last_name}`,
        date_of_birth,
        age: ageAt(date_of_birth, new Date(world.clock.now())),
        status: 'pending_onboarding',
      },
    },
  };
};
