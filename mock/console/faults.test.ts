import { expect, test } from 'vitest';
import contract from '../../generated/control-openapi.json' with { type: 'json' };
import { main, readPage, startConsole, submit } from '../test-support/console.ts';
import { effects } from './fault-effects.ts';

test('the fault form makes each kind of fault, without the fields that its page hides', async () => {
  const mock = await startConsole();
  const control = mock.control();
  const shown = {
    action: 'addFault',
    status: '429',
    retry_after: '2',
    app_error_code: 'null',
    body: '',
    headers: 'X-RateLimit-Remaining: 0\r\nVia: a proxy',
    applied: 'on',
    latency_ms: '',
    times: '1',
    probability: '1',
    seed: '',
  };
  const made = async (fields: Record<string, string>) => {
    expect((await submit(mock, `${main}/faults`, { ...shown, ...fields })).status).toBe(200);
    const { id, happened, times, probability, ...fault } = control.listFaults().faults.at(-1) ?? {};
    return fault;
  };
  const headers = { 'X-RateLimit-Remaining': '0', Via: 'a proxy' };
  expect(await made({ effect: 'lost' })).toEqual({ cut: 'connection', applied: true });
  expect(await made({ effect: 'drop' })).toEqual({ cut: 'connection' });
  expect(await made({ effect: 'half' })).toEqual({ cut: 'body', retry_after: 2, headers });
  expect(await made({ effect: 'late', latency_ms: '10', headers: '' })).toEqual({ latency_ms: 10, retry_after: 2 });
  expect(await made({ effect: 'headers', seed: '7' })).toEqual({ retry_after: 2, headers, seed: 7 });
  const refused = { status: 429, retry_after: 2, headers, applied: true };
  expect(await made({ effect: 'status' })).toEqual({ ...refused, app_error_code: null });
  expect(await made({ effect: 'status', app_error_code: '', body: '{"a": 1}' })).toEqual({
    ...refused,
    body: { a: 1 },
  });
  expect(await made({ effect: 'status', app_error_code: '', body: '<h1>\r\n' })).toEqual({
    ...refused,
    body: '<h1>\n',
  });

  const form = new URLSearchParams({ ...shown, effect: 'lost' });
  for (const operation of ['createGroup', 'listPlans']) form.append('operation', operation);
  const request = {
    method: 'POST',
    body: form,
    headers: { 'sec-fetch-site': 'same-origin' },
    redirect: 'manual',
  } as const;
  expect((await mock.fetch(`${main}/faults`, request)).status).toBe(303);
  expect(control.listFaults().faults.at(-1)?.operations).toEqual(['createGroup', 'listPlans']);
});

test('every field of a fault has a field in the form', async () => {
  const page = await readPage(await startConsole(), `${main}/faults`);
  const { FaultRequest } = contract.components.schemas;
  const names: Record<string, string> = { cut: 'effect', operations: 'operation' };
  for (const name of Object.keys(FaultRequest.properties)) expect(page).toContain(` name="${names[name] ?? name}"`);
  for (const effect of Object.keys(effects)) expect(page).toContain(`<option value="${effect}">`);
});
