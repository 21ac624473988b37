import { describe, expect, test } from 'vitest';
import { operations } from '../../generated/operations.ts';
import { faultProfiles, refuseBadFault } from './faults.ts';

describe('a fault', () => {
  test.each([
    ['a status', { status: 503 }],
    ['a latency', { latency_ms: 0 }],
    ['a cut', { cut: 'body' }],
    ['headers', { headers: { 'x-request-id': '7' } }],
    ['a status and a body', { status: 503, body: null }],
    ['a status and an app_error_code', { status: 503, app_error_code: null }],
    ['a status and a latency', { status: 429, latency_ms: 5 }],
    ['a cut and a latency', { cut: 'connection', latency_ms: 5 }],
    ['every operation', { status: 500, operations: Object.keys(operations) }],
    ['no operation', { status: 500, operations: [] }],
  ] as const)('may have %s', (_, fault) => {
    expect(() => refuseBadFault(fault as Parameters<typeof refuseBadFault>[0])).not.toThrow();
  });

  test.each([
    [
      'has no effect',
      { probability: 0.5 },
      'body: expected at least one of "status", "headers", "latency_ms" and "cut", got none.',
    ],
    [
      'has both a status and a cut',
      { status: 503, cut: 'connection' },
      'body: expected "status" or "cut", got both; a dropped connection has no status.',
    ],
    [
      'has a body without a status',
      { body: {}, latency_ms: 5 },
      'body: expected "status" beside "body" and "app_error_code", got none.',
    ],
    [
      'has a body and an app_error_code',
      { status: 503, body: {}, app_error_code: null },
      'body: expected "body" or "app_error_code", got both; put the code into the body.',
    ],
    [
      'has headers without an answer',
      { cut: 'connection', headers: {} },
      'body: expected "headers" or "cut": "connection", got both; a dropped connection has no headers.',
    ],
    [
      'would make the answer unreadable',
      { status: 503, headers: { 'Content-Length': '7' } },
      'headers: expected only headers that leave the answer readable, got "Content-Length".',
    ],
    [
      'names an unknown operation',
      { status: 503, operations: ['listGroups', 'toString'] },
      `operations[1]: expected one of ${Object.keys(operations).join(', ')}, got "toString".`,
    ],
  ] as const)('that %s is refused with the expected values', (_, fault, message) => {
    expect(() => refuseBadFault(fault as Parameters<typeof refuseBadFault>[0])).toThrow(
      expect.objectContaining({ kind: 'invalid', message }),
    );
  });
});

describe('the fault profiles', () => {
  test('have these names and contain only valid faults', () => {
    expect(Object.keys(faultProfiles)).toEqual(['flaky', 'rate-limited', 'slow', 'outage']);
    for (const { faults, effect } of Object.values(faultProfiles)) {
      expect(effect).toMatch(/^\S.+\.$/);
      for (const fault of faults) expect(() => refuseBadFault(fault)).not.toThrow();
    }
  });

  test('contain the faults that their description names', () => {
    expect(faultProfiles['flaky']?.faults).toEqual([
      { status: 503, probability: 0.05 },
      { cut: 'connection', applied: true, probability: 0.03 },
      { cut: 'body', probability: 0.02 },
    ]);
    expect(faultProfiles['rate-limited']?.faults).toEqual([{ status: 429, retry_after: 1, probability: 0.35 }]);
    expect(faultProfiles['slow']?.faults).toEqual([{ latency_ms: 10_000, probability: 0.05 }, { latency_ms: 1500 }]);
    expect(faultProfiles['outage']?.faults).toEqual([{ status: 503, retry_after: 5 }]);
  });
});
