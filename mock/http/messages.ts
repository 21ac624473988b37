import type { RuleId } from '../../generated/rules.ts';
import type { SchemaError, Validator } from '../../generated/validators.ts';
import { amount } from '../domain/amount.ts';
import { shown } from '../domain/problems.ts';

/** A JSON pointer in the notation of messages: `/members/3/address/city` becomes `members[3].address.city`. */
export function location(instancePath: string): string {
  return instancePath
    .slice(1)
    .split('/')
    .map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`))
    .join('')
    .slice(1);
}

/** What the schema expected, in words. */
function expectation({ keyword, params, parentSchema }: SchemaError): string {
  const limit = params.limit as number;
  const said = parentSchema['x-expected'];
  if (typeof said === 'string' && keyword !== 'type') return said;
  switch (keyword) {
    case 'type': {
      const types = [params.type]
        .flat()
        .map((type) => (type === 'null' ? 'null' : `${/^[aio]/.test(String(type)) ? 'an' : 'a'} ${type}`));
      return types.join(' or ');
    }
    case 'minLength':
      return `at least ${amount(limit, 'character')}`;
    case 'maxLength':
      return `at most ${amount(limit, 'character')}`;
    case 'maxItems':
      return `at most ${amount(limit, 'row')}`;
    case 'minimum':
      return `at least ${limit}`;
    case 'maximum':
      return `at most ${limit}`;
    case 'enum':
      return (params.allowedValues as readonly unknown[]).map(shown).join(' or ');
    default:
      return `what the contract says about ${keyword}`;
  }
}

/** One sentence about a refused value: where it is, what was expected, and what was received. */
export function sentence(error: SchemaError, path = location(error.instancePath)): string {
  if (error.keyword === 'required')
    return `${path || 'body'}: expected the field ${shown(error.params.missingProperty)}, got none`;
  if (error.keyword === 'additionalProperties') {
    const known = Object.keys(error.parentSchema.properties as object).join(', ');
    return `${path || 'body'}: expected only the fields ${known}, got ${shown(error.params.additionalProperty)} too`;
  }
  const got = error.keyword === 'maxItems' ? amount((error.data as unknown[]).length, 'row') : shown(error.data);
  return `${path || 'body'}: expected ${expectation(error)}, got ${got}`;
}

/** The first error of the last validation. */
export function firstError(validator: Validator<unknown>): SchemaError {
  const [error] = validator.errors ?? [];
  if (error === undefined) throw new Error('the validator refused a value but reported no error');
  return error;
}

/** The rule that the contract names for a schema error. */
export function brokenRuleOf({ keyword, parentSchema }: SchemaError): RuleId | undefined {
  const refusal = parentSchema['x-refusal'] as Readonly<Record<string, RuleId>> | undefined;
  return refusal?.[keyword] ?? refusal?.['*'];
}
