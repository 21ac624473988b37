import { operations } from '../../generated/operations.ts';
import type { Quirks } from '../../generated/quirks.ts';
import { schemas, type Validator } from '../../generated/validators.ts';
import { withPlainPhones } from '../domain/phone-format.ts';
import { Problem, shown } from '../domain/problems.ts';
import { brokenRuleOf, firstError, location, sentence } from './messages.ts';

/** The body schemas whose operations declare a 422 (§8.8). */
const declares422 = new Set<string | null>(
  Object.values(operations).flatMap(({ body, responses }) => ('422' in responses ? [body] : [])),
);

/** How many invalid rows one message names. */
const maxNamedRows = 5;

/**
 * The body, if it fits the contract's schema, with phone numbers as a lenient service reads them (§8.28). Throws a Problem
 * that names the first invalid field; for a roster, one field of each of the first invalid rows.
 */
export function validBody<Name extends keyof typeof schemas>(name: Name, given: unknown, quirks: Quirks) {
  const isLenient = name === 'SubmitMemberSyncRequest' && quirks['phone-format'] === 'lenient';
  const body = isLenient ? withPlainPhones(given) : given;
  const validator = schemas[name] as Validator<unknown>;
  if (validator(body)) return body;
  const error = firstError(validator);
  const message = error.instancePath.startsWith('/members/')
    ? faultyRows((body as { members: readonly unknown[] }).members)
    : sentence(error);
  const kind = declares422.has(name) ? 'invalid' : 'malformed';
  throw new Problem(kind, 'validation_failed', `${message}.`, brokenRuleOf(error));
}

function faultyRows(rows: readonly unknown[]): string {
  const faults: string[] = [];
  for (const [index, row] of rows.entries()) {
    if (schemas.MemberRow(row)) continue;
    if (faults.length === maxNamedRows) return `${faults.join('; ')}; and further rows`;
    const error = firstError(schemas.MemberRow);
    const reference = (row as { reference_id?: unknown } | null)?.reference_id;
    const name = typeof reference === 'string' ? ` (reference_id ${shown(reference)})` : '';
    const field = location(error.instancePath);
    faults.push(sentence(error, `members[${index}]${field && `.${field}`}${name}`));
  }
  return faults.join('; ');
}
