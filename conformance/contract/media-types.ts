import { children, type JsonNode } from './json-pointer.ts';

/** The part before the parameters, in lower case, and the parameters in one order. */
interface MediaType {
  readonly range: string;
  readonly parameters: readonly string[];
}

/** Without a charset, UTF-8 is meant; for JSON, a charset has no meaning (RFC 8259, 11). */
const isIdle = (parameter: string, range: string): boolean =>
  parameter === 'charset=utf-8' || (parameter.startsWith('charset=') && /[/+]json$/.test(range));

function parsed(text: string): MediaType {
  const [range = '', ...rest] = text.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((part) => part.trim());
  const parameters = rest.filter(Boolean).map((part) => {
    const [name = '', value = ''] = part.split(/=(.*)/s);
    const key = name.trim().toLowerCase();
    const bare = value.trim().replace(/^"(.*)"$/s, '$1');
    return `${key}=${key === 'charset' ? bare.toLowerCase() : bare}`;
  });
  const type = range.toLowerCase();
  return { range: type, parameters: parameters.filter((parameter) => !isIdle(parameter, type)).sort() };
}

/** The normalized text of a media type. */
const keyOf = ({ range, parameters }: MediaType): string => [range, ...parameters].join(';');

/** How closely a range matches a media type: 3 exactly, 2 by its main type, 1 as any type, 0 not at all. */
function closeness(range: MediaType, type: MediaType): number {
  if (keyOf(range) === keyOf(type)) return 3;
  if (range.parameters.length > 0) return 0;
  const [prefix = ''] = range.range.split('/*');
  if (range.range === '*/*') return 1;
  return range.range.endsWith('/*') && type.range.startsWith(`${prefix}/`) ? 2 : 0;
}

export const isRange = (type: string): boolean => /\/\*/.test(type);

/** The media types of a `content`. */
export class Content {
  readonly #entries: readonly { readonly name: string; readonly type: MediaType; readonly node: JsonNode }[];

  constructor(content: JsonNode | undefined) {
    this.#entries = children(content).map(([name, node]) => ({ name, type: parsed(name), node }));
  }

  get names(): readonly string[] {
    return this.#entries.map(({ name }) => name);
  }

  /** The entry that says what a body of this media type is: the one that matches most closely. */
  entryFor(name: string): { readonly node: JsonNode; readonly isSame: boolean } | undefined {
    const type = parsed(name);
    const fits = this.#entries
      .map(({ type: range, node }) => ({ node, fit: closeness(range, type) }))
      .filter((one) => one.fit > 0);
    const [best] = fits.sort((a, b) => b.fit - a.fit);
    return best && { node: best.node, isSame: best.fit === 3 };
  }

  /** Whether one of the entries is within this range. */
  hasWithin(range: string): boolean {
    return this.#entries.some(({ type }) => closeness(parsed(range), type) > 0);
  }
}
