import { schemas } from '../../generated/validators.ts';
import { isObject } from '../contract/json-pointer.ts';
import type { Defect } from '../self-test/defect.ts';
import type { Patch } from '../self-test/patched-mock.ts';
import { completing, loading, on, refusalReply, refusesRow, rows } from '../self-test/patches.ts';

type Row = Record<string, unknown> & { address: Record<string, unknown> };

/** Replaces a field of each row if its value satisfies the condition. */
const repaired = (field: string, when: (value: unknown) => boolean, value: unknown): Patch =>
  rows((row) => {
    const fields = row as unknown as Row;
    return field in fields && when(fields[field]) ? { ...fields, [field]: value } : row;
  });

/** The same for a field of the address. */
const repairedInAddress = (field: string, when: (value: unknown) => boolean, value: unknown): Patch =>
  rows((row) => {
    const { address } = row as unknown as Row;
    return isObject(address) && when(address[field]) ? { ...row, address: { ...address, [field]: value } } : row;
  });

const isText = (value: unknown, pattern: RegExp): boolean => typeof value === 'string' && pattern.test(value);

/** Which rows are valid. */
export const rowsDefects: readonly Defect[] = [
  {
    name: 'last-name-optional',
    sentence: 'A row without last_name is accepted.',
    breaks: ['SYNC-10'],
    patch: () => rows((row) => ({ ...row, last_name: row.last_name === undefined ? 'Unknown' : row.last_name })),
  },
  {
    name: 'null-city-accepted',
    sentence: 'A city that is null is accepted.',
    breaks: ['SYNC-10'],
    patch: () => repairedInAddress('city', (value) => value === null, 'Unknown'),
  },
  {
    name: 'zipcode-coerced',
    sentence: 'A zipcode that is a number is converted to text.',
    breaks: ['SYNC-10'],
    patch: () => repairedInAddress('zipcode', (value) => typeof value === 'number', '00007'),
  },
  {
    name: 'faulty-row-skipped',
    sentence: 'A row without first_name is skipped, and the others are applied.',
    breaks: ['SYNC-10'],
    patch: () =>
      on('submitMemberSync', (ask, next) => {
        const { members } = (ask.json ?? {}) as { members?: unknown };
        if (!Array.isArray(members)) return next(ask);
        return next(ask.with({ json: { members: members.filter((row) => !isObject(row) || 'first_name' in row) } }));
      }),
  },
  {
    name: 'only-last-row-validated',
    sentence: 'Only the last row of a roster is validated; invalid rows before it are skipped.',
    breaks: ['SYNC-10', 'SYNC-11'],
    patch: () =>
      on('submitMemberSync', (ask, next) => {
        const { members } = (ask.json ?? {}) as { members?: unknown };
        if (!Array.isArray(members)) return next(ask);
        const isLast = (n: number) => n === members.length - 1;
        return next(ask.with({ json: { members: members.filter((row, n) => isLast(n) || schemas.MemberRow(row)) } }));
      }),
  },
  {
    name: 'refused-roster-applied',
    sentence: 'A roster with a row without a birth date is refused, but its other rows are applied.',
    breaks: ['SYNC-10'],
    patch: () =>
      on('submitMemberSync', async (ask, next) => {
        const { members } = (ask.json ?? {}) as { members?: unknown };
        if (Array.isArray(members) && members.every(isObject) && members.some((row) => !('date_of_birth' in row)))
          await next(ask.with({ json: { members: members.filter((row) => 'date_of_birth' in row) } }));
        return next(ask);
      }),
  },
  {
    name: 'no-members-means-nobody',
    sentence: 'A body without members is treated as an empty roster.',
    breaks: ['SYNC-10'],
    patch: () =>
      on('submitMemberSync', (ask, next) =>
        next(isObject(ask.json) && !('members' in ask.json) ? ask.with({ json: { members: [] } }) : ask),
      ),
  },
  {
    name: 'faulty-row-422',
    sentence: 'A roster with a row without address is answered with 422.',
    breaks: ['SYNC-10 should'],
    patch: () => refusing((row) => !('address' in row), 422),
  },
  {
    name: 'faulty-row-409',
    sentence: 'A roster with a row without address is answered with 409.',
    breaks: ['SYNC-10', 'SYNC-10 should'],
    patch: () => refusing((row) => !('address' in row), 409),
  },
  {
    name: 'rows-validated-up-to-50',
    sentence: 'Rows after the fiftieth are not validated; invalid ones among them are skipped.',
    breaks: ['SYNC-10'],
    patch: () =>
      on('submitMemberSync', (ask, next) => {
        const { members } = (ask.json ?? {}) as { members?: unknown };
        if (!Array.isArray(members)) return next(ask);
        return next(ask.with({ json: { members: members.filter((row, n) => n < 50 || schemas.MemberRow(row)) } }));
      }),
  },
  {
    name: 'first-of-list-taken',
    sentence: 'A first_name that is a list is replaced by its first text.',
    breaks: ['SYNC-10'],
    patch: () => repaired('first_name', Array.isArray, 'Ana'),
  },
  {
    name: 'bad-date-422',
    sentence: 'An impossible birth date is answered with 422.',
    breaks: ['SYNC-11 should'],
    patch: () => refusing((row) => row.date_of_birth === '1990-02-30', 422),
  },
  {
    name: 'bad-date-409',
    sentence: 'An impossible birth date is answered with 409.',
    breaks: ['SYNC-11', 'SYNC-11 should'],
    patch: () => refusing((row) => row.date_of_birth === '1990-02-30', 409),
  },
  {
    name: 'impossible-date-rolls-over',
    sentence: 'The 30th of February is read as the 1st of March.',
    breaks: ['SYNC-11'],
    patch: () => repaired('date_of_birth', (value) => value === '1990-02-30', '1990-03-02'),
  },
  {
    name: 'leap-day-unchecked',
    sentence: 'The 29th of February is accepted in every year.',
    breaks: ['SYNC-11'],
    patch: () => repaired('date_of_birth', (value) => isText(value, /-02-29$/), '1992-02-29'),
  },
  {
    name: 'us-date-accepted',
    sentence: 'A birth date such as 01/02/1990 is accepted.',
    breaks: ['SYNC-11'],
    patch: () => repaired('date_of_birth', (value) => isText(value, /^\d\d\/\d\d\/\d{4}$/), '1990-01-02'),
  },
  {
    name: 'date-with-time-accepted',
    sentence: 'A birth date with a time is accepted.',
    breaks: ['SYNC-11'],
    patch: () => repaired('date_of_birth', (value) => isText(value, /T/), '1990-01-02'),
  },
  {
    name: 'state-by-name',
    sentence: 'The name of a state is accepted in place of its code.',
    breaks: ['SYNC-11'],
    patch: () => repairedInAddress('state', (value) => value === 'Pennsylvania', 'PA'),
  },
  {
    name: 'any-state-code',
    sentence: 'Any two letters are accepted as a state.',
    breaks: ['SYNC-12'],
    patch: () => repairedInAddress('state', (value) => isText(value, /^[A-Z]{2}$/), 'PA'),
  },
  {
    name: 'zipcode-unchecked',
    sentence: 'Any text is accepted as a zipcode.',
    breaks: ['SYNC-12'],
    patch: () => repairedInAddress('zipcode', (value) => typeof value === 'string', '19106'),
  },
  {
    name: 'email-unchecked',
    sentence: 'Any text is accepted as an e-mail address.',
    breaks: ['SYNC-12'],
    patch: () => repaired('email', (value) => isText(value, /^[^@]*@?$|^@/), null),
  },
  {
    name: 'phone-unchecked',
    sentence: 'Any text is accepted as a phone number.',
    breaks: ['SYNC-12'],
    patch: () => repaired('phone', (value) => typeof value === 'string', '2155550100'),
  },
  {
    name: 'phone-letters-dropped',
    sentence: 'Letters in a phone number are ignored.',
    breaks: ['SYNC-12'],
    patch: () => repaired('phone', (value) => isText(value, /^\d+[A-Z]+$/), '2155550100'),
  },
  {
    name: 'phone-of-nine-digits',
    sentence: 'A phone number of nine digits is accepted.',
    breaks: ['SYNC-12'],
    patch: () => repaired('phone', (value) => isText(value, /^\d{9}$/), '2155550100'),
  },
  {
    name: 'numeric-phone-accepted',
    sentence: 'A phone that is a number is converted to text.',
    breaks: ['SYNC-12'],
    patch: () => repaired('phone', (value) => typeof value === 'number', '2155550101'),
  },
  {
    name: 'empty-plan-accepted',
    sentence: 'An empty plan_id is accepted, as an unknown plan.',
    breaks: ['SYNC-12'],
    patch: () => repaired('plan_id', (value) => value === '', 'none'),
  },
  {
    name: 'long-city-cut',
    sentence: 'A city of more than 255 characters is cut.',
    breaks: ['SYNC-12'],
    patch: () => repairedInAddress('city', (value) => isText(value, /^.{256,}$/), 'cut'),
  },
  {
    name: 'long-name-in-row-cut',
    sentence: 'A first name of more than 255 characters is cut.',
    breaks: ['SYNC-12'],
    patch: () => repaired('first_name', (value) => isText(value, /^.{256,}$/), 'cut'),
  },
  {
    name: 'rows-without-bound',
    sentence: '5,001 rows are accepted.',
    breaks: ['SYNC-13'],
    heavy: true,
    patch: () =>
      on('submitMemberSync', (ask, next) => {
        const { members } = (ask.json ?? {}) as { members?: unknown };
        return next(
          Array.isArray(members) && members.length === 5001 ? ask.with({ json: { members: members.slice(1) } }) : ask,
        );
      }),
  },
  {
    name: 'rows-up-to-1000',
    sentence: 'A roster of more than 1,000 rows is refused.',
    breaks: ['SYNC-13'],
    heavy: true,
    patch: () =>
      on('submitMemberSync', (ask, next) => {
        const { members } = (ask.json ?? {}) as { members?: unknown };
        return Array.isArray(members) && members.length > 1000 ? refusalReply(400) : next(ask);
      }),
  },
  {
    name: 'unknown-plan-replaced',
    sentence: "A row with an unknown plan gets the organization's first plan.",
    breaks: ['SYNC-15', 'LIFE-10'],
    patch: () =>
      completing({
        before(completion) {
          const { id: organization } = completion.world.store.organizations.find('acme') as { id: string };
          const plans = completion.world.store.organizations.plans(organization).map(({ id }) => id);
          completion.rows = completion.rows.map((row) =>
            isKnown(completion.world.store, row.plan_id) ? row : { ...row, plan_id: plans[0] as string },
          );
        },
      }),
  },
  {
    name: 'foreign-plan-accepted',
    sentence: "Another organization's plan is accepted.",
    breaks: ['SYNC-15'],
    patch: () =>
      loading((_, { store: { organizations } }) => ({
        plans: new Set(
          ['acme', 'globex'].flatMap((slug) =>
            organizations.plans((organizations.find(slug) as { id: string }).id).map(({ id }) => id),
          ),
        ),
      })),
  },
  {
    name: 'unknown-plan-adds-and-fails',
    sentence: 'A row with an unknown plan is listed in failures, but its member id is listed as added.',
    breaks: ['SYNC-15'],
    also: [{ rule: 'LIFE-10', why: 'one more member is added than there are good rows' }],
    patch: () =>
      completing({
        after: (results) => ({
          ...results,
          added_group_member_ids: [
            ...results.added_group_member_ids,
            ...results.failures
              .filter(({ reason }) => /plan/.test(reason))
              .map(({ reference_id }) => `grpmbr_${reference_id}`),
          ],
        }),
      }),
  },
  {
    name: 'null-email-400',
    sentence: 'A row whose email is null is refused.',
    breaks: ['SYNC-16'],
    patch: () => refusesRow((row) => row.email === null),
  },
  {
    name: 'email-required',
    sentence: 'A row without email is refused.',
    breaks: ['SYNC-16'],
    patch: () => refusesRow((row) => !('email' in row)),
  },
  {
    name: 'null-address-line-2-400',
    sentence: 'A row whose address_line_2 is null is refused.',
    breaks: ['SYNC-16'],
    patch: () => refusesRow((row) => row.address?.address_line_2 === null),
  },
  {
    name: 'phone-required',
    sentence: 'A row without phone is refused.',
    breaks: ['SYNC-16 should'],
    patch: () => refusesRow((row) => !('phone' in row)),
  },
  {
    name: 'null-phone-400',
    sentence: 'A row whose phone is null is refused, as a schema on older pages demands.',
    breaks: ['SYNC-16 should'],
    patch: () => refusesRow((row) => row.phone === null),
  },
  {
    name: 'upper-case-email-refused',
    sentence: 'An e-mail in upper case is refused.',
    breaks: ['SYNC-20'],
    patch: () => refusesRow((row) => isText(row.email, /^[^a-z]+@[^a-z]+$/)),
  },
  {
    name: 'row-name-counted-in-bytes',
    sentence: 'The length of a name in a row is counted in UTF-8 bytes.',
    breaks: ['SYNC-20 should'],
    patch: () =>
      refusesRow(
        (row) =>
          typeof row.first_name === 'string' && Buffer.byteLength(row.first_name) > 300 && row.first_name.length <= 255,
      ),
  },
  {
    name: 'row-references-without-case',
    sentence: 'Two reference_ids of a roster that differ only in case are treated as one.',
    breaks: ['GRP-16'],
    patch: () => repeating((reference) => reference.toLowerCase()),
  },
  {
    name: 'row-references-trimmed',
    sentence: 'Two reference_ids of a roster that differ only in white space are treated as one.',
    breaks: ['GRP-16'],
    patch: () => repeating((reference) => reference.trim()),
  },
  {
    name: 'armed-forces-refused',
    sentence: 'The codes of the armed forces are refused as states.',
    breaks: ['SYNC-20'],
    patch: () => refusesRow((row) => ['AA', 'AE', 'AP'].includes(row.address?.state)),
  },
  {
    name: 'zip-plus-4-refused',
    sentence: 'ZIP+4 is refused.',
    breaks: ['SYNC-20'],
    patch: () => refusesRow((row) => isText(row.address?.zipcode, /^\d{5}-\d{4}$/)),
  },
  {
    name: 'leap-day-refused',
    sentence: 'The 29th of February is refused in every year.',
    breaks: ['SYNC-20'],
    patch: () => refusesRow((row) => row.date_of_birth === '1992-02-29'),
  },
  {
    name: 'reference-of-255-refused',
    sentence: 'A reference_id of 255 characters is refused.',
    breaks: ['SYNC-20'],
    patch: () => refusesRow((row) => row.reference_id?.length === 255),
  },
  {
    name: 'references-compared-by-prefix',
    sentence: 'Two reference_ids that differ only after 200 characters are treated as one.',
    breaks: ['SYNC-20'],
    patch: () =>
      on('submitMemberSync', (ask, next) => {
        const { members } = (ask.json ?? {}) as { members?: { reference_id: string }[] };
        const known =
          Array.isArray(members) && members.length > 5 && members.every((row) => row?.reference_id?.length > 0);
        return known &&
          new Set(members.map(({ reference_id }) => reference_id.slice(0, 20))).size < members.length &&
          members.some(({ reference_id }) => reference_id.length > 200) &&
          new Set(members.map(({ reference_id }) => reference_id)).size === members.length
          ? refusalReply(400)
          : next(ask);
      }),
  },
  {
    name: 'ascii-names-only',
    sentence: 'A name with letters outside Latin-1 is refused.',
    breaks: ['SYNC-20'],
    patch: () => refusesRow((row) => isText(row.first_name, /[^ -ÿ]/)),
  },
];

/** Refuses rosters with two different references of the same normalized spelling. */
const repeating = (spelling: (reference: string) => string): Patch =>
  on('submitMemberSync', (ask, next) => {
    const { members } = (ask.json ?? {}) as { members?: unknown };
    if (!ask.authorization || !Array.isArray(members)) return next(ask);
    const references = new Set(members.filter(isObject).map(({ reference_id }) => String(reference_id)));
    return new Set([...references].map(spelling)).size < references.size ? refusalReply(400) : next(ask);
  });

const isKnown = (
  store: {
    organizations: { find(slug: string): { id: string } | undefined; plans(id: string): readonly { id: string }[] };
  },
  plan: string,
): boolean =>
  ['acme', 'globex'].some((slug) =>
    store.organizations.plans(store.organizations.find(slug)?.id ?? '').some(({ id }) => id === plan),
  );

const refusing = (when: (row: Readonly<Record<string, unknown>>) => boolean, status: number): Patch =>
  on('submitMemberSync', (ask, next) => {
    const { members } = (ask.json ?? {}) as { members?: unknown };
    return Array.isArray(members) && members.filter(isObject).some(when) ? refusalReply(status) : next(ask);
  });
