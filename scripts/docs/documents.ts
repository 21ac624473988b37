import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import GithubSlugger from 'github-slugger';
import { marked, type Token, type Tokens } from 'marked';
import { root } from '../generate/contract.ts';

/** Every document of the checkout, by its path from the root. */
export const documents: readonly string[] = globSync('{*.md,{docs,spec,generated,examples}/**/*.md}', {
  cwd: root,
}).sort();

/** The parts of a document, in order. */
const tokensOf = (document: string): readonly Token[] => marked.lexer(readFileSync(join(root, document), 'utf8'));

/** The targets of a document's links and images, HTML included. */
export function targetsOf(document: string): readonly string[] {
  const targets: string[] = [];
  void marked.walkTokens([...tokensOf(document)], (token) => {
    if (token.type === 'link' || token.type === 'image') targets.push((token as Tokens.Link).href);
    if (token.type === 'html')
      targets.push(...[...token.raw.matchAll(/ (?:href|src|srcset)="([^"]+)"/g)].map(([, target = '']) => target));
  });
  return targets;
}

/** The fragments of a document's headings, as GitHub makes them. */
export function fragmentsOf(document: string): ReadonlySet<string> {
  const slugger = new GithubSlugger();
  const headings = tokensOf(document).filter((token): token is Tokens.Heading => token.type === 'heading');
  return new Set(headings.map(({ text }) => slugger.slug(plain(text))));
}

/** A heading without its markup. */
const plain = (heading: string): string => heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '');

/** A block of commands of a document. */
export interface Block {
  readonly document: string;
  readonly commands: string;
  /** The comment above it: `run`, `run: server`, `run: exit 2` or `not run: why`. */
  readonly marker: string | undefined;
  /** The expected output, from the block below it; `…` stands for anything. */
  readonly printed: string | undefined;
}

/** The blocks of commands of a document. */
export function blocksOf(document: string): readonly Block[] {
  const tokens = tokensOf(document).filter(({ type }) => type !== 'space');
  return tokens.flatMap((token, index) => {
    if (token.type !== 'code' || !/^(sh|bash|shell|console)\b/.test(token.lang ?? '')) return [];
    const [above, below] = [tokens[index - 1], tokens[index + 1]];
    return [
      {
        document,
        commands: (token as Tokens.Code).text,
        marker: above?.type === 'html' ? /^<!-- (.*) -->$/.exec(above.raw.trim())?.[1] : undefined,
        printed: below?.type === 'code' && /^(text|json)$/.test(below.lang ?? '') ? (below.text as string) : undefined,
      },
    ];
  });
}
