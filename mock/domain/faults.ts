import type { components } from '../../generated/control-api.ts';
import { operations } from '../../generated/operations.ts';
import { Problem, shown } from './problems.ts';

export type FaultRequest = components['schemas']['FaultRequest'];

/** The named sets of faults that a mock can start with. */
export const faultProfiles: Readonly<
  Record<string, { readonly effect: string; readonly faults: readonly FaultRequest[] }>
> = {
  flaky: {
    effect: '5% of the requests get a 503, 3% take effect but get no answer, 2% get half an answer.',
    faults: [
      { status: 503, probability: 0.05 },
      { cut: 'connection', applied: true, probability: 0.03 },
      { cut: 'body', probability: 0.02 },
    ],
  },
  'rate-limited': {
    effect: 'About every third request gets a 429 with Retry-After: 1.',
    faults: [{ status: 429, retry_after: 1, probability: 0.35 }],
  },
  slow: {
    effect: 'Every answer is delayed by 1.5 s, and one in twenty by 10 s.',
    faults: [{ latency_ms: 10_000, probability: 0.05 }, { latency_ms: 1500 }],
  },
  outage: {
    effect: 'Every request gets a 503 with Retry-After: 5.',
    faults: [{ status: 503, retry_after: 5 }],
  },
};

/** `429 with Retry-After: 2, delayed by 500 ms`. */
export function faultEffect(fault: FaultRequest): string {
  const { status, retry_after, headers, latency_ms, cut, applied } = fault;
  const parts = [
    status !== undefined && `${status}${retry_after === undefined ? '' : ` with Retry-After: ${retry_after}`}`,
    headers !== undefined && `headers ${Object.keys(headers).join(', ')}`,
    cut !== undefined && (cut === 'body' ? 'dropped in the middle of the answer' : 'dropped before the answer'),
    latency_ms !== undefined && `delayed by ${latency_ms} ms`,
    applied && 'but applied',
  ];
  return parts.filter(Boolean).join(', ');
}

/** Headers on which the framing of an answer depends. */
const framingHeaders = ['connection', 'content-length', 'transfer-encoding'];

/** Throws a Problem if a fault has no effect, has two effects that exclude each other, or names an unknown operation. */
export function refuseBadFault(fault: FaultRequest): void {
  const { status, latency_ms, cut, headers = {}, operations: ids = [] } = fault;
  const refuse = (message: string) => new Problem('invalid', 'bad_fault', message);
  if (status === undefined && latency_ms === undefined && cut === undefined && fault.headers === undefined)
    throw refuse('body: expected at least one of "status", "headers", "latency_ms" and "cut", got none.');
  if (status !== undefined && cut !== undefined)
    throw refuse('body: expected "status" or "cut", got both; a dropped connection has no status.');
  if (status === undefined && (fault.body !== undefined || fault.app_error_code !== undefined))
    throw refuse('body: expected "status" beside "body" and "app_error_code", got none.');
  if (fault.body !== undefined && fault.app_error_code !== undefined)
    throw refuse('body: expected "body" or "app_error_code", got both; put the code into the body.');
  if (cut === 'connection' && fault.headers !== undefined)
    throw refuse('body: expected "headers" or "cut": "connection", got both; a dropped connection has no headers.');
  for (const name of Object.keys(headers))
    if (framingHeaders.includes(name.toLowerCase()))
      throw refuse(`headers: expected only headers that leave the answer readable, got ${shown(name)}.`);
  for (const [index, id] of ids.entries()) refuseUnknownOperation(`operations[${index}]`, id);
}

/** Throws a Problem if the contract has no such operation. */
export function refuseUnknownOperation(field: string, id: string): void {
  if (Object.hasOwn(operations, id)) return;
  const expected = Object.keys(operations).join(', ');
  throw new Problem('invalid', 'unknown_operation', `${field}: expected one of ${expected}, got ${shown(id)}.`);
}
