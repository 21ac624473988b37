import { type QuirkName, type Quirks, type QuirkValue, quirks } from '../../generated/quirks.ts';

/** The default reading of every open question (§8). */
export const defaultQuirks = Object.fromEntries(
  Object.entries(quirks).map(([name, quirk]) => [name, quirk.values[0].value]),
) as unknown as Quirks;

/**
 * Parses settings such as `cross-group=reject`; quirks that are not set have their default.
 * Throws an Error that lists the possible names or values if one is unknown.
 */
export function parseQuirks(settings: readonly string[]): Quirks {
  const chosen: Record<QuirkName, QuirkValue> = { ...defaultQuirks };
  for (const setting of settings) {
    const [name = '', value = ''] = setting.split(/=(.*)/s);
    if (!Object.hasOwn(quirks, name))
      throw new Error(`unknown quirk "${name}"; expected one of ${Object.keys(quirks).join(', ')}`);
    const known = name as QuirkName;
    const values = quirks[known].values.map((candidate) => candidate.value as QuirkValue);
    const found = values.find((candidate) => candidate === value);
    if (found === undefined) throw new Error(`quirk ${name} can be ${values.join(' or ')}, not "${value}"`);
    chosen[known] = found;
  }
  return chosen as unknown as Quirks;
}
