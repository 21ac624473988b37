import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

/**
 * Parses the flags of a script. `--help` prints the usage and ends the process; an unknown flag prints an error and the usage
 * and ends it with exit code 2.
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

/** Prints what is wrong with the command line and the usage, and ends the process with exit code 2. */
export function refuse(message: string, usage: string): never {
  console.error(`${message}\n\n${usage}`);
  process.exit(2);
}
