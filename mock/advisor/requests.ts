import { amount } from '../domain/amount.ts';
import {
  chains,
  consecutivePairs,
  type Detector,
  type Exchange,
  numbersOf,
  pauseBetween,
  requestKey,
} from './evidence.ts';

const targetOf = ({ method, path }: Exchange): string => `${method} ${path}`;

/** A request that is sent again within this time was repeated by a program, not by a person. */
const maxRetryPauseMs = 60_000;

/** Requests that a rule refused, not a fault, and that were sent again unchanged as the next request of that kind. */
export const retriedInvalid: Detector = ({ exchanges }) => {
  const kind = ({ organization, operation, path }: Exchange) => JSON.stringify([organization, operation, path]);
  const refused = ({ status, fault }: Exchange) => (status === 400 || status === 422) && fault === null;
  const pairs = consecutivePairs(exchanges, kind).filter(
    ([first, second]) =>
      refused(first) &&
      refused(second) &&
      requestKey(first) === requestKey(second) &&
      pauseBetween(first, second) < maxRetryPauseMs,
  );
  return chains(pairs).map((chain) => ({
    what: `${targetOf(chain[0] as Exchange)}: refused ${amount(chain.length, 'time')}${ruleOf(chain[0] as Exchange)}.`,
    evidence: numbersOf(...chain),
  }));
};

const ruleOf = ({ rule }: Exchange): string => (rule === null ? '' : ` by ${rule}`);

/** Fewer requests with the same unknown field are not reported. */
const minHints = 3;

/** The same unknown field in several requests of one operation. */
export const unknownField: Detector = ({ exchanges }) => {
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

/** How long an answer asks the client to wait, in milliseconds; undefined if it does not. */
function requestedWait({ status, retry_after }: Exchange): number | undefined {
  if (status !== 429 && status < 500) return undefined;
  return retry_after === null ? (status === 429 ? 350 : undefined) : retry_after * 1000;
}

/** A request that comes later than this after the requested wait is not counted as a retry. */
const maxRetryDelayMs = 5000;

/**
 * Requests that were sent again before the requested wait was over, and not again after it. Several processes may send
 * the same request and wait correctly; a request of one process is then not a retry of another.
 */
export const retriedTooSoon: Detector = ({ exchanges }) => {
  const pairs: [Exchange, Exchange][] = [];
  for (const same of Map.groupBy(exchanges, requestKey).values()) {
    const taken = new Set<Exchange>();
    same.forEach((refused, index) => {
      const wait = requestedWait(refused);
      if (wait === undefined || refused.cut !== null) return;
      const following = same.slice(index + 1);
      const isDue = (next: Exchange) => pauseBetween(refused, next) >= 0.9 * wait;
      const retry = following.find(
        (next) => !taken.has(next) && isDue(next) && pauseBetween(refused, next) < wait + maxRetryDelayMs,
      );
      const early = following.find((next) => !isDue(next));
      if (retry !== undefined) taken.add(retry);
      else if (early !== undefined) pairs.push([refused, early]);
    });
  }
  return chains(pairs).map((chain) => {
    const [first] = chain as [Exchange];
    const header = first.retry_after === null ? '' : `, Retry-After: ${first.retry_after}`;
    return {
      what: `${targetOf(first)}: ${first.status}${header}, sent again too soon ${amount(chain.length - 1, 'time')}.`,
      evidence: numbersOf(...chain),
    };
  });
};
