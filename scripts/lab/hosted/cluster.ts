import type { ChildProcess } from 'node:child_process';
import { type Postgres, startPostgres } from '../../../mock/test-support/postgres.ts';
import { freePort } from '../free-port.ts';
import { end, listening, spawnMock } from '../spawned-mock.ts';
import { startBalancer } from './balancer.ts';
import type { ExperimentResult } from './experiment.ts';

/** One of the processes that serve the same worlds. It keeps its port when it is started again. */
export class Replica {
  readonly port: number;
  readonly #flags: readonly string[];
  readonly #env: NodeJS.ProcessEnv;
  #child: ChildProcess | undefined;
  #isEnding = false;
  /** The end of what it has printed on standard error. */
  #log = '';
  /** How it ended by itself, which it never should. */
  readonly crashes: string[] = [];

  constructor(port: number, flags: readonly string[], env: NodeJS.ProcessEnv) {
    this.port = port;
    this.#flags = flags;
    this.#env = env;
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  get process(): ChildProcess {
    if (this.#child === undefined) throw new Error(`the replica at port ${this.port} was never started`);
    return this.#child;
  }

  /** Starts it, or with another program than the one of this release. */
  async start(program?: string): Promise<void> {
    const flags = [...this.#flags, '--port', String(this.port)];
    const child = spawnMock(flags, {
      detached: true,
      stderr: 'pipe',
      env: this.#env,
      ...(program !== undefined && { program }),
    });
    this.#child = child;
    child.stderr?.on('data', (chunk: Buffer) => (this.#log = (this.#log + chunk).slice(-4000)));
    child.once('exit', () => {
      if (this.#child === child && !this.#isEnding)
        this.crashes.push(`the replica at port ${this.port} ended by itself:\n${this.#log}`);
    });
    await listening(child).catch((error: Error) => {
      throw new Error(`${error.message}:\n${this.#log}`);
    });
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    this.#isEnding = true;
    await end(this.process, signal);
    this.#isEnding = false;
  }
}

interface ClusterOptions {
  readonly replicas?: number;
  /** Further flags of each replica. */
  readonly flags?: readonly string[];
  /** Environment variables of each replica. */
  readonly env?: NodeJS.ProcessEnv;
  /** Settings of PostgreSQL. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Where PostgreSQL keeps its files. */
  readonly folder?: string | undefined;
}

/** A hosted sandbox: PostgreSQL, replicas and a balancer. */
export interface Cluster {
  /** The address of the balancer. */
  readonly url: string;
  readonly replicas: readonly Replica[];
  readonly postgres: Postgres;
  /** The URL of the replicas' database. */
  readonly database: string;
  stop(): Promise<void>;
}

export async function startCluster({
  replicas: count = 3,
  flags = [],
  env = {},
  settings,
  folder,
}: ClusterOptions = {}): Promise<Cluster> {
  const postgres = await startPostgres(settings, folder);
  const stops: (() => Promise<unknown>)[] = [() => postgres.stop()];
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    const database = await postgres.createDatabase();
    const replicas: Replica[] = [];
    for (let n = 0; n < count; n += 1)
      replicas.push(new Replica(await freePort(), ['--database', database, ...flags], env));
    await Promise.all(
      replicas.map(async (replica) => {
        await replica.start();
        stops.push(() => replica.end('SIGKILL'));
      }),
    );
    const balancer = await startBalancer(replicas.map(({ port }) => port));
    stops.push(balancer.stop);
    return { url: balancer.url, replicas, postgres, database, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Experiments with a cluster, and stops it. A replica that ends by itself is a violation. */
export async function withCluster(
  options: ClusterOptions,
  experiment: (cluster: Cluster) => Promise<ExperimentResult>,
): Promise<ExperimentResult> {
  const cluster = await startCluster(options);
  const crashes = () => cluster.replicas.flatMap((replica) => replica.crashes);
  try {
    const outcome = await experiment(cluster);
    return { ...outcome, violations: [...outcome.violations, ...crashes()] };
  } catch (error) {
    throw new Error([(error as Error).message, ...crashes()].join('\n'), { cause: error });
  } finally {
    await cluster.stop();
  }
}
