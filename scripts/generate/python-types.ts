import type { Contract, SchemaObject } from './contract.ts';

type Schemas = Readonly<Record<string, SchemaObject>>;

const simple: Readonly<Record<string, string>> = {
  string: 'str',
  integer: 'int',
  number: 'float',
  boolean: 'bool',
  null: 'None',
};
/** Names that only the functional syntax can use as keys. */
const keywords = new Set(['try', 'from', 'import', 'class', 'in', 'is', 'not', 'or', 'and', 'if', 'with', 'pass']);

const literal = (value: unknown): string =>
  value === null ? 'None' : typeof value === 'boolean' ? (value ? 'True' : 'False') : JSON.stringify(value);

const literals = (values: readonly unknown[]): string => `Literal[${values.map(literal).join(', ')}]`;

const isRecord = ({ properties }: SchemaObject): boolean => properties !== undefined;

/** Writes the Python type of a schema, and notes the schemas that it names. */
function typeOf(schema: SchemaObject, schemas: Schemas, note: (name: string) => void): string {
  const inner = (one: SchemaObject) => typeOf(one, schemas, note);
  const union = (types: readonly string[]) => [...new Set(types)].join(' | ');
  const name = schema.$ref?.split('/').at(-1);
  if (name !== undefined) {
    const target = schemas[name];
    if (target === undefined) throw new Error(`there is no schema ${name}`);
    if (!isRecord(target)) return inner(target);
    note(name);
    return name;
  }
  if (schema.allOf !== undefined) throw new Error('expected no allOf; see scripts/generate/python-types.ts');
  const choices = (schema.anyOf ?? schema.oneOf) as readonly SchemaObject[] | undefined;
  if (choices !== undefined) return union(choices.map(inner));
  if (schema.const !== undefined) return literals([schema.const]);
  if (schema.enum !== undefined) return literals(schema.enum as readonly unknown[]);
  if (Array.isArray(schema.type)) return union(schema.type.map((type: string) => inner({ ...schema, type })));
  if (schema.type === 'array') return `list[${inner(schema.items as SchemaObject)}]`;
  if (schema.type === 'object') {
    const values = schema.additionalProperties;
    return `dict[str, ${typeof values === 'object' ? inner(values as SchemaObject) : 'Any'}]`;
  }
  return simple[schema.type as string] ?? 'Any';
}

function recordOf(name: string, schemas: Schemas, note: (name: string) => void): string {
  const { properties, required = [], description } = schemas[name] as SchemaObject;
  const fields = Object.entries(properties as Schemas).map(([key, schema]) => {
    const type = typeOf(schema, schemas, note);
    return [key, (required as readonly string[]).includes(key) ? type : `NotRequired[${type}]`] as const;
  });
  if (fields.some(([key]) => keywords.has(key)))
    return `${name} = TypedDict("${name}", {${fields.map(([key, type]) => `"${key}": ${JSON.stringify(type)}`).join(', ')}})`;
  const text = typeof description === 'string' ? description.trim().replaceAll('\\', '\\\\') : undefined;
  return [
    `class ${name}(TypedDict):`,
    ...(text === undefined ? [] : [`    """${text}"""`, '']),
    ...fields.map(([key, type]) => `    ${key}: ${type}`),
  ].join('\n');
}

/** Writes Python types of the control plane: a TypedDict for each object, and for each that it refers to. */
export function generatePythonTypes({ components: { schemas } }: Contract, own: readonly string[]): string {
  const written = new Map<string, string>();
  const waiting = own.filter((name) => isRecord(schemas[name] as SchemaObject));
  for (const name of waiting)
    if (!written.has(name)) {
      written.set(name, '');
      written.set(
        name,
        recordOf(name, schemas, (other) => waiting.push(other)),
      );
    }
  return `# Do not edit: written from spec/ by \`npm run generate\`.
"""Types of the control plane's requests and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypedDict

if TYPE_CHECKING:
    # Part of typing only from Python 3.11; type checkers know it without an installed package.
    from typing_extensions import NotRequired


${[...written.values()].join('\n\n\n')}
`;
}
