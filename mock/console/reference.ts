import { readFile } from 'node:fs/promises';
import { type Context, Hono } from 'hono';
import { worldControl } from '../control/control.ts';
import type { WorldAccess } from '../worlds/access.ts';
import { mainWorld } from '../worlds/keys.ts';
import { browserFile } from './browser-files.ts';

/** The files of Swagger UI that the page loads, and their types. */
const files = [
  ['swagger-ui-bundle.js', 'text/javascript; charset=utf-8'],
  ['swagger-ui.css', 'text/css; charset=utf-8'],
] as const;

/** The page can only reach this mock, so it works offline and "try it" never calls a real service. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** An OpenAPI document that the mock serves, and its page. */
interface Document {
  readonly title: string;
  /** The path of its page. */
  readonly page: string;
  /** The path of the document without its ending, `.json` or `.yaml`. */
  readonly path: string;
  readonly load: () => Promise<{ readonly default: object }>;
}

const contract: Document = {
  title: 'Vitable groups API (mock)',
  page: '/docs',
  path: '/openapi',
  load: () => import('../../generated/openapi.json', { with: { type: 'json' } }),
};

const controlPlane: Document = {
  title: 'Control plane of this mock',
  page: '/_mock/docs',
  path: '/_mock/openapi',
  load: () => import('../../generated/control-openapi.json', { with: { type: 'json' } }),
};

const pageOf = ({ title, path }: Document, other: Document): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<style>nav { display: flex; gap: 1.5rem; padding: 0.75rem 1.25rem; font-family: sans-serif } nav a { color: light-dark(#0b6b5e, #5cc8b4) }</style>
</head>
<body>
<nav><a href="/_mock/">Console of this mock</a><a href="${other.page}">${other.title}</a></nav>
<main id="reference" data-document="${path}.json"><noscript>The reference needs JavaScript; <a href="${path}.yaml">openapi.yaml</a> does not.</noscript></main>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

/** Opens the document of the page, in light or dark mode, with an API key filled in for the contract. */
const startScript = (key: string | undefined): string => `
const dark = matchMedia('(prefers-color-scheme: dark)');
const paint = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', paint);
paint();
const ui = SwaggerUIBundle({
  url: document.getElementById('reference').dataset.document,
  dom_id: '#reference',
  tryItOutEnabled: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
  onComplete: () => ui.preauthorizeApiKey('apiKey', ${JSON.stringify(key ?? '')}),
});
`;

/**
 * The references of the contract and of the control plane, with their documents in JSON and YAML. They are public, so they
 * need no key and no control token, and do not appear in a journal.
 */
export function referenceRoutes(access: WorldAccess): Hono {
  const app = new Hono();
  for (const document of [contract, controlPlane]) {
    const { page, path } = document;
    const html = pageOf(document, document === contract ? controlPlane : contract);
    app.on('GET', [page, `${page}/`], (c) => c.html(html, 200, { 'content-security-policy': policy }));
    app.get(`${path}.json`, async (c) => c.json(await served(document, c)));
    app.get(`${path}.yaml`, async (c) => {
      const { stringify } = await import('yaml');
      return c.body(stringify(await served(document, c), { aliasDuplicateObjects: false }), 200, {
        'content-type': 'application/yaml',
      });
    });
  }
  app.get('/docs/start.js', async (c) => {
    const { worlds } = access;
    const key = await access.run(
      mainWorld,
      () => worlds.find(mainWorld) && worldControl(worlds, mainWorld).describeWorld().organizations[0]?.key,
    );
    return c.body(startScript(key), 200, { 'content-type': 'text/javascript; charset=utf-8' });
  });
  for (const [name, type] of files)
    app.get(`/docs/${name}`, async (c) =>
      c.body(await readFile(browserFile('swagger-ui-dist', name)), 200, {
        'content-type': type,
        'cache-control': 'max-age=3600',
      }),
    );
  return app;
}

/** The bundled document, with this mock as its only server, under the address of the request. */
async function served({ load }: Document, c: Context): Promise<object> {
  const { default: bundled } = await load();
  return { ...bundled, servers: [{ url: new URL(c.req.url).origin, description: 'This mock.' }] };
}
