import { join } from 'node:path';
import { root } from './generate/contract.ts';

/** For programs of the project that are started many times: half of each start is compiling their sources. */
export const cachingEnvironment: NodeJS.ProcessEnv = {
  NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node'),
  ...process.env,
};
