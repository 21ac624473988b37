import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';

/**
 * The files of packages that pages in a browser need. The build copies them, because the packages are many times as large;
 * sources use node_modules.
 */
export const browserFiles = {
  'htmx.org': ['dist/htmx.min.js', 'dist/ext/hx-sse.min.js', 'LICENSE'],
  'swagger-ui-dist': ['swagger-ui-bundle.js', 'swagger-ui.css', 'LICENSE', 'NOTICE'],
} as const;

type BrowserPackage = keyof typeof browserFiles;

/** The path of such a file. */
export function browserFile<Name extends BrowserPackage>(
  name: Name,
  file: (typeof browserFiles)[Name][number],
): string {
  if (extname(import.meta.filename) === '.js') return join(import.meta.dirname, 'browser', name, file);
  return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), file);
}
