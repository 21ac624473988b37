import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const read = (url: string): string => readFileSync(fileURLToPath(url), 'utf8');

/** What the pages load, by name: from this folder and from the packages that are installed, read once. */
export const assets: Readonly<Record<string, { readonly type: string; readonly text: string }>> = {
  'console.css': { type: 'text/css', text: read(import.meta.resolve('./console.css')) },
  // One file, since htmx must not begin before its extension is there.
  'htmx.js': {
    type: 'text/javascript',
    text: [import.meta.resolve('htmx.org/dist/htmx.min.js'), import.meta.resolve('htmx.org/dist/ext/hx-sse.min.js')]
      .map(read)
      .join('\n'),
  },
  'icon.svg': { type: 'image/svg+xml', text: read(import.meta.resolve('./icon.svg')) },
};
