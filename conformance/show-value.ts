const maxText = 200;
const maxValue = 300;
const around = 40;

/** A readable form of a value: texts in quotes, with their length if they are cut. */
export function showValue(value: unknown): string {
  if (typeof value === 'string') return showText(value);
  if (Array.isArray(value)) return showParts('[', value.map(showValue), ']');
  if (isFields(value)) {
    const parts = Object.entries(value).map(([name, part]) => `${JSON.stringify(name)}: ${showValue(part)}`);
    return showParts('{', parts, '}');
  }
  return value === undefined ? 'nothing' : String(value);
}

function showText(text: string, from = 0): string {
  const part = text.slice(from, from + maxText);
  if (part === text) return JSON.stringify(text);
  const [before, after] = [from > 0 ? '…' : '', from + maxText < text.length ? '…' : ''];
  return `${JSON.stringify(before + part + after)} (${text.length} characters)`;
}

function showParts(open: string, parts: readonly string[], close: string): string {
  let length = 0;
  const kept = parts.filter((part, index) => {
    length += part.length;
    return index === 0 || length <= maxValue;
  });
  const cut = kept.length < parts.length ? [`… ${parts.length} in all`] : [];
  return `${open}${[...kept, ...cut].join(', ')}${close}`;
}

/** The parts of two values that differ. */
export interface Difference {
  readonly expected: unknown;
  readonly received: unknown;
}

/**
 * Compares two JSON values and returns only the fields that differ; null if none does. An absent field equals an
 * undefined one. With `subset`, fields that are not expected may be there.
 */
export function differenceOf(expected: unknown, received: unknown, subset = false): Difference | null {
  if (Object.is(expected, received)) return null;
  if (Array.isArray(expected) && Array.isArray(received)) {
    const isSame =
      expected.length === received.length &&
      expected.every((item, index) => differenceOf(item, received[index], subset) === null);
    return isSame ? null : { expected, received };
  }
  if (!isFields(expected) || !isFields(received)) return { expected, received };
  const names = new Set([...Object.keys(expected), ...(subset ? [] : Object.keys(received))]);
  const parts = [...names].flatMap((name) => {
    const part = differenceOf(expected[name], received[name], subset);
    return part ? [[name, part] as const] : [];
  });
  if (parts.length === 0) return null;
  return {
    expected: Object.fromEntries(parts.map(([name, part]) => [name, part.expected])),
    received: Object.fromEntries(parts.map(([name, part]) => [name, part.received])),
  };
}

/** Shows both sides of a difference, shortened so that the difference is visible. */
export function showDifference({ expected, received }: Difference): { expected: string; received: string } {
  if (typeof expected === 'string' && typeof received === 'string') return showTexts(expected, received);
  if (Array.isArray(expected) && Array.isArray(received) && Math.min(expected.length, received.length) > 5)
    return { expected: showList(expected, received), received: showList(received, expected) };
  return { expected: showValue(expected), received: showValue(received) };
}

function showTexts(expected: string, received: string): { expected: string; received: string } {
  // Two encodings of the same letter look alike unless they are escaped.
  if (expected.normalize() === received.normalize())
    return { expected: escaped(showText(expected)), received: escaped(showText(received)) };
  let same = 0;
  while (expected[same] === received[same]) same += 1;
  const from = same < maxText ? 0 : same - around;
  return { expected: showText(expected, from), received: showText(received, from) };
}

const escaped = (text: string): string =>
  text.replaceAll(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Describes a long list by its length and the items that the other one lacks. */
function showList(list: readonly unknown[], other: readonly unknown[]): string {
  const known = new Set(other.map((item) => JSON.stringify(item)));
  const missing = list.filter((item) => !known.has(JSON.stringify(item)));
  return `${list.length} in all${missing.length === 0 ? '' : `, ${missing.length} of them only here: ${showValue(missing)}`}`;
}

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
