#!/usr/bin/env node
import { expectSupportedNode } from '../generated/supported-node.ts';

expectSupportedNode('groups-conformance');
const { run } = await import('./cli/command.ts');
await run();
