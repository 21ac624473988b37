import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { type Context, Hono } from 'hono';
import { worldControl } from '../control/control.ts';
import { mainWorld, type Worlds } from '../worlds/worlds.ts';

/** The files of Swagger UI that the page needs. The build copies them into the package; sources use node_modules. */
export const swaggerUiFiles = ['swagger-ui-bundle.js', 'swagger-ui.css', 'LICENSE', 'NOTICE'] as const;

const files: Readonly<Record<string, string>> = {
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'swagger-ui.css': 'text/css; charset=utf-8',
} satisfies Partial<Record<(typeof swaggerUiFiles)[number], string>>;

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

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Vitable groups API (mock)</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<nav style="padding: 0.75rem 1.25rem; font-family: sans-serif"><a href="/_mock/" style="color: light-dark(#0b6b5e, #5cc8b4)">Console of this mock</a></nav>
<main id="reference"><noscript>The reference needs JavaScript; <a href="/openapi.yaml">openapi.yaml</a> does not.</noscript></main>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

/** Opens the contract with the API key filled in, in light or dark mode. */
const startScript = (key: string | undefined): string => `
const dark = matchMedia('(prefers-color-scheme: dark)');
const paint = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', paint);
paint();
const ui = SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#reference',
  tryItOutEnabled: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
  onComplete: () => ui.preauthorizeApiKey('apiKey', ${JSON.stringify(key ?? '')}),
});
`;

/**
 * The API reference at `/docs`, and the contract at `/openapi.json` and `/openapi.yaml`. They are not part of the API,
 * so they need no key and do not appear in a journal.
 */
export function referenceRoutes(worlds: Worlds): Hono {
  const app = new Hono();
  app.get('/openapi.json', async (c) => c.json(await contractAt(c)));
  app.get('/openapi.yaml', async (c) => {
    const { stringify } = await import('yaml');
    return c.body(stringify(await contractAt(c), { aliasDuplicateObjects: false }), 200, {
      'content-type': 'application/yaml',
    });
  });
  app.on('GET', ['/docs', '/docs/'], (c) => c.html(page, 200, { 'content-security-policy': policy }));
  app.get('/docs/start.js', (c) => {
    const organizations = worlds.find(mainWorld) && worldControl(worlds, mainWorld).describeWorld().organizations;
    return c.body(startScript(organizations?.[0]?.key), 200, { 'content-type': 'text/javascript; charset=utf-8' });
  });
  for (const [name, type] of Object.entries(files))
    app.get(`/docs/${name}`, async (c) =>
      c.body(await readFile(join(swaggerUi(), name)), 200, { 'content-type': type, 'cache-control': 'max-age=3600' }),
    );
  return app;
}

/** The bundled contract, with this mock as its only server, under the address of the request. */
async function contractAt(c: Context) {
  const { default: contract } = await import('../../generated/openapi.json', { with: { type: 'json' } });
  return { ...contract, servers: [{ url: new URL(c.req.url).origin, description: 'This mock.' }] };
}

/** The folder with Swagger UI's files, looked up on the first request. */
function swaggerUi(): string {
  if (extname(import.meta.filename) === '.js') return join(import.meta.dirname, 'swagger-ui');
  return dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
}
