import type { OperationId } from '../../generated/operations.ts';

/** An answer, read as it comes: where a part is missing, its reading is empty and never throws. */
export class Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The parsed body; undefined where it is not JSON. */
  readonly json: unknown;

  constructor(status: number, headers: Readonly<Record<string, string>>, text: string) {
    this.status = status;
    this.headers = headers;
    this.text = text;
    this.json = parsed(text);
  }

  /** `data` of one resource. */
  get data(): Readonly<Record<string, unknown>> {
    return record(record(this.json).data);
  }

  /** `data` of a list. */
  get rows(): readonly Readonly<Record<string, unknown>>[] {
    const { data } = record(this.json);
    return Array.isArray(data) ? data.map(record) : [];
  }

  get pagination(): Readonly<Record<string, unknown>> {
    return record(record(this.json).pagination);
  }
}

export const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

/** What a text says; undefined where it is not JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What is sent: an operation of the contract with its parts, or anything else that a rule needs. */
export interface Call {
  readonly operation?: OperationId;
  readonly method?: string;
  readonly path?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, instead of `body`. */
  readonly rawBody?: string | Buffer;
  /** Over the usual headers; null takes one away. */
  readonly headers?: Readonly<Record<string, string | null>>;
}
