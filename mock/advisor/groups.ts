import { amount, attemptsOf, chains, type Exchange, neighbours, numbersOf, type Recogniser } from './evidence.ts';

const created = ({ operation, status }: Exchange): boolean =>
  operation === 'createGroup' && (status === 200 || status === 201);

/** Refused with a 409 because another group has the reference. */
const isTaken = ({ operation, rule }: Exchange): boolean => operation === 'createGroup' && rule === 'GRP-12';

/**
 * After a 409 and without a look into the list, the next group that is created has the same reference and is refused
 * again, or the same name under another reference. What a client library repeats by itself is one attempt.
 */
export const recreated: Recogniser = ({ exchanges }) => {
  const aboutGroups = exchanges.filter(({ operation }) => operation === 'listGroups' || operation === 'createGroup');
  const attempts = [...Map.groupBy(aboutGroups, ({ organization }) => organization).values()].flatMap(attemptsOf);
  const pairs = neighbours(attempts, ({ organization }) => organization ?? '').filter(([first, second]) => {
    if (!isTaken(first) || first.cut !== null) return false;
    const sameReference = first.group?.reference === second.group?.reference;
    return sameReference ? isTaken(second) : created(second) && first.group?.name === second.group?.name;
  });
  return chains(pairs).map((chain) => ({
    what: chain.some(created)
      ? 'After a 409 the group was created under another reference.'
      : `Sent ${chain.length} times under a reference that is taken, and refused each time.`,
    evidence: numbersOf(...chain),
  }));
};

/** A group without a reference, which no later update gave it either. */
export const withoutReference: Recogniser = ({ exchanges }) => {
  const given = new Set(
    exchanges.flatMap(({ operation, status, group_id, group }) =>
      operation === 'updateGroup' && status === 200 && group?.reference ? [group_id] : [],
    ),
  );
  const nameless = exchanges.filter(
    (exchange) =>
      created(exchange) && exchange.cut === null && !exchange.group?.reference && !given.has(exchange.group_id),
  );
  if (nameless.length === 0) return [];
  return [
    {
      what: `${amount(nameless.length, 'group')} created without external_reference_id.`,
      evidence: numbersOf(...nameless),
    },
  ];
};

const pageOf = ({ query }: Exchange): number => Number(query.page ?? 1);

/** One empty page is how some clients notice the end (PAGE-6); the one after it is a mistake. */
export const walkedOn: Recogniser = ({ exchanges }) => {
  const lists = exchanges.filter(({ listed }) => listed !== null);
  const list = ({ organization, operation, query: { page, ...query } }: Exchange) =>
    JSON.stringify([organization, operation, Object.entries(query).sort()]);
  const pairs = neighbours(lists, list).filter(
    ([first, second]) => first.listed === 0 && second.listed === 0 && pageOf(second) === pageOf(first) + 1,
  );
  return chains(pairs).map((chain) => ({
    what: `GET ${chain[0]?.path}: ${chain.length} empty pages in a row, from page ${pageOf(chain[0] as Exchange)}.`,
    evidence: numbersOf(...chain),
  }));
};
