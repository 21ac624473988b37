import type { OperationId } from '../../generated/operations.ts';
import type { IncomingAnswer } from './transport.ts';

/** An answer, read tolerantly: a part that is missing or malformed is empty. */
export class Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The parsed body; undefined if it is not JSON. */
  readonly json: unknown;

  constructor({ status, headers, text }: IncomingAnswer) {
    this.status = status;
    this.headers = headers;
    this.text = text;
    this.json = parsed(text);
  }

  /** `data` of one resource. */
  get data(): Readonly<Record<string, unknown>> {
    return fieldsIn(fieldsIn(this.json).data);
  }

  /** `data` of a list. */
  get rows(): readonly Readonly<Record<string, unknown>>[] {
    const { data } = fieldsIn(this.json);
    return Array.isArray(data) ? data.map(fieldsIn) : [];
  }

  get pagination(): Readonly<Record<string, unknown>> {
    return fieldsIn(fieldsIn(this.json).pagination);
  }
}

export const fieldsIn = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

/** Parses JSON; undefined if the text is not JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What to send: an operation of the contract and its parameters, or any other request that a rule needs. */
export interface Call {
  readonly operation?: OperationId;
  readonly method?: string;
  readonly path?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent unchanged, instead of `body`. */
  readonly rawBody?: string | Buffer;
  /** Override the usual headers; null removes one. */
  readonly headers?: Readonly<Record<string, string | null>>;
}
