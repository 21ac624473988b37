import { type OperationId, operations } from '../../generated/operations.ts';
import { queries } from '../../generated/validators.ts';
import { Problem } from '../domain/problems.ts';
import { brokenRuleOf, firstError, sentence } from '../http/messages.ts';

export type QueryParameters = Readonly<Record<string, string | number | undefined>>;

/** The query validation of each operation that has query parameters. */
const queryRules = new Map(
  Object.entries(queries).map(([name, validator]) => {
    const operation = name.slice(0, -'Query'.length) as OperationId;
    const parameters = Object.entries<IntegerLimits>(operations[operation].query);
    const defaults: QueryParameters = Object.fromEntries(
      parameters.map(([parameter, limits]) => [parameter, limits.default]),
    );
    return [operation, { validator, parameters, defaults }];
  }),
);

/** The query of an operation without parameters. */
const nothing: QueryParameters = {};

interface IntegerLimits {
  readonly type: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: number;
}

/**
 * Parses the query parameters of an operation and fills in defaults. Throws a Problem if a value is not valid (PAGE-4);
 * with `clamp`, uses the nearest valid value instead (§8.6).
 */
export function validQuery(operation: OperationId, url: string, clamp: boolean): QueryParameters {
  const rules = queryRules.get(operation);
  if (rules === undefined) return nothing;
  const start = url.indexOf('?');
  if (start < 0) return rules.defaults;
  const search = new URLSearchParams(/[^#]*/.exec(url.slice(start))?.[0]);
  const query: Record<string, string | number | undefined> = {};
  for (const [name, limits] of rules.parameters) {
    const text = search.get(name);
    const isInteger = limits.type === 'integer' && text !== null && /^-?\d+$/.test(text);
    query[name] = text === null ? limits.default : isInteger ? safeInteger(text) : text;
    if (clamp && limits.type === 'integer') query[name] = nearest(query[name], limits);
  }
  if (rules.validator(query)) return query;
  const error = firstError(rules.validator);
  throw new Problem('malformed', 'invalid_query', `${sentence(error)}.`, brokenRuleOf(error));
}

/** The number, limited to safe integers, so that a page far past the end is still a valid page (PAGE-6). */
const safeInteger = (text: string): number =>
  Math.min(Math.max(Number(text), Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);

function nearest(value: unknown, { minimum = -Infinity, maximum = Infinity, default: initial }: IntegerLimits) {
  return typeof value === 'number' ? Math.min(Math.max(value, minimum), maximum) : initial;
}
