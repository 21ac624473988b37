import { amount, chains, type Exchange, neighbours, numbersOf, pause, type Recogniser, requestOf } from './evidence.ts';

const where = ({ method, path }: Exchange): string => `${method} ${path}`;

/** Who sends the same within this time is not somebody who thought about it. Milliseconds. */
const unthinking = 60_000;

/** Refused by the rules, not by a fault, and sent again as the next request of that kind. */
export const retriedInvalid: Recogniser = ({ exchanges }) => {
  const kind = ({ organization, operation, path }: Exchange) => JSON.stringify([organization, operation, path]);
  const refused = ({ status, fault }: Exchange) => (status === 400 || status === 422) && fault === null;
  const pairs = neighbours(exchanges, kind).filter(
    ([first, second]) =>
      refused(first) && refused(second) && requestOf(first) === requestOf(second) && pause(first, second) < unthinking,
  );
  return chains(pairs).map((chain) => ({
    what: `${where(chain[0] as Exchange)}: refused ${amount(chain.length, 'time')}${ruleOf(chain[0] as Exchange)}.`,
    evidence: numbersOf(...chain),
  }));
};

const ruleOf = ({ rule }: Exchange): string => (rule === null ? '' : ` by ${rule}`);

/** So often the same unknown field is no slip of the hand. */
const minHints = 3;

/** One field that the contract does not know, in several requests of one operation. */
export const unknownField: Recogniser = ({ exchanges }) => {
  const hinted = exchanges.flatMap((exchange) => exchange.hints.map((hint) => ({ exchange, hint })));
  const key = ({ exchange: { organization, operation }, hint }: (typeof hinted)[number]) =>
    JSON.stringify([organization, operation, hint]);
  return [...Map.groupBy(hinted, key).values()]
    .filter((same) => same.length >= minHints)
    .map((same) => ({
      what: `${same[0]?.exchange.operation}, ${amount(same.length, 'request')}: ${same[0]?.hint}`,
      evidence: numbersOf(...same.map(({ exchange }) => exchange)),
    }));
};

/** How long the answer asks to wait, in milliseconds; undefined where it does not. */
function askedToWait({ status, retry_after }: Exchange): number | undefined {
  if (status !== 429 && status < 500) return undefined;
  return retry_after === null ? (status === 429 ? 350 : undefined) : retry_after * 1000;
}

/** By how much later than asked a retry may come and still be that retry, in milliseconds. */
const late = 5000;

/**
 * A request that was sent again too soon, and not again when it was due: several processes may ask for the same, each
 * patiently, and a request of one is then no retry of that of another.
 */
export const impatient: Recogniser = ({ exchanges }) => {
  const pairs: [Exchange, Exchange][] = [];
  for (const same of Map.groupBy(exchanges, requestOf).values()) {
    const taken = new Set<Exchange>();
    same.forEach((refused, index) => {
      const wait = askedToWait(refused);
      if (wait === undefined || refused.cut !== null) return;
      const following = same.slice(index + 1);
      const isDue = (next: Exchange) => pause(refused, next) >= 0.9 * wait;
      const retry = following.find((next) => !taken.has(next) && isDue(next) && pause(refused, next) < wait + late);
      const hasty = following.find((next) => !isDue(next));
      if (retry !== undefined) taken.add(retry);
      else if (hasty !== undefined) pairs.push([refused, hasty]);
    });
  }
  return chains(pairs).map((chain) => {
    const [first] = chain as [Exchange];
    const asked = first.retry_after === null ? '' : `, Retry-After: ${first.retry_after}`;
    return {
      what: `${where(first)}: ${first.status}${asked}, sent again too soon ${amount(chain.length - 1, 'time')}.`,
      evidence: numbersOf(...chain),
    };
  });
};
