import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { RuleId } from '../../generated/rules.ts';
import { defects } from './defects.ts';
import { type Trial, tryDefect, tryVariants } from './trial.ts';
import { variants } from './variants.ts';

/** A run of the suite: on a defect with the rules that it breaks or with all, or on variants together. */
export type Job =
  | { readonly kind: 'defect'; readonly name: string; readonly extent: 'own' | 'whole' }
  | { readonly kind: 'variants'; readonly names: readonly string[]; readonly only?: readonly RuleId[] };

/** What is sent to a worker, and back. */
export interface Order {
  readonly index: number;
  readonly job: Job;
}
export type Delivery =
  | { readonly index: number; readonly trial: Trial }
  | { readonly index: number; readonly error: string };

/** Runs a job in this process. */
export function runJob(job: Job): Promise<Trial> {
  if (job.kind === 'variants')
    return tryVariants(
      variants.filter(({ name }) => job.names.includes(name)),
      job.only,
    );
  const defect = defects.find(({ name }) => name === job.name);
  if (defect === undefined) throw new Error(`there is no defect ${job.name}`);
  return tryDefect(defect, job.extent);
}

/** The number of concurrent runs in one worker: one computes while another waits for its syncs. */
const maxJobsOfWorker = 2;

/** Runs jobs in one process per processor, calls back after each, and returns the trials in the order of the jobs. */
export async function runJobs(jobs: readonly Job[], onTrial: (trial: Trial, done: number) => void): Promise<Trial[]> {
  const trials: Trial[] = [];
  let next = 0;
  let done = 0;
  const count = Math.min(jobs.length, availableParallelism());
  // Half of a worker's start-up time is compiling the sources.
  const env = { NODE_COMPILE_CACHE: join(import.meta.dirname, '../../node_modules/.cache/node'), ...process.env };
  const workers = Array.from({ length: count }, () => fork(join(import.meta.dirname, 'worker.ts'), { env }));
  const work = (worker: ChildProcess): Promise<void> =>
    new Promise((resolve, reject) => {
      let open = 0;
      const fill = () => {
        for (; open < maxJobsOfWorker && next < jobs.length; open += 1, next += 1)
          worker.send({ index: next, job: jobs[next] as Job } satisfies Order);
        if (open === 0) worker.disconnect();
      };
      worker.on('message', (delivery: Delivery) => {
        if ('error' in delivery) return reject(new Error(`${JSON.stringify(jobs[delivery.index])}: ${delivery.error}`));
        trials[delivery.index] = delivery.trial;
        open -= 1;
        onTrial(delivery.trial, ++done);
        fill();
      });
      worker.once('exit', (code) =>
        code === 0 && open === 0 ? resolve() : reject(new Error(`a worker ended with ${code}`)),
      );
      fill();
    });
  try {
    await Promise.all(workers.map(work));
  } catch (error) {
    for (const worker of workers) worker.kill();
    throw error;
  }
  return trials;
}
