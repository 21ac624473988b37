import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { browserFile } from './browser-files.ts';

const read = (url: string): string => readFileSync(fileURLToPath(url), 'utf8');

/** The files that the pages load, from this folder and from installed packages, read once. */
export const assets: Readonly<Record<string, { readonly type: string; readonly text: string }>> = {
  'console.css': { type: 'text/css', text: read(import.meta.resolve('./console.css')) },
  'console.js': { type: 'text/javascript', text: read(import.meta.resolve('./console.js')) },
  // One file, because htmx must not start before its extension is loaded.
  'htmx.js': {
    type: 'text/javascript',
    text: [browserFile('htmx.org', 'dist/htmx.min.js'), browserFile('htmx.org', 'dist/ext/hx-sse.min.js')]
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n'),
  },
  'icon.svg': { type: 'image/svg+xml', text: read(import.meta.resolve('./icon.svg')) },
};
