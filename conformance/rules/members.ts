import { type Answer, fieldsIn } from '../run/answer.ts';
import { rule } from '../run/check.ts';
import type { CheckContext } from '../run/context.ts';
import { claim, expect } from '../run/expect.ts';
import type { MemberRow } from '../run/people.ts';
import { NotApplicable, PreconditionFailed } from '../run/preconditions.ts';
import { expectPagination } from './pagination.ts';
import { idPattern, isInvalid, unknownId } from './support.ts';

type Query = Readonly<Record<string, string | number>>;

/** Lists members. Skips the check if the service has none to list. */
async function list(run: CheckContext, query: Query = {}): Promise<Answer> {
  const answer = await run.send({ operation: 'listMembers', query });
  if (answer.status === 404) throw new NotApplicable({ because: 'need', need: 'members' });
  return answer;
}

/** Three people whom a completed sync added. Skips the check if the service lists no members. */
async function addedPeople(run: CheckContext): Promise<People> {
  await list(run, { limit: 1 });
  run.session.listedPeople ??= addPeople(run);
  return (await run.session.listedPeople) as People;
}

type People = [MemberRow, MemberRow, MemberRow];

/** Expects that a search by e-mail finds the person once, as they were sent. */
async function expectListed(run: CheckContext, row: MemberRow): Promise<string> {
  const { rows } = await list(run, { search: String(row.email) });
  expect(rows.map(shown), `members found by ${row.email}`).toEqual([shown(row)]);
  const [{ id } = {}] = rows;
  expect(id, 'id of a member').toMatch(idPattern('mbr'));
  return String(id);
}

async function addPeople(run: CheckContext): Promise<MemberRow[]> {
  const { runId } = run.session.settings;
  // Nobody else in the run has these names, so a search finds few people.
  const rows = run.people.many(3).map((row, index) => ({ ...row, last_name: `Quillfeather${index}-${runId}` }));
  const { added } = await run.sync(await run.group(), rows);
  if (added.length !== 3) throw new PreconditionFailed(`adding three people reported ${added.length} ids`, 'LIFE-1');
  return rows;
}

/** The details of a listed member that can be compared with the row. */
const shown = (member: Readonly<Record<string, unknown>>) => {
  const { address_line_1, city, state, zipcode } = fieldsIn(member.address);
  const { first_name, last_name, email, phone } = member;
  return { first_name, last_name, email, phone, address: { address_line_1, city, state, zipcode } };
};

/** The id of the one member that a search finds. */
async function memberId(run: CheckContext, { email }: MemberRow): Promise<string> {
  const { rows } = await list(run, { search: String(email) });
  const id = rows[0]?.id;
  if (rows.length !== 1 || typeof id !== 'string')
    throw new PreconditionFailed(`searching for an e-mail found ${rows.length} members`, 'MEM-2');
  return id;
}

