import type { FaultRequest } from '../domain/faults.ts';
import { Problem, shown } from '../domain/problems.ts';
import { type FormFields, lookUp, requestFrom, textOf, textsOf } from './form-fields.ts';

/** Fields of the fault form that only some effects have. */
export type EffectField = 'status' | 'retry_after' | 'app_error_code' | 'body' | 'headers' | 'applied';

interface Effect {
  readonly label: string;
  readonly fixed: FaultRequest;
  /** The fields beside delay, operations, times and probability, which every fault has. */
  readonly fields: readonly EffectField[];
  /** What the form must have for this effect, and an example of it. */
  readonly needs?: readonly [field: 'status' | 'headers' | 'latency_ms', example: string];
}

/** What the fault form can do to a request; together, every fault that the control plane takes. */
export const effects: Readonly<Record<string, Effect>> = {
  lost: {
    label: 'Lost answer, after the request took effect',
    fixed: { cut: 'connection', applied: true },
    fields: [],
  },
  status: {
    label: 'Status of an error',
    fixed: {},
    fields: ['status', 'retry_after', 'app_error_code', 'body', 'headers', 'applied'],
    needs: ['status', 'a status such as 503'],
  },
  drop: {
    label: 'Drop the connection, without effect',
    fixed: { cut: 'connection' },
    fields: [],
  },
  half: {
    label: 'Drop the connection within the answer',
    fixed: { cut: 'body' },
    fields: ['retry_after', 'headers'],
  },
  late: {
    label: 'Late answer',
    fixed: {},
    fields: ['retry_after', 'headers'],
    needs: ['latency_ms', 'a delay such as 3000'],
  },
  headers: {
    label: 'Other headers',
    fixed: {},
    fields: ['retry_after', 'headers'],
    needs: ['headers', 'a line such as "X-RateLimit-Remaining: 0"'],
  },
};

/** The fault that a form describes. Fields that its effect does not have are left out, because the page hides them. */
export function faultFrom(fields: FormFields): FaultRequest {
  const effect = lookUp('effect', effects, textOf(fields, 'effect'));
  const has = (field: EffectField): boolean => effect.fields.includes(field) && textOf(fields, field).trim() !== '';
  const numbers = ['status', 'retry_after'].filter((field) => has(field as EffectField));
  const fault = requestFrom(fields, [...numbers, 'latency_ms', 'times', 'probability', 'seed'], []);
  const operations = textsOf(fields, 'operation');
  if (operations.length > 0) fault.operations = operations;
  if (has('app_error_code')) fault.app_error_code = codeFrom(textOf(fields, 'app_error_code'));
  if (has('body')) fault.body = bodyFrom(textOf(fields, 'body'));
  if (has('headers')) fault.headers = headersFrom(textOf(fields, 'headers'));
  if (has('applied')) fault.applied = true;
  const [needed, example] = effect.needs ?? [];
  if (needed !== undefined && fault[needed] === undefined) throw refuse(`${needed}: expected ${example}, got none.`);
  return { ...fault, ...effect.fixed };
}

const refuse = (message: string): Problem => new Problem('invalid', 'bad_fault', message);

const codeFrom = (text: string): string | null => (text === 'null' ? null : text);

/** JSON as its value, anything else as the text that it is. */
function bodyFrom(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function headersFrom(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      if (colon < 1) throw refuse(`headers: expected lines such as "X-Request-Id: 7", got ${shown(line)}.`);
      return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    }),
  );
}
