import { afterAll, type TestContext } from 'vitest';
import { noPostgres, type Postgres, startPostgres } from './postgres.ts';
import { skipWithWarning } from './skip-with-warning.ts';

let started: Promise<Postgres> | undefined;
afterAll(async () => (await started)?.stop());

/** The server that the tests of a file share. Without PostgreSQL on this machine the test is skipped with a warning. */
export function postgresOrSkip(context: TestContext): Promise<Postgres> {
  if (noPostgres !== undefined) skipWithWarning(context, noPostgres);
  started ??= startPostgres();
  return started;
}
