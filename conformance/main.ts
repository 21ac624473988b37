#!/usr/bin/env node
import { expectSupportedNode } from '../generated/supported-node.ts';

expectSupportedNode('groups-conformance');
const { runCommandLine } = await import('./cli/command.ts');
// A reader such as `head` may close the output early.
process.stdout.on('error', () => process.exit());
await runCommandLine(process.argv.slice(2));
