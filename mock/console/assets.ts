import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const read = (url: string): string => readFileSync(fileURLToPath(url), 'utf8');

/** What the pages load, by name: from this folder and from the packages that are installed, read once. */
export const assets: Readonly<Record<string, { readonly type: string; readonly text: string }>> = {
  'console.css': { type: 'text/css', text: read(import.meta.resolve('./console.css')) },
  'htmx.js': { type: 'text/javascript', text: read(import.meta.resolve('htmx.org/dist/htmx.min.js')) },
  'sse.js': { type: 'text/javascript', text: read(import.meta.resolve('htmx.org/dist/ext/hx-sse.min.js')) },
  'icon.svg': { type: 'image/svg+xml', text: read(import.meta.resolve('./icon.svg')) },
};
