import type { Json } from './exchange.ts';

/** A redacted row may be about anybody. */
const anybody = '*';

const isLegible = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && !value.includes('[redacted');

/** What a service may recognise a person by: two rows without a common mark are certainly about different people. */
export function marksOf(row: Json): readonly string[] {
  const { email, first_name: first, last_name: last, date_of_birth: birth, phone } = row;
  if (![first, last, birth].every(isLegible)) return [anybody];
  const marks = [`name ${first} ${last} ${birth}`.toLowerCase()];
  if (isLegible(email)) marks.push(`email ${email.trim().toLowerCase()}`);
  if (isLegible(phone)) marks.push(`phone ${phone.replaceAll(/\D/g, '').slice(-10)}`);
  return marks;
}

export const isAnybody = (marks: readonly string[]): boolean => marks.includes(anybody);

/** Whether two rows are about the same person under every reading: their e-mail and birth date are the same. */
export function isSamePerson(one: Json, other: Json): boolean {
  const [a, b] = [one.email, other.email];
  if (!isLegible(a) || !isLegible(b) || !isLegible(one.date_of_birth)) return false;
  return a.toLowerCase() === b.toLowerCase() && one.date_of_birth === other.date_of_birth;
}
