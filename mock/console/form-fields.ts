import type { Context } from 'hono';
import { Problem, shown } from '../domain/problems.ts';

type Value = string | File;

/** The fields of a submitted form. */
export type FormFields = Readonly<Record<string, Value | readonly Value[]>>;

/** Reads a submitted form. Throws a Problem if the body is not a form or is cut off. */
export async function readForm(c: Context): Promise<FormFields> {
  try {
    return (await c.req.parseBody({ all: true })) as FormFields;
  } catch {
    throw new Problem('malformed', 'malformed_form', 'Expected a complete form, as the pages of the console send it.');
  }
}

/** All values of a text field, such as those of several checkboxes. */
export const textsOf = (fields: FormFields, name: string): string[] =>
  [fields[name] ?? []].flat().map((value) => (typeof value === 'string' ? value : ''));

/** A text field, with the line ends that were typed; empty if it is missing. */
export const textOf = (fields: FormFields, name: string): string =>
  (textsOf(fields, name)[0] ?? '').replaceAll('\r\n', '\n');

/** A file; undefined if none was chosen. */
export function fileOf(fields: FormFields, name: string): File | undefined {
  const value = fields[name];
  return value instanceof File && value.size > 0 ? value : undefined;
}

/** A number, or the text if it is not one, so that a refusal can quote it. */
const number = (given: string): number | string => (Number.isFinite(Number(given)) ? Number(given) : given);

/** The filled fields as a request of the control plane, which validates them. */
export function requestFrom(
  fields: FormFields,
  numbers: readonly string[],
  texts: readonly string[],
): Record<string, unknown> {
  const given = [...numbers, ...texts].filter((name) => textOf(fields, name).trim() !== '');
  return Object.fromEntries(
    given.map((name) => [name, numbers.includes(name) ? number(textOf(fields, name)) : textOf(fields, name)]),
  );
}

/** Looks up a name that a form sent. Throws a Problem that lists the names. */
export function lookUp<T>(what: string, list: Readonly<Record<string, T>>, name: string): T {
  if (!Object.hasOwn(list, name))
    throw new Problem(
      'invalid',
      'unknown_name',
      `There is no ${what} ${shown(name)}; expected one of ${Object.keys(list).join(', ')}.`,
    );
  return list[name] as T;
}
