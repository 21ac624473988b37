import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { documentNode, type Fields, fieldsOf, isObject, type JsonNode } from './json-pointer.ts';

/** Which side sends a value: clients do not send read-only fields, services do not send write-only ones. */
export type Direction = 'request' | 'response';

const inRange = (min: number, max: number) => ({
  type: 'number' as const,
  validate: (value: number) => Number.isInteger(value) && value >= min && value <= max,
});

/** Encodes a text with non-ASCII letters as ASCII, so that the ASCII format can validate it. */
const plain = (text: string): string => text.replaceAll(/[^\0-\x7f]/gu, 'x');

function newAjv(): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, logger: false, validateSchema: false });
  addFormats.default(ajv);
  const check = (format: string) => {
    const known = ajv.compile({ type: 'string', format });
    return (text: string) => known(plain(text));
  };
  for (const [name, narrow] of [
    ['idn-email', 'email'],
    ['idn-hostname', 'hostname'],
    ['iri', 'uri'],
    ['iri-reference', 'uri-reference'],
  ] as const)
    ajv.addFormat(name, check(narrow));
  for (const bits of [8, 16, 32]) {
    ajv.addFormat(`int${bits}`, inRange(-(2 ** (bits - 1)), 2 ** (bits - 1) - 1));
    ajv.addFormat(`uint${bits}`, inRange(0, 2 ** bits - 1));
  }
  ajv.addFormat('int64', inRange(-(2 ** 63), 2 ** 63));
  ajv.addFormat('float', { type: 'number', validate: (value) => Math.abs(value) <= 3.4028234663852886e38 });
  return ajv;
}

const data = new Set(['const', 'enum', 'default', 'example', 'examples']);

/** A document whose schemas are those of JSON Schema 2020-12, for one direction. */
function adapted(value: unknown, direction: Direction, isVersion30: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => adapted(item, direction, isVersion30));
  if (!isObject(value)) return value;
  const schema: Record<string, unknown> = Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      data.has(key) && !isObject(item) ? item : adapted(item, direction, isVersion30),
    ]),
  );
  const { properties, required } = schema;
  if (isObject(properties) && Array.isArray(required)) {
    const hidden = direction === 'request' ? 'readOnly' : 'writeOnly';
    schema['required'] = required.filter((name) => (properties[String(name)] as Fields | undefined)?.[hidden] !== true);
  }
  if (!isVersion30) {
    if (typeof schema['nullable'] === 'boolean') delete schema['nullable'];
    return schema;
  }
  for (const [strict, bound] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (typeof schema[strict] !== 'boolean') continue;
    if (schema[strict] && typeof schema[bound] === 'number') {
      schema[strict] = schema[bound];
      delete schema[bound];
    } else delete schema[strict];
  }
  if (schema['nullable'] === true && typeof schema['type'] === 'string') {
    delete schema['nullable'];
    schema['type'] = [schema['type'], 'null'];
  }
  return schema;
}

interface Library {
  readonly ajv: Ajv2020;
  readonly compiled: Map<string, ValidateFunction | undefined>;
}

const id = 'https://contract.invalid/document.json';
const libraries: Readonly<Record<Direction, WeakMap<object, Library>>> = {
  request: new WeakMap(),
  response: new WeakMap(),
};

function libraryOf(root: object, direction: Direction): Library {
  const known = libraries[direction].get(root);
  if (known !== undefined) return known;
  const isVersion30 = String(fieldsOf(documentNode(root))['openapi']).startsWith('3.0');
  const library: Library = { ajv: newAjv(), compiled: new Map() };
  library.ajv.addSchema({ ...(adapted(root, direction, isVersion30) as object), $id: id });
  libraries[direction].set(root, library);
  return library;
}

/** Whether the schema at this node accepts the value; undefined if the schema cannot be compiled. */
export function isValid(node: JsonNode, direction: Direction, value: unknown): boolean | undefined {
  try {
    const { ajv, compiled } = libraryOf(node.root as object, direction);
    if (!compiled.has(node.at)) {
      compiled.set(node.at, undefined);
      const at = node.at.split('/').map(encodeURIComponent).join('/');
      compiled.set(node.at, ajv.compile({ $ref: `${id}#${at}` }));
    }
    return compiled.get(node.at)?.(value) as boolean | undefined;
  } catch {
    return undefined;
  }
}
