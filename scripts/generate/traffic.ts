import { type ConformanceOptions, runConformance } from '../../conformance/index.ts';
import { checks } from '../../conformance/rules/checks.ts';
import { operations } from '../../generated/operations.ts';
import { startMock } from '../../mock/index.ts';

/** Runs checks on a new mock and returns those that sent something, each with the names of what it sent. */
async function trafficOf(options: Pick<ConformanceOptions, 'profile' | 'only'>): Promise<[check: string, string[]][]> {
  const mock = await startMock({ port: 0, progress: { after: 'delay', ms: 0 } });
  const [apiKey = '', otherApiKey] = mock.keys;
  const { rules, reason } = await runConformance({ baseUrl: mock.url, apiKey, otherApiKey, ...options });
  await mock.close();
  if (reason !== undefined) throw new Error(reason);
  const order = Object.keys(operations);
  return rules.flatMap(({ checks: records }) =>
    records.map(({ rule, level, title, exchanges }): [string, string[]] => {
      const names = new Set(exchanges.map(({ operation, request }) => operation ?? request.method));
      return [`${rule} ${level} ${title}`, [...names].toSorted((a, b) => order.indexOf(a) - order.indexOf(b))];
    }),
  );
}

// Heavy checks run on a mock of their own, because thousands of members make every search of the other checks slow.
const heavy = checks.filter(({ needs }) => needs.includes('heavy')).map(({ rule }) => rule);
const traffic = Object.fromEntries([
  ...(await trafficOf({ profile: 'standard' })),
  ...(await trafficOf({ profile: 'certification', only: heavy })),
]);
process.stdout.write(`/** By rule, level and title of a check: the operations that it sends, or the method if it is not an operation. */
export const traffic: Readonly<Record<string, readonly string[]>> = ${JSON.stringify(traffic, null, 2)};
`);
