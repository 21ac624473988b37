// The minimum that a Hono server does for one answer: read the body, if any, and write JSON. With a module of validators it
// also validates the body. It is plain JavaScript, like the published mock.
import { readFileSync } from 'node:fs';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';

const [port, file, validators] = process.argv.slice(2);
/** @type {import('./subjects.ts').Exchange} */
const { method, route, status, body, schema } = JSON.parse(readFileSync(file, 'utf8'));
const isValid = validators === undefined ? () => true : (await import(validators)).schemas[schema];
const app = new Hono();
if (method === 'GET') app.get(route, (c) => c.json(body, status));
else
  app.post(route, async (c) => {
    return isValid(await c.req.json()) ? c.json(body, status) : c.json({ message: 'The body is not valid.' }, 400);
  });
serve({ fetch: app.fetch, port: Number(port), hostname: '127.0.0.1' });
