import { bodyFields, type FieldNames } from '../../generated/fields.ts';

/** A client that sends more unknown fields than this has one cause for all of them. */
const maxHints = 5;

/** Field names that are safe in a header and in a log. Any other name is shown as `?`. */
const safeName = /^[\w$.-]{1,64}$/;

/**
 * One hint for each field that the contract does not know (§8.29): its path, and a known name that is similar.
 * A field that several rows have is named once. `schema` is the name of the body's schema.
 */
export function hintsOf(schema: string, body: unknown): readonly string[] {
  const hints = new Map<string, string>();
  const visit = (value: unknown, fields: FieldNames, path: string): void => {
    if (hints.size === maxHints) return;
    if (Array.isArray(value)) {
      const ofItem = `${path}[]`;
      // The contract has no list of lists, and the path of one nested deeply would be longer than a header may be.
      for (const item of value) if (!Array.isArray(item)) visit(item, fields, ofItem);
    } else if (typeof value === 'object' && value !== null)
      for (const name of Object.keys(value)) {
        const known = Object.hasOwn(fields, name) ? fields[name] : undefined;
        if (known === null || hints.size === maxHints) continue;
        const at = `${path}${path && '.'}${safeName.test(name) ? name : '?'}`;
        if (known) visit((value as Readonly<Record<string, unknown>>)[name], known, at);
        else if (!hints.has(at)) hints.set(at, hint(at, name, Object.keys(fields), 'field'));
      }
  };
  visit(body, bodyFields[schema] as FieldNames, '');
  return [...hints.values()];
}

/** One hint for each unknown query parameter: if a filter is ignored, the list has every group. */
export function queryHintsOf(known: readonly string[], url: string): readonly string[] {
  const start = url.indexOf('?');
  if (start < 0) return [];
  const unknown = [...new URLSearchParams(url.slice(start)).keys()].filter((name) => !known.includes(name));
  const hints = unknown.map((name) => hint(safeName.test(name) ? name : '?', name, known, 'query parameter'));
  return [...new Set(hints)].slice(0, maxHints);
}

function hint(at: string, name: string, known: readonly string[], what: string): string {
  const nearest = nearestOf(name, known);
  return `${at}: unknown ${what}, ignored${nearest === undefined ? '' : `; did you mean ${nearest}?`}`;
}

/** The known name most similar to an unknown one: another spelling, a part of it, or at most two edits away. */
export function nearestOf(name: string, known: readonly string[]): string | undefined {
  if (!safeName.test(name)) return undefined;
  const normalized = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const given = normalized(name);
  const distance = (candidate: string): number => {
    const text = normalized(candidate);
    if (text === given) return 0;
    const edits = editDistance(given, text);
    if (edits <= 2 && edits <= text.length / 2) return edits;
    if (isAbbreviation(name, candidate)) return 2;
    const isPart = given.length > 2 && (text.includes(given) || given.endsWith(text));
    return isPart ? 3 : Infinity;
  };
  const [best] = known
    .map((candidate) => ({ candidate, distance: distance(candidate) }))
    .filter((one) => one.distance < Infinity)
    .sort((a, b) => a.distance - b.distance);
  return best?.candidate;
}

/** Whether each word of a name begins a word of the other: `external_ref_id`. */
function isAbbreviation(name: string, candidate: string): boolean {
  const words = (text: string) => text.toLowerCase().split(/[^a-z0-9]+/);
  const [short, long] = [words(name), words(candidate)];
  return short.length === long.length && short.every((word, index) => word !== '' && long[index]?.startsWith(word));
}

/** Levenshtein distance: the insertions, deletions and replacements that turn one text into the other. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
