import { type Job, perform } from './jobs.ts';

/** A process that does jobs one after another, as its parent sends them. */
process.on('message', (job: Job) => {
  perform(job).then(
    (trial) => process.send?.(trial),
    (error: Error) => process.send?.({ error: error.stack ?? error.message }),
  );
});
