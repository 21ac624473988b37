import type { Exchange } from '../run/exchange.ts';
import type { ConformanceResult } from '../verdict/result.ts';
import { nameOf, printable } from './wording.ts';

/** Every step of the checks of some rules: requests and answers with headers and bodies, as `curl -v` marks them. */
export function traceReport({ rules }: ConformanceResult, ids: readonly string[]): string {
  return rules
    .filter(({ id }) => ids.includes(id))
    .flatMap((record) =>
      record.checks.flatMap(({ title, outcome, exchanges }) => [
        `${nameOf(record)}: ${title}: ${outcome}, ${exchanges.length} steps`,
        ...exchanges.flatMap((exchange, index) => stepLines(exchange, index + 1)),
        '',
      ]),
    )
    .join('\n');
}

function stepLines({ operation, request, response, milliseconds }: Exchange, number: number): string[] {
  return [
    `* step ${number}: ${operation ?? 'no operation of the contract'}, ${milliseconds} ms`,
    ...marked('>', [`${request.method} ${request.url}`, ...headerLines(request.headers), '', request.body ?? '']),
    ...(response === null
      ? ['* no answer']
      : marked('<', [String(response.status), ...headerLines(response.headers), '', response.body])),
  ];
}

const headerLines = (headers: Readonly<Record<string, string>>): string[] =>
  Object.entries(headers).map(([name, value]) => `${name}: ${value}`);

/** The mark prevents a line of the target from being read as a workflow command. */
const marked = (mark: string, texts: readonly string[]): string[] =>
  texts.flatMap((text) => text.split(/\r?\n/)).map((line) => `${mark} ${printable(line)}`);
