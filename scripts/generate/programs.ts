import { program } from '../../conformance/cli/command.ts';
import { createCommand } from '../../mock/command.ts';

const nothing = async () => {};

/** The command definitions of both programs. */
export const programs = [
  createCommand({ start: nothing, journal: nothing, advise: nothing, preview: nothing }),
  program,
];
