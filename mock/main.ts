#!/usr/bin/env node
import module from 'node:module';
import { expectSupportedNode } from '../generated/supported-node.ts';

expectSupportedNode('groups-mock');
// Compiled code is kept in the system's temporary folder; where nothing can be written there, it does without.
module.enableCompileCache();
await import('./program.ts');
