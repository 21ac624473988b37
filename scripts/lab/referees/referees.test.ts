import { expect, test } from 'vitest';
import { refereeByPrism } from './prism.ts';
import { refereeBySdk } from './sdk.ts';
import { installingTimeout, orSkip } from './skip-without-python.ts';

// They mostly wait for other processes, and each has a mock of its own.
test.concurrent('the rules of groups and syncs have the same outcome through Prism, and Prism reports only the planted defects', {
  timeout: installingTimeout,
}, async () => {
  const { figures, faults } = await refereeByPrism({ short: true, only: ['PLAN', 'GRP', 'SYNC'] });
  expect(faults).toEqual([]);
  expect(figures).toMatchObject({ 'violations found by Prism': 0, 'verdict through Prism': 'conformant' });
});

test.concurrent("Vitable's Python client works against the mock", { timeout: installingTimeout }, async (context) => {
  const { faults } = await orSkip(context, refereeBySdk({ loud: false }));
  expect(faults).toEqual([]);
});
