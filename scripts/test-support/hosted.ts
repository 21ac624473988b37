import type { TestContext } from 'vitest';
import { noPostgres } from '../../mock/test-support/postgres.ts';
import { skipWithWarning } from '../../mock/test-support/skip-with-warning.ts';
import { noBalancer } from '../lab/hosted/balancer.ts';
import type { Experiment, ExperimentResult } from '../lab/hosted/experiment.ts';

/** Runs the short form of an experiment; without PostgreSQL or HAProxy on this machine the test is skipped with a warning. */
export function shortForm(experiment: Experiment, context: TestContext): Promise<ExperimentResult> {
  const missing = noPostgres ?? noBalancer;
  if (missing !== undefined) skipWithWarning(context, missing);
  return experiment({ short: true, seed: '7' });
}
