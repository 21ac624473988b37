#!/usr/bin/env node
import { expectSupportedNode } from '../cli/supported-node.ts';

expectSupportedNode('groups-mock');
await import('./program.ts');
