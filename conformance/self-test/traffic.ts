import { type ConformanceResult, type Profile, runConformance } from '../index.ts';
import type { ObservedExchange } from '../observe/exchange.ts';
import type { MockReply } from './mock-exchange.ts';
import { combined, keys, type Patch, startPatched } from './patched-mock.ts';

const labels: Readonly<Record<string, string>> = { [keys.apiKey]: 'own', [keys.otherApiKey]: 'other' };

const now = (): number => performance.timeOrigin + performance.now();

/** Runs the suite, and then `more`, on a mock with a patch; returns the result and every exchange. */
export async function recordSuiteRun(
  patch: Patch,
  profile: Profile = 'standard',
  more: (url: string) => Promise<void> = async () => {},
): Promise<{ exchanges: ObservedExchange[]; result: ConformanceResult }> {
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
  const mock = await startPatched(combined(tap, patch));
  try {
    const result = await runConformance({ baseUrl: mock.url, ...keys, profile, syncTimeoutMs: 20_000 });
    await more(mock.url);
    return { exchanges, result };
  } finally {
    await mock.close();
  }
}
