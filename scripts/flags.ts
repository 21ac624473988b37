import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

/**
 * The flags that a script was given. `--help` prints the usage and ends the process; a flag that it does not have says so,
 * prints the usage and ends it with exit code 2.
 */
export function flagsOf<const Options extends ParseArgsOptionsConfig>(usage: string, options: Options) {
  if (process.argv.slice(2).includes('--help')) {
    console.log(usage);
    process.exit(0);
  }
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    return refuse((error as Error).message, usage);
  }
}

/** Says what is wrong with the command line, and ends the process with exit code 2. */
export function refuse(message: string, usage: string): never {
  console.error(`${message}\n\n${usage}`);
  process.exit(2);
}
