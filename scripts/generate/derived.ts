import { coverageMarkdown } from '../../conformance/self-test/coverage.ts';
import { completionTable } from './completion.ts';
import { mistakesTable } from './mistakes.ts';
import { settingsPage } from './settings.ts';
import { trafficTable } from './traffic.ts';

/** Prints the files of generated/ that are made from the programs, as JSON: their texts by name. */
process.stdout.write(
  JSON.stringify({
    'traffic.ts': trafficTable,
    'mistakes.ts': mistakesTable,
    'completion.ts': completionTable,
    'coverage.md': coverageMarkdown(),
    'settings.md': settingsPage,
  }),
);
