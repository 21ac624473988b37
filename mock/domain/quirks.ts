import { type QuirkName, type Quirks, type QuirkValue, quirks } from '../../generated/quirks.ts';
import { Problem } from './problems.ts';

/** The default reading of every open question (§8). */
export const defaultQuirks = Object.fromEntries(
  Object.entries(quirks).map(([name, quirk]) => [name, quirk.values[0].value]),
) as unknown as Quirks;

/** Replaces answers by the given ones. Throws a Problem that lists the possible names or values if one is unknown. */
export function withQuirks(base: Quirks, given: Readonly<Record<string, unknown>>): Quirks {
  const refuse = (message: string) => new Problem('invalid', 'bad_quirk', message);
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(quirks, name))
      throw refuse(`unknown quirk "${name}"; expected one of ${Object.keys(quirks).join(', ')}`);
    const values: readonly QuirkValue[] = quirks[name as QuirkName].values.map((candidate) => candidate.value);
    if (!values.includes(value as QuirkValue))
      throw refuse(`quirk ${name} can be ${values.join(' or ')}, not ${JSON.stringify(value)}`);
  }
  return { ...base, ...given };
}

/** Parses settings such as `cross-group=reject`; quirks that are not set have their default. Throws a Problem. */
export const parseQuirks = (settings: readonly string[]): Quirks =>
  withQuirks(
    defaultQuirks,
    Object.fromEntries(
      settings.map((setting) => {
        const [name = '', value = ''] = setting.split(/=(.*)/s);
        return [name, value];
      }),
    ),
  );
