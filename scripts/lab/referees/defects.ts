import type { Mock } from '../../../mock/index.ts';
import { passOn, type Served, serve } from './serving.ts';

/** An answer of the mock before it is sent; a defect changes it in place. */
export interface Outgoing {
  readonly method: string;
  readonly path: string;
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: defects break the shape on purpose
  body: any;
}

/** A violation of the contract's schemas that a referee must notice. */
export interface SchemaDefect {
  readonly name: string;
  /** The rules of the suite that notice it. */
  readonly rules: readonly string[];
  readonly spoil: (answer: Outgoing) => void;
}

const success = ({ status }: Outgoing) => status < 300;

/** The resources of an answer: one, several, or none in an error. */
// biome-ignore lint/suspicious/noExplicitAny: see above
const resources = ({ body }: Outgoing): any[] => [body.data ?? []].flat();

export const schemaDefects: readonly SchemaDefect[] = [
  {
    name: 'a group without created_at',
    rules: ['GRP-1', 'ERR-8'],
    spoil: (answer) => {
      for (const resource of resources(answer)) delete resource.created_at;
    },
  },
  {
    name: 'a group id without its prefix',
    rules: ['GRP-1', 'ID-1', 'ERR-8'],
    spoil: (answer) => {
      if (/groups$/.test(answer.path)) for (const group of resources(answer)) group.id = group.id.slice(4);
    },
  },
  {
    name: 'a name that is not a string',
    rules: ['GRP-1', 'GRP-2', 'ERR-8'],
    spoil: (answer) => {
      for (const resource of resources(answer)) if ('name' in resource) resource.name = [resource.name];
    },
  },
  {
    name: 'a total written as text',
    rules: ['PAGE-1', 'ERR-8'],
    spoil: ({ body }) => {
      if (body.pagination) body.pagination.total = String(body.pagination.total);
    },
  },
  {
    name: 'a page without pagination',
    rules: ['PAGE-1', 'ERR-8'],
    spoil: ({ body }) => {
      delete body.pagination;
    },
  },
  {
    name: 'an error without trace_id',
    rules: ['ERR-1', 'ERR-5'],
    spoil: ({ body }) => {
      delete body.trace_id;
    },
  },
  {
    name: 'accepted_at that is not a timestamp',
    rules: ['SYNC-2', 'ERR-8'],
    spoil: (answer) => {
      for (const resource of resources(answer)) if ('accepted_at' in resource) resource.accepted_at = 'soon';
    },
  },
  {
    name: 'results without failures',
    rules: ['SYNC-4', 'SYNC-5', 'ERR-8'],
    spoil: (answer) => {
      for (const resource of resources(answer)) if (resource.results) delete resource.results.failures;
    },
  },
  {
    name: 'a create that answers with an undocumented status',
    rules: ['GRP-1'],
    spoil: (answer) => {
      if (answer.method === 'POST' && /groups$/.test(answer.path) && success(answer)) answer.status = 202;
    },
  },
];

/** Serves a mock whose answers have the defect. */
export function spoilt(mock: Mock, { spoil }: SchemaDefect): Promise<Served> {
  return serve(async (request) => {
    const answer = await passOn(request, await request.bytes(), mock.url);
    const { method, url } = request;
    const outgoing = { method, path: new URL(url).pathname, status: answer.status, body: await answer.json() };
    spoil(outgoing);
    const { status, body } = outgoing;
    return Response.json(body, { status, headers: answer.headers });
  });
}
