import { beforeAll, describe, test } from 'vitest';
import { fileFormats, writeReports } from './report/reports.ts';
import { repeatOf } from './report/repro.ts';
import { baselineText, failedExchange, faultText, knownEntry, nameOf, refusalOf, skipTexts } from './report/wording.ts';
import { select } from './rules/selection.ts';
import type { CheckRecord } from './run/outcome.ts';
import { type ConformanceOptions, runConformance } from './run-conformance.ts';
import type { ConformanceResult } from './verdict/result.ts';
import { type RuleRecord, statementOf } from './verdict/rule-record.ts';
import { isKnown } from './verdict/verdict.ts';

export interface VitestOptions extends Omit<ConformanceOptions, 'baseUrl' | 'onCheck'> {
  /** Where the API is, without `/v1`, or a function that says so: it is called once the hooks before it have started the service. */
  readonly baseUrl: string | (() => string | Promise<string>);
  /** An existing folder that receives `report.json`, `report.html`, `junit.xml`, `evidence.har`, `report.sarif` and `repro/`. */
  readonly reportDir?: string;
}

/**
 * Registers one vitest test for each part of a rule. All of them are judged by one run, which a hook starts. A should that
 * is broken is printed as a warning; so is a failure that the baseline tolerates.
 *
 * @example
 * import { conformance } from 'vitable-groups-kit/vitest';
 * conformance({ baseUrl: 'http://127.0.0.1:3000', apiKey: 'vit_apk_acme' });
 */
export function conformance({ baseUrl, reportDir, ...options }: VitestOptions): void {
  const checks = select(options.profile ?? 'standard', options.only, options.contract);
  const names = new Set(checks.map(({ rule, level }) => `${rule} ${level}`));
  const parts = [...names].map((name) => checks.find(({ rule, level }) => `${rule} ${level}` === name) as CheckOfPart);

  describe('conformance to the Vitable groups API', () => {
    let result: ConformanceResult;
    beforeAll(async () => {
      const target = typeof baseUrl === 'string' ? baseUrl : await baseUrl();
      result = await runConformance({ ...options, baseUrl: target });
      if (reportDir !== undefined) await writeReports(result, fileFormats, reportDir);
    }, 0);

    for (const { rule: id, level } of parts)
      test(`${nameOf({ id, level })}: ${statementOf(id, level, options.contract)}`, ({ skip }) => {
        const record = result.rules.find((one) => one.id === id && one.level === level);
        if (record === undefined) throw new Error(result.reason ?? `${id} was not judged`);
        if (record.outcome === 'skipped') return skip(skipTexts(record));
        for (const check of record.checks) if (check.message !== undefined) tell(result, record, check);
      });

    test('the run judged every rule that was selected', () => {
      // A rule that was not selected is reported only if it is broken and selected checks rely on it.
      for (const record of result.rules.filter(({ id, level }) => !names.has(`${id} ${level}`)))
        for (const check of record.checks) tell(result, record, check);
      if (result.verdict !== 'incomplete' && result.verdict !== 'not judged') return;
      throw new Error([result.verdict, result.reason, ...result.rules.map(skipTexts)].filter(Boolean).join('; '));
    });
  });
}

type CheckOfPart = ReturnType<typeof select>[number];

/** Throws the message of a failing check, with a curl line to repeat it; only warns of a failure that does not count. */
function tell(result: ConformanceResult, record: RuleRecord, check: CheckRecord): void {
  const failed = failedExchange(check);
  const repeat = repeatOf(result, record, check);
  const entry = knownEntry(result, record);
  const lines = [`${check.title}: ${faultText(check)}`];
  if (entry) lines.push(baselineText(entry));
  if (failed && repeat) {
    const said = refusalOf(failed) ?? '';
    lines.push(`${failed.request.method} ${failed.request.url} → ${failed.response?.status ?? 'no answer'} ${said}`);
    lines.push(repeat.curl);
  }
  const message = lines.join('\n');
  if (check.outcome === 'warn' || isKnown(record, result.baseline)) console.warn(`${nameOf(record)}: ${message}`);
  else throw new Error(message);
}
