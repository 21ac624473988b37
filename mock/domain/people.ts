import type { components } from '../../generated/api.ts';
import { uuidOf } from './identifiers.ts';

export type MemberRow = components['schemas']['MemberRow'];

/** What is known of a person: the personal fields of a row. */
export type PersonalDetails = Omit<MemberRow, 'reference_id' | 'plan_id'>;

/** The keys that identify a person (§6, §8.17); a key is null if a detail that it needs is missing. */
export interface MatchKeys {
  /** E-mail in lower case, and date of birth. */
  readonly byEmail: string | null;
  /** First name, last name, date of birth and phone. */
  readonly byName: string | null;
}

/** The keys under which a person with these details can be found. */
export function matchKeys(details: PersonalDetails): MatchKeys {
  return { byEmail: emailKey(details), byName: nameKey(details) };
}

/** An e-mail that fits its schema contains nothing that JSON escapes. */
const emailKey = ({ email, date_of_birth }: PersonalDetails): string | null =>
  email ? `["${email.toLowerCase()}","${date_of_birth}"]` : null;

const nameKey = ({ phone, first_name, last_name, date_of_birth }: PersonalDetails): string | null =>
  phone ? JSON.stringify([first_name, last_name, date_of_birth, nationalNumber(phone)]) : null;

/** The key that a row is matched by: the e-mail key if the row has an e-mail, otherwise the name key (§8.17). */
export function matchKey(row: PersonalDetails): string | null {
  return emailKey(row) ?? nameKey(row);
}

/** Whether a person with these details is matched by the row. */
export function isKnownBy(details: PersonalDetails, row: PersonalDetails): boolean {
  const key = matchKey(row);
  const { byEmail, byName } = matchKeys(details);
  return key !== null && (key === byEmail || key === byName);
}

/** A US number as ten digits: `+12155550101` becomes `2155550101`. */
export const nationalNumber = (phone: string): string => phone.replace(/^\+1(?=\d{10}$)/, '');

/** Applies a row to what is known: its fields replace the known ones, null clears a field, a missing field stays. */
export function mergeDetails(known: PersonalDetails | undefined, row: MemberRow): PersonalDetails {
  const { reference_id, plan_id, ...details } = row;
  return known === undefined ? details : { ...known, ...details };
}

/** Whether the details of a person are different after a change. */
export const hasChanges = (before: PersonalDetails, after: PersonalDetails): boolean => !isSame(before, after);

function isSame(before: unknown, after: unknown): boolean {
  if (before === after) return true;
  if (!isObject(before) || !isObject(after)) return false;
  const fields = Object.keys(after);
  return Object.keys(before).length === fields.length && fields.every((field) => isSame(before[field], after[field]));
}

/** The paths of fields that differ, such as `address.city`. */
export function changedFields(before: object, after: object, path = ''): string[] {
  const [old, current] = [before, after] as [Record<string, unknown>, Record<string, unknown>];
  return Object.keys({ ...old, ...current }).flatMap((field) => {
    const [from, to] = [old[field], current[field]];
    if (from === to) return [];
    if (isObject(from) && isObject(to)) return changedFields(from, to, `${path}${field}.`);
    return [`${path}${field}`];
  });
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** A person in an organization's member list: their account id and what is known of them. */
export interface Account {
  readonly id: string;
  readonly details: PersonalDetails;
}

/** A person's age in years; 0 before the birth date (§8.20). `born` is `YYYY-MM-DD`. */
export function ageAt(born: string, now: Date): number {
  const today = now.toISOString().slice(0, 10);
  const years = Number(today.slice(0, 4)) - Number(born.slice(0, 4));
  return Math.max(0, today.slice(5) < born.slice(5) ? years - 1 : years);
}

const uuidLength = 36;

/** Whether a search finds a person: by part of a name, e-mail or phone, ignoring case, or by the exact id or its UUID (MEM-2). */
export function isFoundBy(search: string, { id, details }: Account): boolean {
  const text = search.toLowerCase();
  if (search === id || (text.length === uuidLength && text === uuidOf(id))) return true;
  const { first_name, last_name, email, phone } = details;
  const contains = (value: string) => value.toLowerCase().includes(text);
  return (
    contains(`${first_name} ${last_name}`) ||
    contains(email ?? '') ||
    (phone ? nationalNumber(phone).includes(nationalNumber(text)) : false)
  );
}
