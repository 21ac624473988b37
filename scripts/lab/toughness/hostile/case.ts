import {
  type OperationId as ControlId,
  operations as controlOperations,
} from '../../../../generated/control-operations.ts';
import { type OperationId, operations } from '../../../../generated/operations.ts';

/** The address of a mock, and the ids of what it holds. */
export interface HostileTarget {
  readonly host: string;
  readonly group: string;
  readonly request: string;
  readonly plan: string;
}

/** A hostile request and the answer it must get. None of them may change anything in the mock. */
export interface Hostile {
  readonly area: string;
  readonly name: string;
  readonly bytes: (place: HostileTarget) => Buffer;
  /**
   * `refused`: a 4xx with the error body. `harmless`: that, or any other answer below 500. `cut`: refused, or the
   * connection is closed without an answer, as §8.24 allows if the framing is broken.
   */
  readonly outcome: 'refused' | 'harmless' | 'cut';
  /** A part of the error message. */
  readonly words?: string | undefined;
}

export const key = 'vit_apk_acme';

export interface Message {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly body?: string | Buffer | undefined;
}

/** A well-framed request; null leaves a header out. Outside the body each character is one byte (latin1). */
export function wellFramed({ method, path, headers = {}, body }: Message, { host }: HostileTarget): Buffer {
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

/** Fills the parameters of a path with ids that exist. */
export const filled = (template: string, { group, request }: HostileTarget): string =>
  template
    .replace('{group_id}', group)
    .replace('{request_id}', request)
    .replace('{world}', 'main')
    .replace('{fault_id}', 'fault-1')
    .replace('{person}', '1');

/** Every operation of the contract and the control plane that takes a body. */
export const writes = [...Object.entries(operations), ...Object.entries(controlOperations)]
  .filter(([, { body }]) => body !== null)
  .map(([id, { method, path }]) => ({ id: id as OperationId | ControlId, method, path }));

type Send = (message: Omit<Message, 'method' | 'path'>) => Hostile['bytes'];

/** Makes the cases for each operation that takes a body. */
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
