import { type OperationId, operations } from '../../generated/operations.ts';

/** A request as a patch sees it. */
export class Ask {
  readonly request: Request;
  readonly url: URL;
  readonly text: string;
  readonly operation: OperationId | null;
  readonly params: Readonly<Record<string, string>>;

  constructor(request: Request, text: string) {
    this.request = request;
    this.url = new URL(request.url);
    this.text = text;
    const [operation, params] = route(request.method, this.url.pathname);
    this.operation = operation;
    this.params = params;
  }

  static async of(request: Request): Promise<Ask> {
    return new Ask(request, await request.text());
  }

  get method(): string {
    return this.request.method;
  }

  get authorization(): string | null {
    return this.request.headers.get('authorization');
  }

  /** The parsed body; undefined where it is not JSON. */
  get json(): unknown {
    return parsed(this.text);
  }

  /** The same request with another method, path and query, headers (null takes one away) or body. */
  with(changes: {
    readonly method?: string;
    readonly path?: string;
    readonly query?: Readonly<Record<string, string | number>>;
    readonly headers?: Readonly<Record<string, string | null>>;
    readonly text?: string;
    readonly json?: unknown;
  }): Ask {
    const url = new URL(changes.path ?? this.url.pathname + this.url.search, this.url);
    for (const [name, value] of Object.entries(changes.query ?? {})) url.searchParams.set(name, String(value));
    const headers = new Headers(this.request.headers);
    headers.delete('content-length');
    for (const [name, value] of Object.entries(changes.headers ?? {}))
      if (value === null) headers.delete(name);
      else headers.set(name, value);
    const method = changes.method ?? this.method;
    return new Ask(new Request(url, { method, headers }), changes.text ?? textOf(changes.json) ?? this.text);
  }

  /** The request to hand on. */
  forward(): Request {
    const { method, headers } = this.request;
    // An empty text would get a Content-Type, which a request without a body has not.
    const body = ['GET', 'HEAD'].includes(method) || this.text === '' ? {} : { body: this.text };
    return new Request(this.url, { method, headers, ...body });
  }
}

/** An answer as a patch sees it. */
export class Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;

  constructor(
    status: number,
    text: string,
    headers: Headers | Record<string, string> = { 'content-type': 'application/json' },
  ) {
    this.status = status;
    this.headers = new Headers(headers);
    this.text = text;
  }

  static async of(response: Response): Promise<Reply> {
    return new Reply(response.status, await response.text(), response.headers);
  }

  static json(status: number, body: unknown): Reply {
    return new Reply(status, JSON.stringify(body));
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
  }): Reply {
    const headers = new Headers(this.headers);
    headers.delete('content-length');
    for (const [name, value] of Object.entries(changes.headers ?? {})) headers.set(name, value);
    return new Reply(changes.status ?? this.status, changes.text ?? textOf(changes.json) ?? this.text, headers);
  }

  toResponse(): Response {
    const bodiless = [204, 205, 304].includes(this.status);
    return new Response(bodiless ? null : this.text, { status: this.status, headers: this.headers });
  }
}

/** No answer: the connection is closed. */
export class HangUp extends Reply {
  constructor() {
    super(200, '');
  }

  override toResponse(): Response {
    const body = new ReadableStream({ start: (controller) => controller.error(new Error('hung up')) });
    return new Response(body, { status: 200, headers: { 'content-length': '2' } });
  }
}

const textOf = (json: unknown): string | undefined => (json === undefined ? undefined : JSON.stringify(json));

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const routes = Object.entries(operations).map(([id, { method, path }]) => ({
  id: id as OperationId,
  method,
  pattern: new RegExp(`^${path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
}));

function route(method: string, path: string): [OperationId | null, Readonly<Record<string, string>>] {
  for (const candidate of routes) {
    const match = candidate.method === method ? candidate.pattern.exec(path) : null;
    if (match) return [candidate.id, match.groups ?? {}];
  }
  return [null, {}];
}
