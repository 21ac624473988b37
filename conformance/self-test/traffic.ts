import type { ObservedExchange } from '../observe/exchange.ts';
import type { MockReply } from './mock-exchange.ts';
import { combined, keys, type Patch, runSuiteOn } from './patched-mock.ts';

const labels: Readonly<Record<string, string>> = { [keys.apiKey]: 'own', [keys.otherApiKey]: 'other' };

const now = (): number => performance.timeOrigin + performance.now();

/** Runs the suite, or some of its rules, and then `after`, on a mock with a patch; returns every exchange. */
export async function recordSuiteRun(
  patch: Patch,
  after: (fetch: (request: Request) => Response | Promise<Response>) => Promise<void>,
  only?: readonly string[],
): Promise<ObservedExchange[]> {
  const exchanges: ObservedExchange[] = [];
  const tap: Patch = {
    async around(ask, next) {
      const startedAt = now();
      const { authorization } = ask;
      const key = authorization?.replace(/^Bearer /, '') ?? null;
      const type = ask.headers['content-type'];
      const record = (reply: MockReply | null) =>
        exchanges.push({
          method: ask.method,
          path: ask.url.pathname,
          query: ask.url.search,
          requestHeaders: type === undefined ? {} : { 'content-type': type },
          requestBody: ask.text === '' ? null : ask.text,
          status: reply?.status ?? null,
          responseHeaders: reply?.headers ?? {},
          responseBody: reply?.text ?? '',
          key: key === null ? null : (labels[key] ?? `unknown ${key}`),
          startedAt,
          endedAt: now(),
        });
      try {
        const reply = await next(ask);
        record(reply);
        return reply;
      } catch (error) {
        record(null);
        throw error;
      }
    },
  };
  await runSuiteOn(combined(tap, patch), 'standard', { syncTimeoutMs: 20_000, after, ...(only && { only }) });
  return exchanges;
}
