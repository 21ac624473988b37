import { runConformance } from '../../conformance/index.ts';
import { operations } from '../../generated/operations.ts';
import { startMock } from '../../mock/index.ts';

/** Runs every check on the mock to see which operations it sends. */
const mock = await startMock({ port: 0, progress: { after: 'delay', ms: 0 } });
const [apiKey = '', otherApiKey] = mock.keys;
const { rules, reason } = await runConformance({ baseUrl: mock.url, apiKey, otherApiKey, profile: 'certification' });
await mock.close();
if (reason !== undefined) throw new Error(reason);

const order = Object.keys(operations);
const sent = rules.flatMap(({ checks }) =>
  checks.map(({ rule, level, title, exchanges }) => {
    const names = new Set(exchanges.map(({ operation, request }) => operation ?? request.method));
    return [`${rule} ${level} ${title}`, [...names].toSorted((a, b) => order.indexOf(a) - order.indexOf(b))];
  }),
);
process.stdout.write(`/** By rule, level and title of a check: the operations that it sends, or the method if it is not an operation. */
export const traffic: Readonly<Record<string, readonly string[]>> = ${JSON.stringify(Object.fromEntries(sent), null, 2)};
`);
