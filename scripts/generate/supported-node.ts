/** What both programs begin with, as TypeScript; `engines` is that of package.json. */
export const generateSupportedNode = ({ node }: { readonly node: string }): string => `/**
 * Ends the program with one line where Node is older than the package needs. To be called before anything else is
 * loaded, for an older Node fails on that already; and made of what the oldest know.
 */
export function expectSupportedNode(program: string): void {
  const needed = ${JSON.stringify(node.replace('>=', ''))};
  const { node } = process.versions;
  // Comparing them as text with numbers in it would load the rules of a language first.
  const rank = (version: string) => version.split('.').reduce((sum, part) => sum * 1000 + Number.parseInt(part, 10), 0);
  if (rank(node) >= rank(needed)) return;
  console.error(
    \`\${program}: expected Node \${needed} or newer, this is \${node}; install a newer one from https://nodejs.org\`,
  );
  process.exit(2);
}
`;
