import { unsupportedNode } from '../generated/supported-node.ts';

// The library checks this before anything else is evaluated; the programs do so before anything else is loaded.
const problem = unsupportedNode('vitable-groups-kit');
if (problem !== undefined) throw new Error(problem);
