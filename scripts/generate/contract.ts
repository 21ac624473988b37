import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export const root = join(import.meta.dirname, '../..');

/** A JSON Schema of the contract, with only the keywords that the generator reads. */
export interface SchemaObject {
  readonly $ref?: string;
  readonly [keyword: string]: unknown;
}

interface Reference {
  readonly $ref?: string;
}

export interface Parameter extends Reference {
  readonly name: string;
  readonly in: 'query' | 'path';
  readonly schema: SchemaObject;
}

interface Content extends Reference {
  readonly content?: Readonly<Record<string, { readonly schema: SchemaObject }>>;
}

interface OperationObject {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Content & { readonly required?: boolean };
  readonly responses: Readonly<Record<string, Content>>;
}

export interface Contract {
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, SchemaObject>> };
}

/** One operation with its references resolved and its bodies named by their component schema. */
export interface Operation {
  readonly id: string;
  readonly summary: string;
  readonly method: string;
  readonly path: string;
  readonly query: readonly Parameter[];
  readonly body: string | null;
  /** Whether the body may be left out. */
  readonly bodyIsOptional: boolean;
  readonly responses: Readonly<Record<string, string>>;
}

const methods = ['get', 'post', 'put', 'patch', 'delete'];

export function readYamlFile<T>(file: string): T {
  return parse(readFileSync(join(root, file), 'utf8')) as T;
}

/** Copies the schemas of `openapi.yaml` into the document and points its references to the copies. */
export function withSchemasOf(document: Contract, contract: Contract): Contract {
  const text = JSON.stringify(document).replaceAll('"openapi.yaml#/', '"#/');
  const own = JSON.parse(text) as Contract;
  return {
    ...own,
    components: { ...own.components, schemas: { ...contract.components.schemas, ...own.components.schemas } },
  };
}

/** The operations of the contract, in its order. Throws if a body is not a named component schema. */
export function operationsOf(contract: Contract): Operation[] {
  const resolve = <T extends Reference>(value: T): T => {
    if (value.$ref === undefined) return value;
    let target: unknown = contract;
    for (const key of value.$ref.slice(2).split('/')) target = (target as Record<string, unknown>)[key];
    return target as T;
  };
  const schemaName = (content: Content, where: string): string => {
    const reference = resolve(content).content?.['application/json']?.schema.$ref;
    const name = reference?.split('/').at(-1);
    if (name === undefined) throw new Error(`${where}: expected application/json with a $ref to a component schema`);
    return name;
  };
  return Object.entries(contract.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => methods.includes(method))
      .map(([method, value]) => {
        const operation = value as OperationObject;
        const shared = (item.parameters ?? []) as readonly Parameter[];
        const parameters = [...shared, ...(operation.parameters ?? [])].map(resolve);
        return {
          id: operation.operationId,
          summary: operation.summary,
          method: method.toUpperCase(),
          path,
          query: parameters.filter((parameter) => parameter.in === 'query'),
          body: operation.requestBody ? schemaName(operation.requestBody, `${operation.operationId} request`) : null,
          bodyIsOptional: operation.requestBody?.required === false,
          responses: Object.fromEntries(
            Object.entries(operation.responses).map(([status, response]) => [
              status,
              schemaName(response, `${operation.operationId} ${status}`),
            ]),
          ),
        };
      }),
  );
}
