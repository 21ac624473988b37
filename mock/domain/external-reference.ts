import type { Quirks } from '../../generated/quirks.ts';

/** The reference to store: the given one, or the quirk's value if it is missing, null or empty (§8.2, §8.18, §8.19). */
export function storedReference(given: string | null | undefined, quirks: Quirks): string | null {
  if (given) return given;
  return quirks['external-reference'] === 'null' ? null : '';
}
