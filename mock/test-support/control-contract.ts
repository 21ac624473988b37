import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'vitest';
import contract from '../../generated/control-openapi.json' with { type: 'json' };
import { type OperationId, operations } from '../../generated/control-operations.ts';

const contractId = 'https://contract.invalid/control';
const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
ajv.addSchema({ ...contract, $id: contractId });

/** Expects the success that the contract of the control plane describes for an operation. */
export function expectSuccess(id: OperationId, status: number, body: unknown): void {
  const [expected, schema] = Object.entries(operations[id].responses)[0] as [string, string];
  expect(String(status), `${id}: ${JSON.stringify(body)}`).toBe(expected);
  const isValid = ajv.validate(`${contractId}#/components/schemas/${schema}`, body);
  expect(isValid, `${id}: ${ajv.errorsText()}`).toBe(true);
}
