/** The check with which both programs start, as TypeScript; `engines` is that of package.json. */
export const generateSupportedNode = ({ node }: { readonly node: string }): string => `/**
 * Ends the program with one line if Node is too old for the package. Call it before loading anything else, which an older
 * Node may not be able to load; it uses only what the oldest Node knows.
 */
export function expectSupportedNode(program: string): void {
  const needed = ${JSON.stringify(node.replace('>=', ''))};
  const { node } = process.versions;
  // A numeric string comparison would be slower, because it loads locale data.
  const rank = (version: string) => version.split('.').reduce((sum, part) => sum * 1000 + Number.parseInt(part, 10), 0);
  if (rank(node) >= rank(needed)) return;
  console.error(
    \`\${program}: expected Node \${needed} or newer, this is \${node}; install a newer one from https://nodejs.org\`,
  );
  process.exit(2);
}
`;
