import { runModel } from '../model/run.ts';
import { withCluster } from './cluster.ts';
import type { Experiment } from './experiment.ts';

/** Plays random sequences against three replicas, request by request, and compares them with the reference model. */
export const model: Experiment = ({ short, seed }) =>
  withCluster({}, async ({ url }) => {
    const started = performance.now();
    const { failure, syncs, sequences, commands, requests } = await runModel({
      sequences: short ? 8 : 1000,
      seed: Number(seed),
      over: new URL(url),
    });
    return {
      figures: {
        sequences,
        commands,
        requests,
        'syncs completed': syncs.completed,
        'members added': syncs.added,
        'members removed': syncs.removed,
        'answers that differ': failure === undefined ? 0 : 1,
        seconds: Math.round((performance.now() - started) / 1000),
      },
      violations:
        failure === undefined
          ? []
          : [`cross-group=${failure.crossGroup}: ${failure.commands.join('; ')}\n${failure.message}`],
    };
  });
