import { type OperationId, operations } from '../../generated/operations.ts';

/** One request and its answer, from any client. */
export interface ObservedExchange {
  readonly method: string;
  /** Below the base URL and without the query: `/v1/groups`. */
  readonly path: string;
  /** The query as it was sent, with or without its `?`. */
  readonly query?: string;
  readonly requestHeaders?: Readonly<Record<string, string>>;
  /** The text that was sent; null if there was none, absent if it was not recorded. */
  readonly requestBody?: string | null;
  /** Null if no answer came. */
  readonly status: number | null;
  /** By lower-case name. Absent if they were not recorded. */
  readonly responseHeaders?: Readonly<Record<string, string>>;
  /** Absent if it was not recorded. */
  readonly responseBody?: string;
  /** The parsed response body, if the caller has it. */
  readonly responseJson?: unknown;
  /** A label for the key, never the key; null if none was sent, absent if it was not recorded. */
  readonly key?: string | null;
  /** Milliseconds since 1970, by the same clock for all exchanges. */
  readonly startedAt: number;
  readonly endedAt: number;
}

/** Method, path and status: `POST /v1/groups → 201`. */
export const requestText = ({ method, path, status }: ObservedExchange): string =>
  `${method} ${path} → ${status ?? 'no answer'}`;

export type Json = Readonly<Record<string, unknown>>;

/** An exchange with its parsed parts. */
export interface Seen {
  /** Counted from 1. */
  readonly number: number;
  readonly exchange: ObservedExchange;
  readonly operation: OperationId | null;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** 0 if no answer came. */
  readonly status: number;
  readonly ok: boolean;
  /** The parsed request body; undefined if there is none or it is not JSON. */
  readonly sent: unknown;
  /** The parsed response body; undefined if it is not JSON or was not recorded. */
  readonly json: unknown;
  /** `data` of one resource; empty if there is none. */
  readonly data: Json;
  /** `data` of a list. */
  readonly rows: readonly Json[];
  /** The label of the key; `?` if it was not recorded. */
  readonly key: string;
}

export const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const recordOf = (value: unknown): Json => (isRecord(value) ? value : {});

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The texts in an array; empty if the value is not an array. */
export const stringsIn = (value: unknown): readonly string[] =>
  listOf(value).filter((one): one is string => typeof one === 'string');

export const recordsOf = (value: unknown): readonly Json[] => listOf(value).filter(isRecord);

/** The label of all keys of a recording without keys. */
export const unknownKey = '?';

const routes = Object.entries(operations).map(([id, { method, path }]) => ({
  id: id as OperationId,
  method: method as string,
  pattern: new RegExp(`^${path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
}));

/** The operation of a request and the parameters of its path. */
export function routeOf(method: string, path: string): [OperationId | null, Readonly<Record<string, string>>] {
  for (const { id, method: own, pattern } of routes) {
    const match = own === method ? pattern.exec(path) : null;
    if (match) return [id, decoded(match.groups ?? {})];
  }
  return [null, {}];
}

function decoded(params: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (!Object.values(params).some((value) => value.includes('%'))) return params;
  try {
    return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, decodeURIComponent(value)]));
  } catch {
    return params;
  }
}

function parsed(text: string | null | undefined): unknown {
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Parses an exchange. */
export function parseExchange(exchange: ObservedExchange, number: number): Seen {
  const [operation, params] = routeOf(exchange.method, exchange.path);
  const json = exchange.responseJson ?? parsed(exchange.responseBody);
  const { data } = recordOf(json);
  const status = exchange.status ?? 0;
  return {
    number,
    exchange,
    operation,
    params,
    query: new URLSearchParams(exchange.query ?? ''),
    status,
    ok: status >= 200 && status < 300,
    sent: parsed(exchange.requestBody),
    json,
    data: recordOf(data),
    rows: recordsOf(data),
    key: exchange.key === undefined ? unknownKey : (exchange.key ?? 'none'),
  };
}