export const memberChecks = [
  rule('MEM-1', 'each person whom a sync added is listed once, as they were sent', async (run) => {
    for (const row of await addedPeople(run)) await expectListed(run, row);
  }),
  rule(
    'MEM-1',
    'a person is the same after their details changed, and after they were removed and added',
    async (run) => {
      await list(run, { limit: 1 });
      const group = await run.group();
      const row = run.people.one();
      await run.sync(group, [row]);
      const id = await expectListed(run, row);
      const moved = { ...row, last_name: `Renamed-${row.last_name}`, address: { ...row.address, city: 'Pittsburgh' } };
      await run.sync(group, [moved]);
      expect(await expectListed(run, moved), 'id after the name and the city changed').toBe(id);
      await run.sync(group, []);
      await run.sync(group, [moved]);
      expect(await expectListed(run, moved), 'id after a removal and an addition').toBe(id);
    },
  ),
  rule('MEM-1', 'a phone in E.164 is shown with 10 digits', async (run) => {
    await list(run, { limit: 1 });
    const group = await run.group();
    const row = run.people.one();
    const answer = await group.submit([{ ...row, phone: `+1${row.phone}` }]);
    if (isInvalid(answer))
      throw new NotApplicable({ because: 'reading', message: 'a phone in E.164 is refused (§8.28)' });
    await run.resultsOf(group, run.accepted(answer, 1));
    await expectListed(run, row);
  }),
  rule('MEM-2', 'search finds part of a name, an e-mail or a phone without case, and the exact id', async (run) => {
    const [row, other] = await addedPeople(run);
    const id = await memberId(run, row);
    const otherId = await memberId(run, other);
    const searches = [
      row.last_name.slice(1, -1).toUpperCase(),
      String(row.email).slice(1, -4).toUpperCase(),
      String(row.phone).slice(2),
      id,
    ];
    for (const search of searches) {
      const found: unknown[] = [];
      const first = await list(run, { search, limit: 100 });
      // Others may have people with that name or number, so further pages are read, ten at most.
      const pages = Math.min(Number(first.pagination.total_pages) || 1, 10);
      found.push(...first.rows.map((member) => member.id));
      for (let page = 2; page <= pages && !found.includes(id); page += 1)
        found.push(...(await list(run, { search, limit: 100, page })).rows.map((member) => member.id));
      claim(found.includes(id), `members found by ${JSON.stringify(search)}`, `${id} among them`, found.slice(0, 10));
    }
    expect(
      (await list(run, { search: id })).rows.map((member) => member.id),
      'members found by an id',
    ).toEqual([id]);
    const nobody = await list(run, { search: `nobody-${run.reference()}` });
    expect(nobody.rows, 'members found by a text that nobody has').toEqual([]);
    expect(id, 'id of one member').not.toBe(otherId);
  }),
  // Exclusive, since other checks add and remove people.
  rule(
    'MEM-2',
    'pages of members work like pages of groups',
    async (run) => {
      const rows = await addedPeople(run);
      const search = rows[0].last_name.split('-').at(-1) ?? '';
      const all = await list(run, { search, limit: 100 });
      expect(all.status, 'status').toBe(200);
      expectPagination(all);
      const { pagination } = await list(run);
      expect(pagination, 'pagination without parameters').toMatchObject({ page: 1, limit: 20 });
      const small = await list(run, { search, limit: 2 });
      expect(small.rows.length, 'rows with limit 2').toBe(2);
      expect(small.pagination, 'pagination with limit 2').toMatchObject({ page: 1, limit: 2 });
      const total = Number(small.pagination.total);
      expect(small.pagination.total_pages, `total_pages of ${total} with limit 2`).toBe(Math.ceil(total / 2));
      const pages = Math.min(Math.ceil(total / 2), 20);
      const walked = [...small.rows];
      for (let page = 2; page <= pages; page += 1) walked.push(...(await list(run, { search, limit: 2, page })).rows);
      const found = new Set(walked.map(({ id }) => id)).size;
      if (pages * 2 >= total) expect(found, `distinct members of ${pages} pages`).toBe(total);
      else expect(found, `distinct members of ${pages} full pages`).toBe(pages * 2);
      const beyond = await list(run, { search, limit: 2, page: Math.ceil(total / 2) + 100 });
      expect(beyond.status, 'status of a page past the end').toBe(200);
      expect(beyond.rows, 'rows of a page past the end').toEqual([]);
    },
    { exclusive: true },
  ),
  rule(
    'MEM-3',
    'a member retrieved by id is the same person, with the birth date; an unknown one is 404',
    async (run) => {
      const [row] = await addedPeople(run);
      const id = await memberId(run, row);
      const answer = await run.send({ operation: 'retrieveMember', params: { member_id: id } });
      expect(answer.status, 'status of retrieving a member').toBe(200);
      const { date_of_birth } = answer.data;
      expect({ ...shown(answer.data), id: answer.data.id, date_of_birth }, 'the member').toEqual({
        ...shown(row),
        id,
        date_of_birth: row.date_of_birth,
      });
      const params = { member_id: unknownId('mbr') };
      const { status } = await run.send({ operation: 'retrieveMember', params });
      expect(status, 'status of an unknown member').toBe(404);
    },
  ),
  rule(
    'MEM-3',
    "another organization's member is 404, and not found by a search",
    async (run) => {
      const [row] = await addedPeople(run);
      const params = { member_id: await memberId(run, row) };
      const { status } = await run.sendAsOther({ operation: 'retrieveMember', params });
      expect(status, 'status of a member of another organization').toBe(404);
      const { rows } = await run.sendAsOther({ operation: 'listMembers', query: { search: String(row.email) } });
      expect(rows, 'members that another organization finds by their e-mail').toEqual([]);
    },
    { needs: ['other-key'] },
  ),
];
