import { bodyFields, type Fields } from '../../generated/fields.ts';

/** How many unknown fields are named; a client that sends more has one cause for all of them. */
const maxHints = 5;

/** A name that can stand in a header and in a log; of any other, only that it was there is told. */
const plain = /^[\w$.-]{1,64}$/;

/**
 * What to say of the fields that the contract does not know (§8.29): where each is, and the known name that it resembles.
 * A field of several rows is named once. `schema` is the name of the body's schema.
 */
export function hintsOf(schema: string, body: unknown): readonly string[] {
  const hints = new Map<string, string>();
  const look = (value: unknown, fields: Fields, path: string): void => {
    if (hints.size === maxHints) return;
    if (Array.isArray(value)) {
      // The contract has no list of lists, and the path of one nested deeply would be longer than a header may be.
      for (const item of value) if (!Array.isArray(item)) look(item, fields, `${path}[]`);
    } else if (typeof value === 'object' && value !== null)
      for (const [name, inner] of Object.entries(value)) {
        const known = Object.hasOwn(fields, name) ? fields[name] : undefined;
        if (known === null || hints.size === maxHints) continue;
        const at = `${path}${path && '.'}${plain.test(name) ? name : '?'}`;
        if (known) look(inner, known, at);
        else if (!hints.has(at)) hints.set(at, hint(at, name, fields));
      }
  };
  look(body, bodyFields[schema] as Fields, '');
  return [...hints.values()];
}

function hint(at: string, name: string, fields: Fields): string {
  const nearest = nearestOf(name, Object.keys(fields));
  return `${at}: unknown field, ignored${nearest === undefined ? '' : `; did you mean ${nearest}?`}`;
}

/** The known name that an unknown one resembles: spelt otherwise, a part of it, or two letters off. */
function nearestOf(name: string, known: readonly string[]): string | undefined {
  if (!plain.test(name)) return undefined;
  const bare = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const given = bare(name);
  const distance = (candidate: string): number => {
    const text = bare(candidate);
    if (text === given) return 0;
    const edits = editDistance(given, text);
    if (edits <= 2 && edits <= text.length / 2) return edits;
    return given.length > 2 && (given.includes(text) || text.includes(given)) ? 3 : Infinity;
  };
  const [best] = known
    .map((candidate) => ({ candidate, distance: distance(candidate) }))
    .filter((one) => one.distance < Infinity)
    .sort((a, b) => a.distance - b.distance);
  return best?.candidate;
}

/** How many letters have to be put in, taken out or replaced to make one text of the other (Levenshtein). */
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
