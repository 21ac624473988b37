import { runCommandLine } from '../program.ts';
import { type Called, called } from './called.ts';

/** Calls the mock's command line in this process, for commands that end. */
export const callMock = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Called> =>
  called(
    () => runCommandLine(args),
    env,
    (name) => name.startsWith('GROUPS_'),
  );
