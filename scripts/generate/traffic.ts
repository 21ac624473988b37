import { runConformance } from '../../conformance/index.ts';
import { checks } from '../../conformance/rules/checks.ts';
import { operations } from '../../generated/operations.ts';
import { startMock } from '../../mock/index.ts';

type Traffic = Readonly<Record<string, readonly string[]>>;

/** Runs the checks of some rules on a mock to see which operations each sends. */
async function trafficOf(only: readonly string[]): Promise<Traffic> {
  const mock = await startMock({ port: 0, progress: { after: 'delay', ms: 0 } });
  const [apiKey = '', otherApiKey] = mock.keys;
  const target = { baseUrl: mock.url, apiKey, otherApiKey };
  const { rules, reason } = await runConformance({ ...target, profile: 'certification', only });
  await mock.close();
  if (reason !== undefined) throw new Error(reason);
  const order = Object.keys(operations);
  return Object.fromEntries(
    rules.flatMap(({ checks: records }) =>
      records.map(({ rule, level, title, exchanges }) => {
        const names = new Set(exchanges.map(({ operation, request }) => operation ?? request.method));
        return [`${rule} ${level} ${title}`, [...names].toSorted((a, b) => order.indexOf(a) - order.indexOf(b))];
      }),
    ),
  );
}

const nameOf = ({ rule, level, title }: (typeof checks)[number]) => `${rule} ${level} ${title}`;
const known: Traffic = await import('../../generated/traffic.ts').then(
  ({ traffic }) => traffic,
  () => ({}),
);
// A run of every check takes seconds, and a test compares the table with one (conformance/self-test/suite.test.ts).
const isNew = checks.filter((check) => !Object.hasOwn(known, nameOf(check)));
const found = isNew.length === 0 ? {} : await trafficOf(isNew.map(({ rule }) => rule));
const table = Object.fromEntries(
  checks.map((check) => [nameOf(check), found[nameOf(check)] ?? known[nameOf(check)] ?? []]),
);

/** The text of generated/traffic.ts. */
export const trafficTable = `/** By rule, level and title of a check: the operations that it sends, or the method if it is not an operation. */
export const traffic: Readonly<Record<string, readonly string[]>> = ${JSON.stringify(table, null, 2)};
`;
