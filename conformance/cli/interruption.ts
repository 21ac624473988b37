import { constants } from 'node:os';

const signals = ['SIGINT', 'SIGTERM'] as const;

export interface Interruption {
  readonly signal: AbortSignal;
  /** An unhandled error: the run ends with a clean-up, and the kit is at fault. */
  crash?: unknown;
  readonly end: () => void;
}

/** Turns the first signal of the system into an abort, and the second into an exit. */
export function interruptible(): Interruption {
  const controller = new AbortController();
  const listeners = signals.map((name) => {
    const listener = () => {
      if (controller.signal.aborted) process.exit(128 + constants.signals[name]);
      console.error('\nEnding the run and emptying its groups; a second interruption quits at once.');
      controller.abort(`the run was interrupted (${name})`);
    };
    process.on(name, listener);
    return [name, listener] as const;
  });
  const interruption: Interruption = {
    signal: controller.signal,
    end: () => {
      process.off('unhandledRejection', onUnhandled);
      for (const [name, listener] of listeners) process.off(name, listener);
    },
  };
  const onUnhandled = (error: unknown) => {
    interruption.crash ??= error;
    controller.abort('the kit failed');
  };
  process.on('unhandledRejection', onUnhandled);
  return interruption;
}
