#!/usr/bin/env node
import { expectSupportedNode } from '../generated/supported-node.ts';

/** What only the suite needs can be left out of an install that is for the mock alone. */
function whatIsMissing(error: unknown): string | undefined {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ERR_MODULE_NOT_FOUND' ? /^Cannot find package '([^']+)'/.exec(message)?.[1] : undefined;
}

expectSupportedNode('groups-conformance');
try {
  const { run } = await import('./cli/command.ts');
  await run();
} catch (error) {
  const missing = whatIsMissing(error);
  if (missing === undefined) throw error;
  console.error(
    `groups-conformance: the suite needs the package ${missing}, which is not installed; install vitable-groups-kit ` +
      'without --omit=optional',
  );
  process.exitCode = 4;
}
