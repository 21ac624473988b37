// The minimum that a Hono server does for one answer: read the body, if any, and write JSON. It is plain JavaScript, like
// the published mock.
import { readFileSync } from 'node:fs';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';

const [port, file] = process.argv.slice(2);
/** @type {import('./subjects.ts').Exchange} */
const { method, route, status, body } = JSON.parse(readFileSync(file, 'utf8'));
const app = new Hono();
if (method === 'GET') app.get(route, (c) => c.json(body, status));
else
  app.post(route, async (c) => {
    await c.req.json();
    return c.json(body, status);
  });
serve({ fetch: app.fetch, port: Number(port), hostname: '127.0.0.1' });
