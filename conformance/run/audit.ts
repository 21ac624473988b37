import type { RuleId } from '../../generated/rules.ts';
import type { Bodies } from '../contract/bodies.ts';
import type { Answer } from './answer.ts';
import type { Exchange } from './exchange.ts';

/** A breach of a rule that holds for every answer, whatever the check was about. */
export interface Finding {
  readonly rule: RuleId;
  readonly level: 'must' | 'should';
  readonly message: string;
  readonly exchange: Exchange;
}

const jsonType = /^application\/json\s*(;|$)/i;

/**
 * What every answer must keep: JSON error bodies (ERR-1) whose `error` equals `message` (ERR-2), no 5xx (ERR-7), and
 * JSON of the contract's schema (ERR-8; the schema of error bodies is ERR-1's business).
 */
export function audit(exchange: Exchange, answer: Answer, bodies: Bodies): Finding[] {
  const { operation, request } = exchange;
  const { status, json } = answer;
  const what = `${request.method} ${new URL(request.url).pathname} answered ${status}`;
  const findings: Finding[] = [];
  const find = (rule: RuleId, message: string, level: Finding['level'] = 'must') =>
    findings.push({ rule, level, message: `${what}: ${message}`, exchange });

  if (status >= 500) find('ERR-7', 'expected no 5xx whatever the client sends');
  if (status >= 400 && request.method !== 'HEAD') {
    const contractual = ['GET', 'POST', 'PATCH'].includes(request.method);
    const fault = json === undefined ? 'the body is not JSON' : bodies.error(json);
    if (fault !== null) find('ERR-1', `expected the error body, but ${fault}`, contractual ? 'must' : 'should');
    else {
      const { error, message } = json as { error: unknown; message: unknown };
      if (error !== message)
        find('ERR-2', `expected error to equal message, got ${JSON.stringify(error)} and ${JSON.stringify(message)}`);
    }
  }
  if (answer.text !== '' && status !== 304) {
    const type = answer.headers['content-type'] ?? 'none';
    const contractual = operation !== null || status < 400;
    if (contractual && !jsonType.test(type)) find('ERR-8', `expected Content-Type application/json, got ${type}`);
  }
  if (operation !== null && status >= 200 && status < 300) {
    const fault = json === undefined ? 'the body is not JSON' : bodies.success(operation, json);
    if (fault !== null) find('ERR-8', `expected the contract's schema, but ${fault}`);
  }
  return findings;
}
