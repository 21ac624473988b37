import { type Written, written } from '../domain/written.ts';

const texts = new WeakMap<object, string>();

/** JSON of an object or a list of objects. What is frozen never changes, so its text is made once. */
function textOf(value: object | Written): string {
  if (written in value) return value[written]();
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = Array.isArray(value) ? `[${value.map(textOf).join(',')}]` : JSON.stringify(value);
  if (Object.isFrozen(value)) texts.set(value, text);
  return text;
}

/** What `JSON.stringify` makes of a body, faster where the body is the contract's envelope around frozen objects. */
export function jsonText(body: unknown): string {
  const { data, pagination } = (body ?? {}) as { readonly data?: unknown; readonly pagination?: unknown };
  if (Array.isArray(data) && pagination !== undefined) {
    const known = texts.get(body as object);
    if (known !== undefined) return known;
    const text = `{"data":${textOf(data)},"pagination":${JSON.stringify(pagination)}}`;
    if (Object.isFrozen(body)) texts.set(body as object, text);
    return text;
  }
  return data !== null && typeof data === 'object' ? `{"data":${textOf(data)}}` : JSON.stringify(body);
}
