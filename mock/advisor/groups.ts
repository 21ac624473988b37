import { amount } from '../domain/amount.ts';
import { attemptsOf, chains, consecutivePairs, type Detector, type Exchange, numbersOf } from './evidence.ts';

const isCreated = ({ operation, status }: Exchange): boolean =>
  operation === 'createGroup' && (status === 200 || status === 201);

/** Whether a create was refused with a 409 because another group has the reference. */
const isTaken = ({ operation, rule }: Exchange): boolean => operation === 'createGroup' && rule === 'GRP-12';

/**
 * After a 409, the client does not search for the group, but creates it again: with the same reference, which is refused
 * again, or with the same name and another reference. Automatic retries of a client library count as one attempt.
 */
export const recreated: Detector = ({ exchanges }) => {
  const aboutGroups = exchanges.filter(({ operation }) => operation === 'listGroups' || operation === 'createGroup');
  const attempts = [...Map.groupBy(aboutGroups, ({ organization }) => organization).values()].flatMap(attemptsOf);
  const pairs = consecutivePairs(attempts, ({ organization }) => organization ?? '').filter(([first, second]) => {
    if (!isTaken(first) || first.cut !== null) return false;
    const sameReference = first.group?.reference === second.group?.reference;
    return sameReference ? isTaken(second) : isCreated(second) && first.group?.name === second.group?.name;
  });
  return chains(pairs).map((chain) => ({
    what: chain.some(isCreated)
      ? 'After a 409, the group was created with another reference.'
      : `Sent ${chain.length} times with a reference that is taken, and refused each time.`,
    evidence: numbersOf(...chain),
  }));
};

/** Groups that were created without a reference, and got none by a later update. */
export const withoutReference: Detector = ({ exchanges }) => {
  const given = new Set(
    exchanges.flatMap(({ operation, status, group_id, group }) =>
      operation === 'updateGroup' && status === 200 && group?.reference ? [group_id] : [],
    ),
  );
  const withoutAny = exchanges.filter(
    (exchange) =>
      isCreated(exchange) && exchange.cut === null && !exchange.group?.reference && !given.has(exchange.group_id),
  );
  if (withoutAny.length === 0) return [];
  return [
    {
      what: `${amount(withoutAny.length, 'group')} created without external_reference_id.`,
      evidence: numbersOf(...withoutAny),
    },
  ];
};

const pageOf = ({ query }: Exchange): number => Number(query.page ?? 1);

/** Some clients detect the end by one empty page (PAGE-6); requesting the page after it is a mistake. */
export const pagedPastEnd: Detector = ({ exchanges }) => {
  const lists = exchanges.filter(({ listed }) => listed !== null);
  const list = ({ organization, operation, query: { page, ...query } }: Exchange) =>
    JSON.stringify([organization, operation, Object.entries(query).sort()]);
  const pairs = consecutivePairs(lists, list).filter(
    ([first, second]) => first.listed === 0 && second.listed === 0 && pageOf(second) === pageOf(first) + 1,
  );
  return chains(pairs).map((chain) => ({
    what: `GET ${chain[0]?.path}: ${chain.length} empty pages in a row, from page ${pageOf(chain[0] as Exchange)}.`,
    evidence: numbersOf(...chain),
  }));
};
