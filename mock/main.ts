#!/usr/bin/env node
import { expectSupportedNode } from '../generated/supported-node.ts';

expectSupportedNode('groups-mock');
await import('./program.ts');
