import {
  type OperationId as ControlId,
  operations as controlOperations,
} from '../../../../generated/control-operations.ts';
import { type OperationId, operations } from '../../../../generated/operations.ts';

/** Where a mock listens, and what is there to be disturbed. */
export interface Place {
  readonly host: string;
  readonly group: string;
  readonly request: string;
  readonly plan: string;
}

/** What somebody hostile sends, and what must come of it. Whatever it is, nothing of the mock's may change. */
export interface Hostile {
  readonly area: string;
  readonly name: string;
  readonly bytes: (place: Place) => Buffer;
  /**
   * `refused`: a 4xx with the error body. `harmless`: that, or any other answer below 500. `cut`: refused, or the
   * connection is closed without an answer, as §8.24 allows where the framing is broken.
   */
  readonly outcome: 'refused' | 'harmless' | 'cut';
  /** Words of the message that refuses it. */
  readonly words?: string | undefined;
}

export const key = 'vit_apk_acme';

export interface Message {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly body?: string | Buffer | undefined;
}

/** A well-framed request, one header a line; null leaves a header out. Characters are bytes (latin1) but in the body. */
export function wellFramed({ method, path, headers = {}, body }: Message, { host }: Place): Buffer {
  const content = typeof body === 'string' ? Buffer.from(body) : body;
  const all = {
    host,
    authorization: `Bearer ${key}`,
    connection: 'close',
    ...(content && { 'content-type': 'application/json', 'content-length': String(content.length) }),
    ...headers,
  };
  const lines = Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
  const head = Buffer.from(`${[`${method} ${path} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n`, 'latin1');
  return content ? Buffer.concat([head, content]) : head;
}

/** A path of the contract or the control plane with what is really there in its place. */
export const filled = (template: string, { group, request }: Place): string =>
  template
    .replace('{group_id}', group)
    .replace('{request_id}', request)
    .replace('{world}', 'main')
    .replace('{fault_id}', 'fault-1')
    .replace('{person}', '1');

/** Every operation, of both contracts, that takes a body. */
export const writes = [...Object.entries(operations), ...Object.entries(controlOperations)]
  .filter(([, { body }]) => body !== null)
  .map(([id, { method, path }]) => ({ id: id as OperationId | ControlId, method, path }));

type Send = (message: Omit<Message, 'method' | 'path'>) => Hostile['bytes'];

/** For each operation with a body, cases that send something as it. */
export const toEachWrite = (
  area: string,
  cases: (send: Send) => Readonly<Record<string, Hostile['bytes']>>,
  outcome: Hostile['outcome'] = 'refused',
): Hostile[] =>
  writes.flatMap(({ id, method, path }) =>
    Object.entries(
      cases((message) => (place) => wellFramed({ ...message, method, path: filled(path, place) }, place)),
    ).map(([name, bytes]) => ({ area, name: `${id}: ${name}`, bytes, outcome })),
  );
