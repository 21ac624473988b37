import type { Entry, Har, Header } from 'har-format';
import { operations } from '../../generated/operations.ts';
import type { Exchange } from '../run/exchange.ts';
import type { CheckRecord } from '../run/outcome.ts';
import type { ConformanceResult } from '../verdict/result.ts';
import { remarksOf } from './wording.ts';

/** `evidence.har`: every exchange of the run as HAR 1.2, with the rule and the check that it belongs to. */
export function harReport(result: ConformanceResult): string {
  const { suite, rules } = result;
  const entries = rules
    .flatMap(({ checks }) => checks)
    .flatMap((check) => check.exchanges.map((exchange) => entry(check, exchange)))
    .sort((a, b) => a.startedDateTime.localeCompare(b.startedDateTime));
  const har: Har = {
    log: {
      version: '1.2',
      creator: { name: suite.name, version: suite.version },
      entries,
      comment: remarksOf(result).join(' '),
    },
  };
  return `${JSON.stringify(har, null, 1)}\n`;
}

function entry({ rule, level, title, outcome }: CheckRecord, exchange: Exchange): Entry {
  const { request, response, startedAt, milliseconds, operation } = exchange;
  return {
    startedDateTime: startedAt,
    time: milliseconds,
    comment: `${rule}: ${title}`,
    ...{ _rule: rule, _level: level, _check: title, _outcome: outcome, _operation: operation },
    request: {
      method: request.method,
      url: request.url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: headers(request.headers),
      queryString: [...new URL(request.url).searchParams].map(([name, value]) => ({ name, value })),
      headersSize: -1,
      bodySize: request.body === null ? 0 : -1,
      ...(request.body !== null && { postData: { mimeType: typeOf(request.headers), text: cut(request.body) } }),
    },
    // Status 0 is how browsers write down that no answer came.
    response: {
      status: response?.status ?? 0,
      statusText: '',
      httpVersion: response ? 'HTTP/1.1' : '',
      cookies: [],
      headers: headers(response?.headers ?? {}),
      content: {
        size: Buffer.byteLength(response?.body ?? ''),
        mimeType: typeOf(response?.headers ?? {}),
        text: response?.body ?? '',
      },
      redirectURL: response?.headers.location ?? '',
      headersSize: -1,
      bodySize: -1,
      ...(operation && response && { comment: `answer of ${operation} (${operations[operation].path})` }),
    },
    cache: {},
    timings: { send: 0, wait: milliseconds, receive: 0 },
  } as Entry;
}

const maxCharacters = 100_000;

const cut = (body: string): string =>
  body.length > maxCharacters
    ? `${body.slice(0, maxCharacters)} […cut: the first ${maxCharacters} of ${body.length} characters]`
    : body;

const headers = (all: Readonly<Record<string, string>>): Header[] =>
  Object.entries(all).map(([name, value]) => ({ name, value }));

const typeOf = (all: Readonly<Record<string, string>>): string => all['content-type'] ?? '';
