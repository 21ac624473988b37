import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../generate/contract.ts';
import { installLab, prismProgram } from '../install.ts';

/** `npm run mock:prism`: serves the bare contract, without state. */
await installLab();
const prism = spawn(
  process.execPath,
  [prismProgram, 'mock', join(root, 'spec/openapi.yaml'), ...process.argv.slice(2)],
  {
    stdio: 'inherit',
  },
);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => prism.kill(signal));
prism.on('exit', (code) => process.exit(code ?? 0));
