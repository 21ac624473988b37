import type { ConformanceOptions } from '../run-conformance.ts';

/** The interval between lines of progress without a terminal, in milliseconds. */
export const progressIntervalMs = 10_000;
/** A shorter wait because of a 429 is not announced. */
const minAnnouncedWaitMs = 10_000;

export interface ProgressOutput {
  readonly onCheck: NonNullable<ConformanceOptions['onCheck']>;
  readonly onWait: NonNullable<ConformanceOptions['onWait']>;
  readonly end: () => void;
}

interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Shows how far a run is: in one line that is overwritten on a terminal, otherwise in a new line every ten seconds. */
export function showProgress(output: Output): ProgressOutput {
  const isTerminal = output.isTTY ?? false;
  const startedAt = Date.now();
  let state = 'no check has finished yet';
  const report = () => output.write(`${Math.round((Date.now() - startedAt) / 1000)} s: ${state}\n`);
  const timer = isTerminal ? undefined : setInterval(report, progressIntervalMs).unref();
  return {
    onCheck: ({ rule }, { done, of }) => {
      state = `${done} of ${of} checks have finished`;
      if (isTerminal) output.write(`\r${done} of ${of} checks (${rule})\u001b[K${done === of ? '\r\u001b[K' : ''}`);
    },
    onWait: (milliseconds) => {
      if (milliseconds < minAnnouncedWaitMs) return;
      const seconds = Math.round(milliseconds / 1000);
      output.write(
        `${isTerminal ? '\r\u001b[K' : ''}The target asks for a pause (429): waiting ${seconds} s before the next attempt.\n`,
      );
    },
    end: () => clearInterval(timer),
  };
}
