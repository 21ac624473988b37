import type { Contract, Operation, SchemaObject } from './contract.ts';

/** The names of the fields of an object, each with those of its value; null for a value that is not an object. */
interface FieldNames {
  readonly [name: string]: FieldNames | null;
}

/** The fields of every request body, by the name of its schema. An array has the fields of its items. */
export function generateFields(contract: Contract, operations: readonly Operation[]): string {
  const { schemas } = contract.components;
  const fieldsOf = (schema: SchemaObject): FieldNames | null => {
    const name = schema.$ref?.split('/').at(-1);
    if (name !== undefined) return fieldsOf(schemas[name] as SchemaObject);
    if (schema['items'] !== undefined) return fieldsOf(schema['items'] as SchemaObject);
    const parts = (schema['anyOf'] ?? schema['allOf'] ?? []) as readonly SchemaObject[];
    const properties = Object.entries((schema['properties'] ?? {}) as Readonly<Record<string, SchemaObject>>);
    const own = Object.fromEntries(properties.map(([key, value]) => [key, fieldsOf(value)]));
    const all: FieldNames = Object.assign(own, ...parts.map(fieldsOf));
    return Object.keys(all).length === 0 ? null : all;
  };
  const names = [...new Set(operations.flatMap(({ body }) => body ?? []))];
  const table = Object.fromEntries(names.map((name) => [name, fieldsOf(schemas[name] as SchemaObject)]));
  return `/** The names of the fields of an object, each with those of its value; null for a value that is not an object. */
export interface FieldNames {
  readonly [name: string]: FieldNames | null;
}

/** The fields of every request body, by the name of its schema. An array has the fields of its items. */
export const bodyFields: Readonly<Record<string, FieldNames>> = ${JSON.stringify(table, null, 2)};
`;
}
