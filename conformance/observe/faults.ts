import { type SchemaError, schemas, type Validator } from '../../generated/validators.ts';
import type { RulePart } from '../rule-parts.ts';

const bodies = {
  createGroup: schemas.CreateGroupRequest,
  updateGroup: schemas.UpdateGroupRequest,
  submitMemberSync: schemas.SubmitMemberSyncRequest,
} as const;

/** Whether the operation takes a JSON body. */
export const isBodyOperation = (operation: string | null): operation is keyof typeof bodies =>
  operation !== null && operation in bodies;

interface Fault {
  readonly rule: RulePart;
  readonly error: SchemaError;
}

/** Memoized, because several observations validate the same body. */
const faults = new WeakMap<object, Fault | null>();

/** The first fault of a body, with the rule that the contract names for it. */
export function faultOf(operation: keyof typeof bodies, body: unknown): Fault | null {
  if (typeof body !== 'object' || body === null) return findFault(operation, body);
  const known = faults.get(body);
  const fault = known === undefined ? findFault(operation, body) : known;
  faults.set(body, fault);
  return fault;
}

function findFault(operation: keyof typeof bodies, body: unknown): Fault | null {
  const validator = bodies[operation] as Validator<unknown>;
  if (validator(body)) return null;
  const errors = validator.errors ?? [];
  const error = errors.findLast(({ parentSchema }) => parentSchema['x-refusal']) ?? errors[0];
  if (error === undefined) return null;
  const named = error.parentSchema['x-refusal'] as Readonly<Record<string, RulePart>> | undefined;
  const rule = named?.[error.keyword] ?? named?.['*'];
  return rule === undefined ? null : { rule, error };
}
