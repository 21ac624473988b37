import { randomUUID } from 'node:crypto';
import type { RulePart } from '../rule-parts.ts';
import type { Answer } from '../run/answer.ts';
import type { CheckContext } from '../run/context.ts';
import { CheckFailed, claim } from '../run/expect.ts';

/** A well-formed id that no service has issued. */
export function unknownId(prefix: 'grp' | 'grpmsr' | 'pln' | 'mbr'): string {
  return `${prefix}_${Buffer.from(randomUUID().replaceAll('-', ''), 'hex').toString('base64url')}`;
}

/** The form that every documented id must have: its prefix, and URL-safe characters (docs/contract/conventions.md). */
export const idPattern = (prefix: 'grp' | 'grpmsr' | 'org' | 'mbr'): RegExp =>
  new RegExp(`^${prefix}_[A-Za-z0-9_-]{1,64}$`);

/** The form that an id should have: the canonical base64 of 16 bytes after its prefix (docs/contract/conventions.md). */
export const canonicalIdPattern = (prefix: 'grp' | 'grpmsr' | 'org'): RegExp =>
  new RegExp(`^${prefix}_[A-Za-z0-9_-]{21}[AQgw]$`);

/** A text with every letter in the other case. */
export const otherCase = (text: string): string =>
  text.replaceAll(/[a-z]/gi, (letter) => (letter < 'a' ? letter.toLowerCase() : letter.toUpperCase()));

/** Whether a request was refused as invalid, with either of the statuses that the contract declares for it (§8.8). */
export const isInvalid = ({ status }: Answer): boolean => status === 400 || status === 422;

/** Expects a refusal as invalid. */
export function expectInvalid(answer: Answer, what: string): void {
  claim(isInvalid(answer), `status of ${what}`, '400 or 422', answer.status);
}

const groupFields = ['id', 'organization_id', 'name', 'external_reference_id', 'created_at', 'updated_at'];

/** The forms of a timestamp (docs/contract/conventions.md). */
export const utcTimestamp = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]00:00)$/;

/** Normalizes the form of a timestamp; returns anything else unchanged. */
export function momentOf(timestamp: unknown): unknown {
  if (typeof timestamp !== 'string' || !utcTimestamp.test(timestamp)) return timestamp;
  const moment = Date.parse(timestamp);
  return Number.isNaN(moment) ? timestamp : new Date(moment).toISOString();
}

/** The contract's fields of a group, with a null for a reference that is absent (§8.2); other fields are free. */
export function contractFields(group: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const field = (name: string) => (name.endsWith('_at') ? momentOf(group[name]) : group[name]) ?? null;
  return Object.fromEntries(groupFields.map((name) => [name, field(name)]));
}

/** The same without `updated_at`, which an update may change. */
export function withoutUpdatedAt(group: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { updated_at, ...rest } = contractFields(group);
  return rest;
}

/** Expects a refusal by 4xx. */
export function expectRefused(answer: Answer, what: string): void {
  const { status } = answer;
  claim(status >= 400 && status < 500, `status of ${what}`, 'a 4xx', status);
}

/** Expects that no exchange of the run so far broke the rule; one that did becomes evidence of this check. */
export function expectNoViolation(run: CheckContext, part: RulePart): void {
  const { observer } = run.session;
  const [first] = observer.violationsOf(part);
  if (first === undefined) return;
  const exchange = observer.exchanges[first.exchange - 1];
  if (exchange && !run.exchanges.includes(exchange)) run.keep(exchange);
  const { where, request, expected, received } = first;
  throw new CheckFailed(`${where} in ${request}`, { expected, received, ...(exchange && { exchange }) });
}
