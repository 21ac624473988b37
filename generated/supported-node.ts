// Do not edit: written from spec/ by `npm run generate`.

/** What to tell if Node is too old for the package; undefined if it is not. Uses only what the oldest Node knows. */
export function unsupportedNode(program: string): string | undefined {
  const needed = "22.19.0";
  const { node } = process.versions;
  // A numeric string comparison would be slower, because it loads locale data.
  const rank = (version: string) => version.split('.').reduce((sum, part) => sum * 1000 + Number.parseInt(part, 10), 0);
  return rank(node) >= rank(needed)
    ? undefined
    : `${program}: expected Node ${needed} or newer, this is ${node}; install a newer one from https://nodejs.org`;
}

/** Ends the program with one line if Node is too old. Call it before loading what an older Node may not be able to load. */
export function expectSupportedNode(program: string): void {
  const problem = unsupportedNode(program);
  if (problem === undefined) return;
  console.error(problem);
  process.exit(2);
}
