/** The part of a lockfile that has the licences. */
export interface Lockfile {
  readonly packages: Readonly<
    Record<string, { readonly version?: string; readonly license?: string; readonly extraneous?: boolean }>
  >;
}

/** Licences under which an MIT package may ship another one if it keeps their text. */
const compatible = new Set(
  'MIT MIT-0 ISC 0BSD BSD-0-Clause BSD-2-Clause BSD-3-Clause Apache-2.0 BlueOak-1.0.0 CC0-1.0 Unlicense Python-2.0 Zlib MPL-2.0'.split(
    ' ',
  ),
);

/** `A OR B` needs one acceptable licence, `A AND B` needs both. */
function isCompatible(expression: string): boolean {
  const plain = expression.replaceAll(/[()]/g, '');
  return plain.split(' OR ').some((choice) => choice.split(' AND ').every((licence) => compatible.has(licence.trim())));
}

/** Shipped packages whose licence is unknown or incompatible. MPL-2.0 is fine, because it covers only its own files. */
export function licenceFaults({ packages }: Lockfile): { readonly faults: string[]; readonly count: number } {
  const shipped = Object.entries(packages).filter(([path, { extraneous }]) => path !== '' && !extraneous);
  const faults = shipped
    .filter(([, { license }]) => license === undefined || !isCompatible(license))
    .map(
      ([path, { version, license }]) =>
        `${path.replace(/^.*node_modules\//, '')}@${version}: ${license ?? 'no licence'}, expected one that MIT can ship (scripts/hygiene/licences.ts)`,
    );
  return { faults, count: shipped.length };
}
