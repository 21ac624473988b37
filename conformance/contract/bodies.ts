import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { type OperationId, operations } from '../../generated/operations.ts';
import { type SchemaError, schemas } from '../../generated/validators.ts';
import { child, children, documentNode, type JsonNode, resolved } from './json-pointer.ts';
import { schemaFault } from './schema-fault.ts';

interface Validator {
  (value: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

/** The schemas of answers: each returns in one line why a value does not match, or null if it does. */
export interface Bodies {
  readonly error: (value: unknown) => string | null;
  /** For a successful answer to an operation. */
  readonly success: (operation: OperationId, value: unknown) => string | null;
}

function mismatch(validator: Validator, value: unknown): string | null {
  if (validator(value)) return null;
  const [error] = validator.errors ?? [];
  return error === undefined ? 'it does not match its schema' : schemaFault(error);
}

const isSuccess = ([status]: readonly [status: string, ...unknown[]]): boolean => status.startsWith('2');

const successSchemas = new Map(
  Object.entries(operations).map(([id, { responses }]) => [id, Object.entries(responses).find(isSuccess)?.[1]]),
);

/** The bodies of the kit's own contract, whose validators are compiled in advance. */
export const ownBodies: Bodies = {
  error: (value) => mismatch(schemas.Error as Validator, value),
  success(operation, value) {
    const name = successSchemas.get(operation);
    return name === undefined ? null : mismatch(schemas[name] as Validator, value);
  },
};

const documentId = 'https://contract.invalid/older.json';

/** The bodies of an older contract, from its OpenAPI document. Throws if a schema in it is not valid. */
export function bodiesOf(openapi: object): Bodies {
  const ajv = new Ajv2020({ strict: false, verbose: true });
  addFormats.default(ajv, ['date', 'date-time', 'email']);
  ajv.addSchema({ ...openapi, $id: documentId });
  const compiled = (at: string): Validator => ajv.compile({ $ref: `${documentId}#${encodeURI(at)}` }) as Validator;
  const error = compiled('/components/schemas/Error');
  const successes = new Map(
    (Object.keys(operations) as OperationId[]).map((id) => [id, compiled(successSchema(openapi, id).at)]),
  );
  return {
    error: (value) => mismatch(error, value),
    success: (operation, value) => mismatch(successes.get(operation) as Validator, value),
  };
}

/** Where a document defines the answers of an operation of the kit's contract. Names of path parameters may differ. */
function successSchema(openapi: object, id: OperationId): JsonNode {
  const { method, path } = operations[id];
  const shape = (text: string) => text.replaceAll(/\{[^}]*\}/g, '{}');
  const [, item] = children(child(documentNode(openapi), 'paths')).find(([key]) => shape(key) === shape(path)) ?? [];
  const responses = children(child(child(resolved(item), method.toLowerCase()), 'responses'));
  const [, response] = responses.find(isSuccess) ?? [];
  const schema = child(child(child(resolved(response), 'content'), 'application/json'), 'schema');
  if (schema === undefined) throw new Error(`it does not define the answers of ${method} ${path}`);
  return schema;
}
