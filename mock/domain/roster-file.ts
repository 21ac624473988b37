import { bodyFields, type FieldNames } from '../../generated/fields.ts';
import { nearestOf } from './hints.ts';
import { Problem, shown } from './problems.ts';

/** A roster as read from a file. Its rows are not validated. */
export interface RosterFile {
  readonly members: readonly unknown[];
  /** What the author of the file should look at, one line each, although it can be sent. */
  readonly notes: readonly string[];
}

/** The columns of a roster in CSV: the contract's fields, such as `address.city`. */
export const rosterColumns: readonly string[] = paths(bodyFields.SubmitMemberSyncRequest?.members ?? {});

function paths(fields: FieldNames, prefix = ''): string[] {
  return Object.entries(fields).flatMap(([name, inner]) =>
    inner === null ? [`${prefix}${name}`] : paths(inner, `${prefix}${name}.`),
  );
}

/** The text of a file. Throws a Problem if it is not UTF-8; spreadsheets save CSV in another encoding unless told. */
export function decodeRosterFile(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Problem('malformed', 'not_utf8', `Expected a file in UTF-8; save ${name} as CSV UTF-8 or as JSON.`);
  }
}

/** The body of a sync, a JSON list of rows, or CSV with a header. Throws a Problem if the text is none of these. */
export async function readRosterFile(text: string): Promise<RosterFile> {
  const plain = text.replace(/^\uFEFF/, '');
  return /^\s*[[{]/.test(plain) ? fromJson(plain) : fromCsv(plain);
}

const malformed = (message: string): Problem => new Problem('malformed', 'invalid_roster', message);

function fromJson(text: string): RosterFile {
  let roster: unknown;
  try {
    roster = JSON.parse(text);
  } catch (error) {
    throw malformed(`The roster is not valid JSON: ${(error as Error).message}.`);
  }
  const members = Array.isArray(roster) ? roster : (roster as { readonly members?: unknown }).members;
  if (!Array.isArray(members)) throw malformed('Expected a JSON object with the list "members", or a list of rows.');
  return { members, notes: [] };
}

/** All values stay texts, so that leading zeros survive. An empty cell is a field that is left out. */
async function fromCsv(text: string): Promise<RosterFile> {
  const { default: papa } = await import('papaparse');
  const { data, errors, meta } = papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: 'greedy' });
  const columns = meta.fields ?? [];
  if (!columns.some((column) => rosterColumns.includes(column)))
    throw malformed(
      `Expected a JSON roster, or CSV whose first line names columns such as ${rosterColumns.slice(0, 3).join(',')}; ` +
        `got ${shown(text.trimStart().split('\n', 1)[0])}.`,
    );
  const error = errors.find(({ type }) => type !== 'Delimiter');
  if (error !== undefined) throw malformed(`members[${error.row ?? 0}] of the CSV cannot be read: ${error.message}.`);

  return {
    members: data.map(rowOf),
    notes: [...columns.flatMap(unknownColumn), ...data.flatMap((cells, row) => blanks(cells, row))],
  };
}

function rowOf(cells: Readonly<Record<string, string>>): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const path of rosterColumns) {
    const cell = cells[path];
    if (cell === undefined || cell === '') continue;
    const [name = '', inner] = path.split('.');
    row[name] = inner === undefined ? cell : { ...(row[name] as object), [inner]: cell };
  }
  return row;
}

function unknownColumn(column: string): string[] {
  if (rosterColumns.includes(column)) return [];
  const nearest = nearestOf(column, rosterColumns);
  return [`column ${shown(column)}: unknown, ignored${nearest === undefined ? '' : `; did you mean ${nearest}?`}`];
}

function blanks(cells: Readonly<Record<string, string>>, row: number): string[] {
  return rosterColumns
    .filter((path) => cells[path] !== undefined && cells[path].trim() !== cells[path])
    .map((path) => `members[${row}].${path}: ${shown(cells[path])} begins or ends with blanks, which are sent`);
}
