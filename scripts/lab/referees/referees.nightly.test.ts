import { expect, test } from 'vitest';
import { advice } from '../../../generated/advice.ts';
import { refereeByPrism } from './prism.ts';
import { refereeBySchemathesis } from './schemathesis.ts';
import { liveHabits, refereeBySdk } from './sdk.ts';
import { installingTimeout, orSkip } from './skip-without-python.ts';

// They mostly wait for other processes, and each has a mock of its own.
test.concurrent('the suite reaches the same verdict through Prism, and Prism reports only the planted defects', {
  timeout: installingTimeout,
}, async () => {
  const { figures, faults } = await refereeByPrism({ short: true });
  expect(faults).toEqual([]);
  expect(figures).toMatchObject({ 'violations found by Prism': 0, 'verdict through Prism': 'conformant' });
});

test.concurrent('Schemathesis finds no fault with the mock', { timeout: installingTimeout }, async (context) => {
  const { figures, faults } = await orSkip(context, refereeBySchemathesis({ short: true, seed: 1, loud: false }));
  expect(faults).toEqual([]);
  expect(figures).toMatchObject({ 'answers of 5xx': 0, 'answers with an undocumented status': 0 });
});

test.concurrent("Vitable's Python client works against the mock", { timeout: installingTimeout }, async (context) => {
  const { faults } = await orSkip(context, refereeBySdk({ loud: false }));
  expect(faults).toEqual([]);
});

test.concurrent("with Vitable's Python client, the advisor reports each bad habit and no good one", {
  timeout: installingTimeout,
}, async (context) => {
  const habits = await orSkip(context, liveHabits());
  for (const { finding, kind, does, found } of habits)
    expect(found, `${finding}, ${does}`).toEqual(kind === 'bad' ? [finding] : []);
  const covered = (kind: 'bad' | 'good') =>
    new Set(habits.filter((one) => one.kind === kind).map((one) => one.finding));
  expect(covered('bad')).toEqual(new Set(Object.keys(advice)));
  expect(covered('good')).toEqual(new Set(Object.keys(advice)));
});
