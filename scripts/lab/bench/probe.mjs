// Preloaded into a measured process to report its figures (`ask` in processes.ts). It is plain JavaScript so that the
// process does not load the type stripper.
import { monitorEventLoopDelay } from 'node:perf_hooks';

const delay = monitorEventLoopDelay({ resolution: 1 });

const answers = {
  /** Processor time spent so far, of all threads, in microseconds. */
  cpu() {
    const { user, system } = process.cpuUsage();
    return user + system;
  },
  /** The longest time between two turns of the event loop since this was last asked, in milliseconds. */
  stall() {
    const longest = delay.max / 1e6;
    delay.enable();
    delay.reset();
    return longest;
  },
  /** Resident memory, in bytes. */
  memory: () => process.memoryUsage.rss(),
};

// The program may also send messages.
process.on('message', (question) => process.send({ question, figure: answers[question]() }));
process.channel.unref();
