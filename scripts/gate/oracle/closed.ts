export type Schema = Record<string, unknown>;

const lists = ['anyOf', 'allOf', 'oneOf'];

/** All schemas within a schema, itself first. */
export function subschemasOf(schema: Schema): Schema[] {
  const {
    properties = {},
    items,
    prefixItems = [],
    additionalProperties,
  } = schema as Record<string, object | undefined>;
  const single = [items, additionalProperties].filter((part) => typeof part === 'object');
  const several = [properties, prefixItems, ...lists.map((keyword) => (schema[keyword] ?? []) as object)];
  const inner = [...single, ...several.flatMap((parts) => Object.values(parts))] as Schema[];
  return [schema, ...inner.flatMap(subschemasOf)];
}

const mapped = (parts: object, change: (part: Schema) => Schema) =>
  Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, change(part as Schema)]));

/** Closes a schema, for a client that sends only known fields. `isPart` if another schema already closes it. */
export function closed(schema: Schema, isPart = false): Schema {
  if (typeof schema !== 'object') return schema;
  const inner = Object.entries(schema).map(([key, value]) => {
    if (key === 'items' || (key === 'additionalProperties' && typeof value === 'object'))
      return [key, closed(value as Schema)];
    if (lists.includes(key)) return [key, (value as Schema[]).map((part) => closed(part, true))];
    if (key === 'prefixItems') return [key, (value as Schema[]).map((part) => closed(part))];
    if (key === 'properties' || key === 'patternProperties')
      return [key, mapped(value as object, (part) => closed(part))];
    return [key, value];
  });
  return {
    ...Object.fromEntries(inner),
    ...(!isPart && { unevaluatedProperties: schema['unevaluatedProperties'] ?? false }),
  };
}
