import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { ChangeVerdict, Party } from '../../conformance/contract/change.ts';
import type { ContractParts } from '../../conformance/contract/comparison.ts';

/** A pair of contracts and the expected verdict. */
export interface Fixture {
  readonly name: string;
  /** The part of the model document, or the catalogue, that `before` and `after` fill. */
  readonly in: keyof typeof models | 'rules' | 'quirks';
  readonly before: unknown;
  readonly after: unknown;
  readonly verdict: ChangeVerdict | 'unchanged';
  /** The verdict of the most serious change. */
  readonly kind?: string;
  readonly affects?: readonly Party[];
  /** A value that shows the most serious change: one that clients could send before, or that servers may answer now. */
  readonly counterexample?: unknown;
}

/** Two schemas, and the expected verdicts as a request and as an answer. */
interface Relation extends Pick<Fixture, 'name' | 'before' | 'after'> {
  readonly request: Judged;
  readonly response: Judged;
}

interface Judged extends Pick<Fixture, 'verdict'> {
  /** Left out if nothing breaks or no value shows it. */
  readonly counterexample?: unknown;
}

const ok = { '200': { description: 'OK' } };

/** The smallest document that contains the part. */
const models = {
  request: (schema: unknown) => post({ requestBody: body(schema), responses: ok }),
  response: (schema: unknown) =>
    post({ responses: { '200': { description: 'OK', content: { 'application/json': { schema } } } } }),
  parameters: (parameters: unknown) => post({ parameters, responses: ok }),
  responses: (responses: unknown) => post({ responses }),
  operation: (operation: unknown) => post({ responses: ok, ...(operation as object) }),
  schemas: (schemas: unknown) => {
    const document = post({ requestBody: body({ $ref: '#/components/schemas/Tree' }), responses: ok });
    return { ...document, components: { schemas: { Tree: {}, ...(schemas as object) } } };
  },
  paths: (paths: unknown) => ({ ...post({}), paths }),
  document: (fields: unknown) => ({ ...post({ operationId: 'createThing', responses: ok }), ...(fields as object) }),
};

const body = (schema: unknown) => ({ required: true, content: { 'application/json': { schema } } });

const post = (operation: object) => ({
  openapi: '3.1.1',
  info: { title: 'Things', version: '1.0.0' },
  paths: { '/things': { post: operation } },
  components: {
    parameters: { Page: { name: 'page', in: 'query', schema: { type: 'integer' } } },
    schemas: { Operation: { type: 'string', enum: ['add', 'remove'] } },
    securitySchemes: {
      key: { type: 'http', scheme: 'bearer' },
      oauth: {
        type: 'oauth2',
        flows: {
          clientCredentials: { tokenUrl: 'https://a.example/token', scopes: { read: 'Read.', write: 'Write.' } },
        },
      },
    },
  },
});

/** Both contracts of a fixture. */
export function contractsOf(fixture: Fixture): readonly [before: ContractParts, after: ContractParts] {
  const { in: part } = fixture;
  const contract = (value: unknown): ContractParts =>
    part === 'rules' || part === 'quirks' ? ({ [part]: value } as ContractParts) : { openapi: models[part](value) };
  return [contract(fixture.before), contract(fixture.after)];
}

export const fixtureFiles = ['requests', 'responses', 'documents', 'relations', 'media-types', 'catalogue'] as const;

const sides = ['request', 'response'] as const;

function fixturesOf(entry: Fixture | Relation): Fixture[] {
  if ('in' in entry) return [entry];
  const { request: _, response: __, ...pair } = entry;
  return sides.map((side) => ({ ...pair, in: side, ...entry[side] }));
}

export const readFixtures = (file: (typeof fixtureFiles)[number]): Fixture[] => {
  const text = readFileSync(join(import.meta.dirname, 'fixtures', `${file}.yaml`), 'utf8');
  return (parse(text) as (Fixture | Relation)[]).flatMap(fixturesOf);
};
