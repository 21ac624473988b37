import { randomBytes } from 'node:crypto';
import packageJson from '../package.json' with { type: 'json' };
import { identityOf, type JudgedContract, ownContract } from './contract/judged-contract.ts';
import type { Profile } from './rules/names.ts';
import { select } from './rules/selection.ts';
import { whyNotJudged } from './run/first-contact.ts';
import { type HttpOptions, openHttp } from './run/http-transport.ts';
import { RunTotals, runLimits } from './run/limits.ts';
import { type OnCheck, runChecks } from './run/runner.ts';
import type { Settings } from './run/session.ts';
import { defaultSyncTimeoutMs } from './run/timeouts.ts';
import { verifiesTls } from './run/tls.ts';
import type { OpenTransport } from './run/transport.ts';
import { compareWithBaseline, isTolerated, type KnownFailure } from './verdict/baseline.ts';
import { withBlamedRules, withObserved } from './verdict/observed.ts';
import type { ConformanceResult } from './verdict/result.ts';
import { ruleRecords } from './verdict/rule-record.ts';
import { countOutcomes, exitCodeOf, verdictOf } from './verdict/verdict.ts';

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
  /** Sent with every request. Their values are kept out of the evidence. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Trusted and own certificates, and whether to use a proxy. */
  readonly connection?: HttpOptions;
  /** How long a sync may take, in milliseconds. Default 180,000. */
  readonly syncTimeoutMs?: number;
  /** How long one answer may take, in milliseconds. Default 30,000. */
  readonly requestTimeoutMs?: number;
  /** End the run after this many requests; the clean-up sends up to 1,000 more. Default 5,000. */
  readonly maxRequests?: number;
  /** End the run instead of creating more groups. Default 400. */
  readonly maxGroups?: number;
  /** The maximum number of requests per second. Default: no pause between requests. */
  readonly rate?: number;
  /** End the run at the first must that is broken and not in the baseline. */
  readonly failFast?: boolean;
  /** Judge by this older contract, as `readOlderContract` reads it. Default: the kit's own. */
  readonly contract?: JudgedContract | undefined;
  /** Known failures, which do not fail the run until they expire. */
  readonly baseline?: readonly KnownFailure[];
  /** Ends the run early: the suite empties its groups and skips the remaining checks, with the signal's reason if that is a text. */
  readonly signal?: AbortSignal;
  readonly onCheck?: OnCheck;
  /** Called before the suite waits because the target answered 429. */
  readonly onWait?: ((milliseconds: number) => void) | undefined;
}

/**
 * Judges the service at a URL by the rules of the catalogue. Never rejects because of the target: if it cannot be reached or
 * refuses the key, nothing is judged and `reason` says why.
 */
export const runConformance = (options: ConformanceOptions): Promise<ConformanceResult> => judgeTarget(options);

/** Like `runConformance`, for a target that is not reached over HTTP. */
export async function judgeTarget(
  options: ConformanceOptions,
  openTransport?: OpenTransport,
): Promise<ConformanceResult> {
  const { connection = {} } = options;
  const profile = options.profile ?? 'standard';
  const contract = options.contract ?? ownContract;
  const startedAt = new Date().toISOString();
  const tolerated = (options.baseline ?? []).filter((entry) => isTolerated(entry, startedAt));
  const totals = new RunTotals();
  const settings: Settings = {
    baseUrl: options.baseUrl,
    apiKey: options.apiKey,
    otherApiKey: options.otherApiKey,
    headers: options.headers ?? {},
    syncTimeoutMs: options.syncTimeoutMs ?? defaultSyncTimeoutMs,
    requestTimeoutMs: options.requestTimeoutMs,
    maxRequests: options.maxRequests ?? runLimits.requests,
    maxGroups: options.maxGroups ?? runLimits.groups,
    totals,
    rate: options.rate,
    heavy: profile === 'certification',
    contract,
    openTransport: openTransport ?? ((baseUrl) => openHttp(baseUrl, connection)),
    onWait: options.onWait,
    runId: randomBytes(5).toString('hex'),
    failFast: options.failFast ? { except: tolerated.map(({ rule, level }) => `${rule} ${level}`) } : undefined,
  };
  const checks = select(profile, options.only, contract);
  const obstacle =
    checks.length === 0
      ? `no check remains with the profile ${profile} and the selected rules`
      : await whyNotJudged(settings, options.signal);
  const { records, remains, observed } =
    obstacle === undefined
      ? await runChecks(settings, checks, options)
      : { records: [], remains: { left: [], groups: 0, requests: totals.requests }, observed: undefined };
  const judged = withBlamedRules(withObserved(records, observed, contract), contract);
  const rules = ruleRecords(judged, contract, observed?.findings);
  const endedAt = new Date().toISOString();
  const baseline = options.baseline ? compareWithBaseline(options.baseline, rules, endedAt) : null;
  const verdict = verdictOf(rules, profile);
  const stopped = records.find(({ skip }) => skip?.because === 'stopped')?.skip;
  const reason = obstacle ?? (stopped && 'message' in stopped ? stopped.message : undefined);
  return {
    suite: { name: packageJson.name, version: packageJson.version },
    contract: identityOf(contract),
    target: settings.baseUrl,
    verifiesTls: verifiesTls(settings.baseUrl, connection),
    profile,
    only: options.only ?? null,
    startedAt,
    endedAt,
    requests: remains.requests,
    verdict,
    exitCode: exitCodeOf(verdict, rules, { profile, baseline }),
    ...(reason !== undefined && { reason }),
    counts: countOutcomes(rules),
    rules,
    baseline,
    readings: observed?.readings ?? null,
    evidence: { maxCharacters: runLimits.evidenceCharacters, shortened: totals.isEvidenceFull },
    groups: remains.groups,
    left: remains.left,
    throttling: { answers: totals.throttled, milliseconds: totals.throttledMs },
    isSecondKeyOfSameOrganization: totals.isSecondKeyOfSameOrganization,
  };
}
