/** The part of a lockfile that says under what each package comes. */
export interface Lockfile {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly license?: string }>>;
}

/** Licences that let a package be used and passed on by one under MIT, without a condition but to keep their text. */
const compatible = new Set(
  'MIT MIT-0 ISC 0BSD BSD-0-Clause BSD-2-Clause BSD-3-Clause Apache-2.0 BlueOak-1.0.0 CC0-1.0 Unlicense Python-2.0 Zlib MPL-2.0'.split(
    ' ',
  ),
);

/** Of `A OR B` one is enough, of `A AND B` both count. */
function isCompatible(expression: string): boolean {
  const plain = expression.replaceAll(/[()]/g, '');
  return plain.split(' OR ').some((choice) => choice.split(' AND ').every((licence) => compatible.has(licence.trim())));
}

/** Of what is shipped, packages whose licence is unknown or not compatible. MPL-2.0 stays with its own files. */
export function licenceFaults({ packages }: Lockfile): { readonly faults: string[]; readonly count: number } {
  const shipped = Object.entries(packages).filter(([path]) => path !== '');
  const faults = shipped
    .filter(([, { license }]) => license === undefined || !isCompatible(license))
    .map(
      ([path, { version, license }]) =>
        `${path.replace(/^.*node_modules\//, '')}@${version}: ${license ?? 'no licence'}, expected one that MIT can ship (scripts/hygiene/licences.ts)`,
    );
  return { faults, count: shipped.length };
}
