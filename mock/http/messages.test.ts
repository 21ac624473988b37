import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

type Schema = Readonly<Record<string, unknown>>;

const documents = ['openapi', 'control-openapi'].map((name) => [
  name,
  JSON.parse(readFileSync(join(import.meta.dirname, `../../generated/${name}.json`), 'utf8')),
]);

/** Keywords whose error cannot be put into words from their value alone. */
const unspeakable = ['pattern', 'format', 'minItems', 'not', 'oneOf', 'const', 'multipleOf', 'uniqueItems'];

/** The paths of schemas that a request can break and that do not say in words what they expect. */
function wordless(document: Schema): string[] {
  const found: string[] = [];
  const seen = new Set<unknown>();
  const visit = (schema: unknown, path: string): void => {
    if (typeof schema !== 'object' || schema === null || seen.has(schema)) return;
    seen.add(schema);
    const fields = schema as Schema;
    if (typeof fields.$ref === 'string') {
      const name = fields.$ref.split('/').at(-1) as string;
      visit((document.components as { schemas: Schema }).schemas[name], name);
      return;
    }
    const isWordless =
      unspeakable.some((keyword) => keyword in fields) || ((fields.enum as unknown[]) ?? []).length > 5;
    if (isWordless && fields['x-expected'] === undefined) found.push(path);
    for (const [name, inner] of Object.entries((fields.properties ?? {}) as Schema)) visit(inner, `${path}.${name}`);
    visit(fields.items, `${path}[]`);
    visit(fields.propertyNames, `${path} (name)`);
    visit(fields.additionalProperties, `${path}.*`);
    for (const inner of (fields.anyOf ?? fields.allOf ?? []) as unknown[]) visit(inner, path);
  };
  for (const [path, item] of Object.entries(document.paths as Schema))
    for (const operation of Object.values(item as Schema)) {
      const { requestBody } = operation as { requestBody?: { content: { 'application/json': { schema: unknown } } } };
      visit(requestBody?.content['application/json'].schema, path);
    }
  return found;
}

test.each(documents)('each schema of a request in %s says in words what a refusal cannot derive', (_, document) => {
  expect(wordless(document)).toEqual([]);
});
