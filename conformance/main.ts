#!/usr/bin/env node
import { expectSupportedNode } from '../generated/supported-node.ts';

expectSupportedNode('groups-conformance');
const { runCommandLine } = await import('./cli/command.ts');
await runCommandLine();
