import type { Quirks } from '../../generated/quirks.ts';

/** The reference to store for one that was given, left out, null or empty (§8.2, §8.18, §8.19). */
export function storedReference(given: string | null | undefined, quirks: Quirks): string | null {
  if (given) return given;
  return quirks['external-reference'] === 'null' ? null : '';
}
