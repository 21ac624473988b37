// Preloaded into a measured process, to answer questions about it (`ask` in processes.ts). Plain JavaScript, so that the
// process does not carry the means to strip types, which it would not have otherwise.
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

// A program may send messages of its own.
process.on('message', (question) => process.send({ question, figure: answers[question]() }));
process.channel.unref();
