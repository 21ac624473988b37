import type { SchemaError } from '../../generated/validators.ts';
import { showValue } from '../show-value.ts';

/** `/data/0/name` as `data[0].name`. */
const fieldPath = (instancePath: string): string =>
  instancePath
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((key, index) => (/^\d+$/.test(key) ? `[${key}]` : `${index === 0 ? '' : '.'}${key}`))
    .join('');

/** Fields whose values must not be shown. */
const hidden = /(^|\.)(first_name|last_name|date_of_birth|email|phone|address|access_token)(\.|$)/;

function valueText(path: string, value: unknown): string {
  if (hidden.test(path)) return `[redacted ${typeof value}]`;
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  return showValue(value);
}

/** Why a value does not match its schema: `data[0].name is missing`. */
export function schemaFault({
  instancePath,
  keyword,
  params,
  message,
  data,
}: Omit<SchemaError, 'parentSchema'>): string {
  const path = fieldPath(instancePath);
  const is = `${path || 'the body'} is ${valueText(path, data)}`;
  switch (keyword) {
    case 'required':
      return `${path === '' ? '' : `${path}.`}${params['missingProperty']} is missing`;
    case 'type':
      return `${is}, not ${[params['type']].flat().join(' or ')}`;
    case 'pattern':
      return `${is}, which does not match /${params['pattern']}/`;
    case 'enum':
      return `${is}, not one of ${showValue(params['allowedValues'])}`;
    case 'format':
      return `${is}, not of the format ${params['format']}`;
    case 'minLength':
    case 'maxLength':
      return `${is}, ${keyword === 'minLength' ? 'shorter' : 'longer'} than ${params['limit']} characters`;
    default:
      return `${is}: ${message}`;
  }
}
