import { existsSync, realpathSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { child, documentNode, isObject, pointer } from './json-pointer.ts';

/** The field of a document under which the other files that it refers to are kept, by their path from its folder. */
export const filesField = '$files';

/** Fields that hold any value or are documentation only, unless they are names, as below `properties`. */
const opaque = /^(example|examples|default|enum|const)$/;
const namesWithin =
  /^(properties|patternProperties|\$defs|dependentSchemas|schemas|parameters|responses|headers|requestBodies|securitySchemes|pathItems|paths|callbacks|content)$/;

/** Visits each object that has a `$ref`, with its path of keys. */
function eachReference(
  value: unknown,
  visit: (holder: Record<string, unknown>, keys: readonly string[], isInPlaceOfNames: boolean) => void,
): void {
  const walk = (node: unknown, keys: readonly string[], areNames: boolean): void => {
    if (typeof node !== 'object' || node === null) return;
    if (isObject(node) && typeof node['$ref'] === 'string') visit(node as Record<string, unknown>, keys, areNames);
    for (const [key, inner] of Object.entries(node))
      if (areNames || !opaque.test(key)) walk(inner, [...keys, key], !areNames && namesWithin.test(key));
  };
  walk(value, [], false);
}

/**
 * The places of references that are not followed: to other hosts, to files outside the folder, to anchors, and those in
 * place of a whole list of names.
 */
export function unreadReferences(document: unknown): { readonly at: string; readonly $ref: string }[] {
  const found: { at: string; $ref: string }[] = [];
  eachReference(document, ({ $ref }, keys, isInPlaceOfNames) => {
    if (isInPlaceOfNames || !String($ref).startsWith('#/')) found.push({ at: pointer(...keys), $ref: String($ref) });
  });
  return found;
}

interface Reader {
  /** Parses a file; throws if it cannot. */
  readonly parse: (file: string) => unknown;
  /** Reports why a reference cannot be followed. */
  readonly fail: (file: string, at: string, reason: string) => never;
}

function decodedPath(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * The document of a file together with the files that it refers to, each read once and kept under `$files`, so that every
 * reference leads to a place within the one document. Only files below the folder of the first are read, symbolic links
 * followed; references to other places stay as they are. A reference that leads nowhere is reported.
 */
export function withReferences(file: string, { parse, fail }: Reader): unknown {
  const start = realpathSync(file);
  const folder = dirname(start);
  const files = new Map<string, unknown>([[start, structuredClone(parse(file))]]);
  const nameOf = (path: string) => relative(folder, path).split(sep).join('/');
  const isWithin = (path: string) => path === folder || path.startsWith(folder + sep);

  /** The real path of a file below the folder; undefined if it is outside. */
  function located(from: string, $ref: string, at: string): string | undefined {
    if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test($ref)) return undefined;
    const path = resolve(dirname(from), decodedPath($ref));
    if (!isWithin(path)) return undefined;
    if (!existsSync(path)) return fail(nameOf(from), at, `${$ref}: there is no such file`);
    const real = realpathSync(path);
    return isWithin(real) ? real : undefined;
  }

  const pending = [start];
  for (let from = pending.pop(); from !== undefined; from = pending.pop()) {
    const prefix = (path: string) => (path === start ? '' : pointer(filesField, nameOf(path)));
    eachReference(files.get(from), (holder, keys) => {
      const [path = '', fragment = ''] = String(holder['$ref']).split(/#(.*)/s);
      if (fragment !== '' && !fragment.startsWith('/')) return;
      const real = path === '' ? (from as string) : located(from as string, path, pointer(...keys));
      if (real === undefined) return;
      if (!files.has(real)) {
        files.set(real, structuredClone(parse(real)));
        pending.push(real);
      }
      holder['$ref'] = `#${prefix(real)}${fragment}`;
    });
  }
  const [[, root], ...others] = [...files] as [[string, Record<string, unknown>], ...[string, unknown][]];
  if (others.length > 0) root[filesField] = Object.fromEntries(others.map(([path, value]) => [nameOf(path), value]));
  eachReference(root, ({ $ref }, keys) => {
    const reference = String($ref);
    if (!reference.startsWith('#/')) return;
    const end = reference
      .slice(2)
      .split('/')
      .map(decodedPath)
      .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    if (end.reduce<ReturnType<typeof child>>((node, key) => child(node, key), documentNode(root)) === undefined)
      fail(nameOf(start), pointer(...keys), `${reference} leads nowhere`);
  });
  return root;
}
