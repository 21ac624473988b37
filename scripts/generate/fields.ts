import type { Contract, Operation, Schema } from './contract.ts';

/** The names that an object may have, each with those of what it holds; null for a value that is no object. */
interface Fields {
  readonly [name: string]: Fields | null;
}

/** The fields of every request body, by the name of its schema. What an array holds stands in the place of the array. */
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
  return `/** The names that an object may have, each with those of what it holds; null for a value that is no object. */
export interface Fields {
  readonly [name: string]: Fields | null;
}

/** The fields of every request body, by the name of its schema. What an array holds stands in the place of the array. */
export const bodyFields: Readonly<Record<string, Fields>> = ${JSON.stringify(table, null, 2)};
`;
}
