import type { Quirks } from '../generated/quirks.ts';
import type { ScenarioName } from '../generated/scenarios.ts';
import { check } from './control/named-world.ts';
import { type FaultRequest, faultProfiles } from './domain/faults.ts';
import { nearestOf } from './domain/hints.ts';
import { Problem, shown } from './domain/problems.ts';
import { defaultQuirks, withQuirks } from './domain/quirks.ts';
import type { Host } from './jobs/clock.ts';
import type { Progress } from './jobs/queue.ts';
import type { Recorded } from './worlds/journal.ts';
import type { Seed } from './worlds/seed.ts';

/** Options of a mock; all are optional. Those of the command line have the same names. */
export interface MockOptions {
  /** Port to listen on; 0 for any free port, false for none, so that only `fetch` reaches the mock. Default: 4010. */
  readonly port?: number | false;
  /** Address to listen on, default 127.0.0.1; or the machine's time and timers, default those of the system. */
  readonly host?: string | Host;
  /** Address to listen on, if `host` is a machine's time. */
  readonly hostname?: string;
  /** Behavior for open questions of the contract (§8). Default: the first value of each quirk. */
  readonly quirks?: Partial<Quirks>;
  /** Milliseconds of world time until an accepted sync is completed. Default: 500. */
  readonly syncDelay?: number;
  /** Completes a sync after this number of retrievals instead. */
  readonly syncPolls?: number;
  /** Completes a sync only on request of the control plane. */
  readonly syncManual?: boolean;
  /** The same as one value. */
  readonly progress?: Progress;
  /** The initial content of each world. Default: the organizations acme and globex. */
  readonly seed?: Seed;
  /** A named initial content for each world, instead of a seed. Default: empty. */
  readonly scenario?: ScenarioName;
  /** Faults that every world starts with: the name of a profile, such as `flaky`, or a list. Default: none. */
  readonly faults?: string | readonly FaultRequest[];
  /** How many requests each key may send, such as `60/min`; more get a 429. Default: no limit. */
  readonly rateLimit?: string;
  /** Makes ids repeatable: the same text and the same requests give the same ids. Default: random ids. */
  readonly deterministic?: string;
  /** A folder that keeps each world in a file, so that it survives a restart. Default: worlds are kept in memory. */
  readonly data?: string;
  /**
   * The URL of a PostgreSQL database that keeps the worlds, and that several mocks can share. Needs the package `pg`.
   * Default: worlds are kept in memory.
   */
  readonly database?: string;
  /**
   * Opens worlds only to keys that were issued to tenants, which `/_mock/tenants` adds. Needs `database`. Keys are made
   * with a secret of at least 32 characters; those of the secret before it stay valid if it is given. Default: anybody can make keys.
   */
  readonly tenants?: { readonly secret: string; readonly previous?: string };
  /**
   * How long nobody may use a world before it is removed, in milliseconds. A world with a sync in flight stays. Needs
   * `database`. Default: worlds stay.
   */
  readonly worldTtl?: number;
  /**
   * How many worlds are open at once. If there are more, the least recently used is dropped or, with `data`, closed as
   * soon as it is idle: its clock is no longer valid then, and its journal is lost. With
   * `database`, how many are kept in memory. Default: 1000, with `data` 100, with `database` 250.
   */
  readonly openWorlds?: number;
  /** Whether the last complete requests and answers are kept in memory. Default: true. */
  readonly bodies?: boolean;
  /** Whether `/_mock/metrics` answers Prometheus. Needs the package prom-client. Default: false. */
  readonly metrics?: boolean;
  /** The token with which other machines may use the control plane. Default: none may. */
  readonly controlToken?: string;
  /** Called with every exchange and every completed sync when it is recorded in a journal. */
  readonly observe?: (recorded: Recorded) => void;
}

