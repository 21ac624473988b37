import { randomBytes } from 'node:crypto';
import { extname, join } from 'node:path';
import { type Reporter, startVitest, type TestCase } from 'vitest/node';
import { contractVersion } from '../generated/operations.ts';
import type { RuleId } from '../generated/rules.ts';
import packageJson from '../package.json' with { type: 'json' };
import { checks } from './checks.ts';
import type { CheckRecord } from './outcome.ts';
import { Connection, NetworkError } from './support/client.ts';
import type { Settings } from './support/session.ts';
import { exitCodeOf, type Profile, type RuleRecord, ruleRecords, type Verdict, verdictOf } from './verdict.ts';

export type { CheckRecord, Outcome, SkipReason } from './outcome.ts';
export type { Profile, RuleRecord, Verdict } from './verdict.ts';

/** What to judge, and how. */
export interface ConformanceOptions {
  /** Where the API is, without `/v1`: `http://127.0.0.1:4010`. */
  readonly baseUrl: string;
  readonly apiKey: string;
  /** The key of a second organization, for the rules that need one. */
  readonly otherApiKey?: string | undefined;
  /** Default `standard`. */
  readonly profile?: Profile;
  /** Only these rules (`LIFE-3`) or areas (`SYNC`). Default: all. */
  readonly only?: readonly string[];
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** How long a sync may take, in milliseconds. Default 60,000. */
  readonly syncTimeoutMs?: number;
  /** Called as checks end, in the order in which they do. */
  readonly onCheck?: (record: CheckRecord, progress: { readonly done: number; readonly of: number }) => void;
}

/** What a run found. */
export interface ConformanceResult {
  readonly suite: { readonly name: string; readonly version: string };
  readonly contract: { readonly version: string };
  readonly target: string;
  readonly profile: Profile;
  /** RFC 3339 timestamps. */
  readonly startedAt: string;
  readonly endedAt: string;
  readonly verdict: Verdict;
  readonly exitCode: number;
  /** Why nothing was judged, if so. */
  readonly reason?: string;
  readonly rules: readonly RuleRecord[];
  /** Ids of groups that the run created and could not empty. */
  readonly left: readonly string[];
}

export const defaultSyncTimeoutMs = 60_000;

/** The checks that a profile and a selection leave, as indexes into `checks`. */
function select(profile: Profile, only: readonly string[] | undefined): number[] {
  const wanted = (rule: RuleId) =>
    only === undefined || only.some((name) => name === rule || rule.startsWith(`${name}-`));
  return checks.flatMap((check, index) =>
    wanted(check.rule) && (profile !== 'read-only' || check.readOnly) ? [index] : [],
  );
}

/** Whether a name is that of a rule or of an area of rules. */
export const isRuleOrArea = (name: string): boolean =>
  checks.some(({ rule }) => rule === name || rule.startsWith(`${name}-`));

/**
 * Judges the service at a URL by the rules of the catalogue. Resolves with what was found, also where the target cannot
 * be reached or refuses the key; then nothing is judged and `reason` says why.
 */
export async function runConformance(options: ConformanceOptions): Promise<ConformanceResult> {
  const profile = options.profile ?? 'standard';
  const settings: Settings = {
    baseUrl: options.baseUrl,
    apiKey: options.apiKey,
    otherApiKey: options.otherApiKey,
    headers: options.headers ?? {},
    syncTimeoutMs: options.syncTimeoutMs ?? defaultSyncTimeoutMs,
    heavy: profile === 'certification',
    runId: randomBytes(5).toString('hex'),
  };
  const startedAt = new Date().toISOString();
  const reason = await whyNotJudged(settings);
  const { records, left } =
    reason === undefined
      ? await runChecks(settings, select(profile, options.only), options.onCheck)
      : { records: [], left: [] };
  const rules = ruleRecords(records);
  const verdict = verdictOf(rules, profile);
  return {
    suite: { name: packageJson.name, version: packageJson.version },
    contract: { version: contractVersion },
    target: settings.baseUrl,
    profile,
    startedAt,
    endedAt: new Date().toISOString(),
    verdict,
    exitCode: exitCodeOf(verdict, rules),
    ...(reason !== undefined && { reason }),
    rules,
    left,
  };
}

/** One request before the run, so that a wrong address or key is said once and not by every rule. */
async function whyNotJudged(settings: Settings): Promise<string | undefined> {
  const connection = new Connection(settings);
  const quiet = { record() {}, found() {} };
  try {
    for (const [name, key] of [
      ['API key', settings.apiKey],
      ['second API key', settings.otherApiKey],
    ] as const) {
      if (key === undefined) continue;
      const { status, headers } = await connection.send(key, { operation: 'listGroups', query: { limit: 1 } }, quiet);
      if (status === 401 || status === 403) return `${settings.baseUrl} refused the ${name} with ${status}`;
      if (status >= 300 && status < 400)
        return `${settings.baseUrl} redirects to ${headers.location}; give the address that answers itself`;
    }
    return undefined;
  } catch (error) {
    if (error instanceof NetworkError) return `${settings.baseUrl} cannot be reached: ${error.message}`;
    throw error;
  } finally {
    await connection.close();
  }
}

/** Runs the selected checks under vitest and collects what they left. */
async function runChecks(
  settings: Settings,
  selection: readonly number[],
  onCheck: ConformanceOptions['onCheck'],
): Promise<{ records: CheckRecord[]; left: readonly string[] }> {
  const records: CheckRecord[] = [];
  let left: readonly string[] = [];
  const errors: { readonly message: string; readonly stack?: string | undefined }[] = [];
  const take = (test: TestCase): void => {
    const { record } = test.meta();
    if (record === undefined) return;
    records.push(record);
    onCheck?.(record, { done: records.length, of: selection.length });
  };
  const collector: Reporter = {
    onTestCaseResult: take,
    onTestModuleEnd(module) {
      left = module.meta().left ?? left;
      errors.push(...module.errors());
    },
  };
  const vitest = await startVitest(
    [],
    {
      config: false,
      root: import.meta.dirname,
      include: [`suite${extname(import.meta.filename)}`],
      exclude: [],
      watch: false,
      pool: 'threads',
      isolate: false,
      maxWorkers: 1,
      // Checks wait for each other's requests on one connection, and each for its own syncs.
      maxConcurrency: selection.length + 1,
      testTimeout: 0,
      hookTimeout: 0,
      reporters: [collector],
      provide: { settings, selection },
    },
    { logLevel: 'error', cacheDir: join(import.meta.dirname, '../node_modules/.vite'), server: { watch: null } },
  );
  errors.push(...(vitest.state.getUnhandledErrors() as Error[]));
  await vitest.close();
  // What vitest makes of the tests is not the verdict.
  process.exitCode = 0;
  if (errors.length > 0) throw new Error(`the test runner failed: ${errors[0]?.stack ?? errors[0]?.message}`);
  if (records.length !== selection.length)
    throw new Error(`${selection.length} checks were selected, ${records.length} came back`);
  return { records, left };
}
