#!/usr/bin/env node
import module from 'node:module';
import { expectSupportedNode } from '../generated/supported-node.ts';

expectSupportedNode('groups-mock');
// Node caches compiled code in the system's temporary folder, if it is writable.
module.enableCompileCache();
const { endWithoutReader, runCommandLine } = await import('./program.ts');
endWithoutReader();
await runCommandLine(process.argv.slice(2));