type Test = readonly [isValid: (value: unknown) => boolean, expected: string];

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isNumberUpTo = (max: number) => (value: unknown) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max;
const text: Test = [isText, 'a text'];
const yesOrNo: Test = [(value) => typeof value === 'boolean', 'true or false'];
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** What each option may be. Seeds, faults and quirks are checked by their own contract. */
const tests: { readonly [Name in keyof Required<MockOptions>]: Test } = {
  port: [(value) => value === false || isNumberUpTo(65_535)(value), 'a whole number from 0 to 65535, or false'],
  host: [
    (value) =>
      isText(value) || (isObject(value) && typeof value.now === 'function' && typeof value.after === 'function'),
    'an address, or an object with the functions now and after',
  ],
  hostname: text,
  quirks: [isObject, 'an object with quirks'],
  syncDelay: [isNumberUpTo(86_400_000), 'a whole number from 0 to 86400000'],
  syncPolls: [isNumberUpTo(1_000_000), 'a whole number from 0 to 1000000'],
  syncManual: yesOrNo,
  progress: [
    (value) =>
      isObject(value) &&
      (value.after === 'manual' ||
        (value.after === 'delay' && isNumberUpTo(86_400_000)(value.ms)) ||
        (value.after === 'polls' && isNumberUpTo(1_000_000)(value.count))),
    '{ after: "delay", ms }, { after: "polls", count } or { after: "manual" }',
  ],
  seed: [isObject, 'an object with the content of a seed'],
  scenario: text,
  faults: [
    (value) => Array.isArray(value) || (typeof value === 'string' && Object.hasOwn(faultProfiles, value)),
    `a list of faults, or one of ${Object.keys(faultProfiles).join(', ')}`,
  ],
  rateLimit: text,
  deterministic: [(value) => typeof value === 'string', 'a text'],
  data: text,
  database: [
    (value) => typeof value === 'string' && /^postgres(ql)?:\/\//.test(value) && URL.canParse(value),
    'a URL such as postgres://user@localhost/mock, with the special characters of a password percent-encoded',
  ],
  worldTtl: [(value) => isNumberUpTo(Number.MAX_SAFE_INTEGER)(value) && value !== 0, 'a whole number from 1'],
  tenants: [
    (value) => isObject(value) && isText(value.secret) && (value.previous === undefined || isText(value.previous)),
    'an object with a secret, and the previous one if there was one',
  ],
  openWorlds: [(value) => value !== 0 && isNumberUpTo(1_000_000)(value), 'a whole number from 1'],
  bodies: yesOrNo,
  metrics: yesOrNo,
  controlToken: text,
  observe: [(value) => typeof value === 'function', 'a function'],
};

const refuse = (message: string) => new Problem('invalid', 'bad_option', message);

/** Throws a Problem if an option is unknown or has a value that the mock cannot use, or if two exclude each other. */
export function refuseBadOptions(options: MockOptions): void {
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(tests, name)) {
      const nearest = nearestOf(name, Object.keys(tests));
      const known = nearest === undefined ? `expected ${Object.keys(tests).join(', ')}` : `did you mean "${nearest}"?`;
      throw refuse(`unknown option "${name}"; ${known}`);
    }
    const [isValid, expected] = tests[name as keyof MockOptions];
    if (value === undefined || isValid(value)) continue;
    // Its password must not appear in a log.
    const got = name === 'database' ? 'something else, which is not shown because of its password' : shown(value);
    throw refuse(`${name}: expected ${expected}, got ${got}.`);
  }
  withQuirks(defaultQuirks, options.quirks ?? {});
  if (options.seed !== undefined) check('Seed', options.seed);
  for (const fault of typeof options.faults === 'string' ? [] : (options.faults ?? [])) check('FaultRequest', fault);
  for (const name of ['tenants', 'worldTtl'] as const)
    if (options[name] !== undefined && options.database === undefined)
      throw refuse(`${name}: expected "database", too; worlds elsewhere belong to one team.`);
  for (const [one, other] of exclusive)
    if (options[one] !== undefined && options[other] !== undefined)
      throw refuse(`expected "${one}" or "${other}", got both.`);
}

const exclusive = [
  ['database', 'data'],
  ['database', 'deterministic'],
  ['database', 'rateLimit'],
  ['seed', 'scenario'],
  ['syncDelay', 'syncPolls'],
  ['syncDelay', 'syncManual'],
  ['syncPolls', 'syncManual'],
  ['progress', 'syncDelay'],
  ['progress', 'syncPolls'],
  ['progress', 'syncManual'],
] as const;

/** When syncs complete. */
export function progressFrom({ progress, syncDelay, syncPolls, syncManual }: MockOptions): Progress {
  if (syncManual) return { after: 'manual' };
  if (syncPolls !== undefined) return { after: 'polls', count: syncPolls };
  return progress ?? { after: 'delay', ms: syncDelay ?? 500 };
}
