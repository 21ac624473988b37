import type { OperationId } from '../../generated/operations.ts';
import { routeOf } from '../observe/exchange.ts';
import { parsed } from '../run/answer.ts';
import type { IncomingAnswer, OutgoingRequest } from '../run/transport.ts';

/** A request to the mock, as a patch sees it. */
export class MockRequest {
  readonly method: string;
  readonly url: URL;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body in UTF-8; invalid bytes become replacement characters. */
  readonly text: string;
  readonly operation: OperationId | null;
  readonly params: Readonly<Record<string, string>>;
  readonly #body: string | Buffer | null;

  constructor({ method, url, headers, body }: OutgoingRequest) {
    this.method = method;
    this.url = url;
    this.headers = headers;
    this.#body = body;
    this.text = body?.toString() ?? '';
    const [operation, params] = routeOf(method, url.pathname);
    this.operation = operation;
    this.params = params;
  }

  static async of(request: Request): Promise<MockRequest> {
    const { method, url, headers } = request;
    const body = Buffer.from(await request.arrayBuffer());
    return new MockRequest({ method, url: new URL(url), headers: Object.fromEntries(headers), body });
  }

  get authorization(): string | null {
    return this.headers.authorization ?? null;
  }

  /** The parsed body; undefined if it is not JSON. */
  get json(): unknown {
    return parsed(this.text);
  }

  /** The same request with another method, path and query, headers (null removes one) or body. */
  with(changes: {
    readonly method?: string;
    readonly path?: string;
    readonly query?: Readonly<Record<string, string | number>>;
    readonly headers?: Readonly<Record<string, string | null>>;
    readonly text?: string;
    readonly json?: unknown;
  }): MockRequest {
    const url = new URL(changes.path ?? this.url.pathname + this.url.search, this.url);
    for (const [name, value] of Object.entries(changes.query ?? {})) url.searchParams.set(name, String(value));
    const { 'content-length': _, ...headers }: Record<string, string> = this.headers;
    for (const [name, value] of Object.entries(changes.headers ?? {}))
      if (value === null) delete headers[name];
      else headers[name] = value;
    const body = changes.text ?? textOf(changes.json) ?? this.#body;
    return new MockRequest({ method: changes.method ?? this.method, url, headers, body });
  }

  /** The request to hand on. */
  forward(): Request {
    const { method, headers } = this;
    // Bytes, because fetch adds a Content-Type to text.
    const body = ['GET', 'HEAD'].includes(method) || !this.#body ? {} : { body: Buffer.from(this.#body) };
    return new Request(this.url, { method, headers, ...body });
  }
}

/** The mock's reply, as a patch sees it. */
export class MockReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;

  constructor(
    status: number,
    text: string,
    headers: Readonly<Record<string, string>> = { 'content-type': 'application/json' },
  ) {
    this.status = status;
    this.headers = headers;
    this.text = text;
  }

  static async of(response: Response): Promise<MockReply> {
    return new MockReply(response.status, await response.text(), Object.fromEntries(response.headers));
  }

  static json(status: number, body: unknown): MockReply {
    return new MockReply(status, JSON.stringify(body));
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  get json(): unknown {
    return parsed(this.text);
  }

  with(changes: {
    readonly status?: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly text?: string;
    readonly json?: unknown;
  }): MockReply {
    const { 'content-length': _, ...headers } = { ...this.headers, ...changes.headers };
    return new MockReply(changes.status ?? this.status, changes.text ?? textOf(changes.json) ?? this.text, headers);
  }

  /** Whether HTTP leaves out the body, whatever the text is. */
  get #isBodiless(): boolean {
    return [204, 205, 304].includes(this.status);
  }

  toResponse(): Response {
    return new Response(this.#isBodiless ? null : this.text, { status: this.status, headers: this.headers });
  }

  /** What a client receives of it. Throws if the connection is closed instead. */
  receivedBy({ method }: MockRequest): IncomingAnswer {
    const { status, headers } = this;
    return { status, headers, text: this.#isBodiless || method === 'HEAD' ? '' : this.text };
  }
}

/** Closes the connection without an answer. */
export class HangUp extends MockReply {
  constructor() {
    super(200, '');
  }

  override toResponse(): Response {
    const body = new ReadableStream({ start: (controller) => controller.error(new Error('hung up')) });
    return new Response(body, { status: 200, headers: { 'content-length': '2' } });
  }

  override receivedBy(): never {
    throw new Error('hung up');
  }
}

const textOf = (json: unknown): string | undefined => (json === undefined ? undefined : JSON.stringify(json));
