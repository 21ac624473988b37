import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defects } from './catalogue.ts';
import { type Trial, tryDefect, tryVariants } from './trial.ts';
import { variants } from './variants.ts';

/** One run of the suite: on a defect, or on some variants together. */
export type Job =
  | { readonly kind: 'defect'; readonly name: string }
  | { readonly kind: 'variants'; readonly names: readonly string[] };

/** Does a job in this process. */
export function perform(job: Job): Promise<Trial> {
  if (job.kind === 'variants') return tryVariants(variants.filter(({ name }) => job.names.includes(name)));
  const defect = defects.find(({ name }) => name === job.name);
  if (defect === undefined) throw new Error(`there is no defect ${job.name}`);
  return tryDefect(defect);
}

/** Does all jobs, in one process more than there are processors, since each waits now and then; tells each trial as it ends, returns them in order. */
export async function performAll(
  jobs: readonly Job[],
  onTrial: (trial: Trial, done: number) => void,
): Promise<Trial[]> {
  const trials: Trial[] = [];
  let next = 0;
  let done = 0;
  const work = async (worker: ChildProcess): Promise<void> => {
    for (let index = next++; index < jobs.length; index = next++) {
      const trial = await hand(worker, jobs[index] as Job);
      trials[index] = trial;
      onTrial(trial, ++done);
    }
    worker.disconnect();
  };
  const count = Math.min(jobs.length, availableParallelism() + 1);
  const workers = Array.from({ length: count }, () => fork(join(import.meta.dirname, 'worker.ts')));
  try {
    await Promise.all(workers.map(work));
  } catch (error) {
    for (const worker of workers) worker.kill();
    throw error;
  }
  return trials;
}

function hand(worker: ChildProcess, job: Job): Promise<Trial> {
  return new Promise((resolve, reject) => {
    const failed = () => reject(new Error(`a worker ended during ${JSON.stringify(job)}`));
    worker.once('exit', failed);
    worker.once('message', (answer: Trial | { readonly error: string }) => {
      worker.off('exit', failed);
      if ('error' in answer) reject(new Error(`${JSON.stringify(job)}: ${answer.error}`));
      else resolve(answer);
    });
    worker.send(job);
  });
}
