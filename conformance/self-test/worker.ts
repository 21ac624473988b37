import { type Delivery, type Order, runJob } from './jobs.ts';

/** A process that runs jobs as its parent sends them. */
process.on('message', ({ index, job }: Order) => {
  const deliver = (delivery: Delivery) => process.send?.(delivery);
  runJob(job).then(
    (trial) => deliver({ index, trial }),
    (error: Error) => deliver({ index, error: error.stack ?? error.message }),
  );
});
