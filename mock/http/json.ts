const texts = new WeakMap<object, string>();

/**
 * Like `JSON.stringify`, but caches the text of an answer by its `data` if that is frozen. Without this, a list of groups
 * takes 1.45 times the processor time.
 */
export function jsonText(body: unknown): string {
  const { data } = (body ?? {}) as { readonly data?: unknown };
  if (typeof data !== 'object' || data === null || !Object.isFrozen(data)) return JSON.stringify(body);
  const cached = texts.get(data);
  if (cached !== undefined) return cached;
  const text = JSON.stringify(body);
  texts.set(data, text);
  return text;
}
