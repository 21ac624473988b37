import type { Contract, Operation, Schema } from './contract.ts';

/** The names of the fields of an object, each with those of its value; null for a value that is not an object. */
interface Fields {
  readonly [name: string]: Fields | null;
}

/** The fields of every request body, by the name of its schema. An array has the fields of its items. */
export function generateFields(contract: Contract, operations: readonly Operation[]): string {
  const { schemas } = contract.components;
  const fieldsOf = (schema: Schema): Fields | null => {
    const name = schema.$ref?.split('/').at(-1);
    if (name !== undefined) return fieldsOf(schemas[name] as Schema);
    if (schema['items'] !== undefined) return fieldsOf(schema['items'] as Schema);
    const parts = (schema['anyOf'] ?? schema['allOf'] ?? []) as readonly Schema[];
    const properties = Object.entries((schema['properties'] ?? {}) as Readonly<Record<string, Schema>>);
    const own = Object.fromEntries(properties.map(([key, value]) => [key, fieldsOf(value)]));
    const all: Fields = Object.assign(own, ...parts.map(fieldsOf));
    return Object.keys(all).length === 0 ? null : all;
  };
  const names = [...new Set(operations.flatMap(({ body }) => body ?? []))];
  const table = Object.fromEntries(names.map((name) => [name, fieldsOf(schemas[name] as Schema)]));
  return `/** The names of the fields of an object, each with those of its value; null for a value that is not an object. */
export interface Fields {
  readonly [name: string]: Fields | null;
}

/** The fields of every request body, by the name of its schema. An array has the fields of its items. */
export const bodyFields: Readonly<Record<string, Fields>> = ${JSON.stringify(table, null, 2)};
`;
}
