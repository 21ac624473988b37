// Scalar's mock server is a library; this program runs it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [port, contract, peers] = process.argv.slice(2);
const peer = (name) => import(pathToFileURL(createRequire(`${peers}/`).resolve(name)).href);
const { createMockServer } = await peer('@scalar/mock-server');
const { serve } = await peer('@hono/node-server');
const app = await createMockServer({ document: JSON.parse(readFileSync(contract, 'utf8')) });
serve({ fetch: app.fetch, port: Number(port), hostname: '127.0.0.1' });
