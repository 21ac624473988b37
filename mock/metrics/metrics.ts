import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { MeasuredRequest } from '../api/request-context.ts';

/** What is read whenever Prometheus asks. */
export interface MetricReadings {
  /** Worlds that this process has open. */
  readonly openWorlds: number;
  /** Accepted syncs in these worlds that are not completed. */
  readonly syncsInFlight: number;
  /** Of a mock with a database. */
  readonly database?: DatabaseReadings;
}

export interface DatabaseReadings {
  /** Connections of this process, and requests that wait for one. */
  readonly pool: { readonly total: number; readonly idle: number; readonly waiting: number };
  /** Units of work that ran again because another process was faster, since the start. */
  readonly retries: number;
  /** Worlds of all processes with a sync that should have been completed; undefined if the database does not answer. */
  readonly lateWorlds?: number | undefined;
}

export interface Metrics {
  readonly contentType: string;
  readonly measure: (request: MeasuredRequest) => void;
  /** All metrics in Prometheus' text format. */
  readonly text: () => Promise<string>;
}

/** Seconds. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Counts requests, and reads the rest whenever the metrics are asked for. */
export function createMetrics(read: () => MetricReadings | Promise<MetricReadings>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'groups_mock_requests_total',
    help: 'Requests by operation of the contract and status; status 0 is a connection that a fault dropped.',
    labelNames: ['operation', 'status'],
    registers,
  });
  const durations = new Histogram({
    name: 'groups_mock_request_duration_seconds',
    help: 'Time until the answer, without requests that an injected fault changed or delayed.',
    labelNames: ['operation'],
    buckets,
    registers,
  });
  const openWorlds = new Gauge({
    name: 'groups_mock_open_worlds',
    help: 'Worlds that this process has open.',
    registers,
  });
  const syncsInFlight = new Gauge({
    name: 'groups_mock_syncs_in_flight',
    help: 'Accepted syncs in the open worlds that are not completed.',
    registers,
  });
  let setDatabase: ReturnType<typeof createDatabaseMetrics> | undefined;

  return {
    contentType: registry.contentType,
    measure({ operation, status, milliseconds, hasFault }) {
      const name = operation ?? 'none';
      requests.inc({ operation: name, status });
      if (!hasFault) durations.observe({ operation: name }, milliseconds / 1000);
    },
    async text() {
      const readings = await read();
      openWorlds.set(readings.openWorlds);
      syncsInFlight.set(readings.syncsInFlight);
      if (readings.database !== undefined) {
        setDatabase ??= createDatabaseMetrics(registry);
        setDatabase(readings.database);
      }
      return registry.metrics();
    },
  };
}

/** Adds the metrics of a database, which a mock without one does not show, and returns what sets them. */
function createDatabaseMetrics(registry: Registry): (readings: DatabaseReadings) => void {
  const registers = [registry];
  const connections = new Gauge({
    name: 'groups_mock_database_connections',
    help: 'Connections of this process to the database, and requests that wait for one.',
    labelNames: ['state'],
    registers,
  });
  const retries = new Counter({
    name: 'groups_mock_database_retries_total',
    help: 'Units of work that ran again because another process was faster.',
    registers,
  });
  const lateWorlds = new Gauge({
    name: 'groups_mock_late_worlds',
    help: 'Worlds, of all processes, with a sync that should have been completed by now.',
    registers,
  });
  return (readings) => {
    for (const [state, count] of Object.entries(readings.pool)) connections.set({ state }, count);
    retries.reset();
    retries.inc(readings.retries);
    lateWorlds.set(readings.lateWorlds ?? Number.NaN);
  };
}
