import type { Exchange } from '../run/exchange.ts';
import type { CheckRecord } from '../run/outcome.ts';
import type { ConformanceResult } from '../verdict/result.ts';
import type { RuleRecord } from '../verdict/rule-record.ts';
import { bytesOf, curl, needsFile } from './curl.ts';
import { storyScript } from './story-script.ts';
import { failedExchange } from './wording.ts';

/** The subfolder of the reports with the scripts that repeat failures. */
export const reproFolder = 'repro';

/** The pattern of the file names in it. */
export const reproFile = /^[A-Z]+-\d+(-should)?(-\d+)?(-step-\d+)?\.(sh|body)$/;

/** `LIFE-3`, `GRP-1-should`, or `LIFE-3-2` for the second failing check of a part. */
function reproName({ id, level, checks }: RuleRecord, check: CheckRecord): string {
  const number = checks.filter(({ message }) => message !== undefined).indexOf(check) + 1;
  return `${id}${level === 'should' ? '-should' : ''}${number > 1 ? `-${number}` : ''}`;
}

/** The exchanges up to the failed one in the check that sent it, which is another check if the failure was only observed. */
function storyOf(result: ConformanceResult, check: CheckRecord): readonly Exchange[] {
  const failed = failedExchange(check);
  if (failed === undefined) return [];
  const isSender = ({ exchanges }: CheckRecord) => exchanges.length > 1 && exchanges.includes(failed);
  const own = check.failedOn === undefined || check.exchanges.length > 1;
  const sender = own ? check : result.rules.flatMap(({ checks }) => checks).find(isSender);
  const exchanges = sender?.exchanges ?? [failed];
  return exchanges.slice(0, exchanges.indexOf(failed) + 1);
}

/** How to repeat a failure: one request, and all steps if there are more. */
export interface Repeat {
  readonly curl: string;
  /** The script of all steps. */
  readonly script?: string;
  readonly steps: number;
}

/** How to repeat a failing check; `folder` is that of the reports, if they are written. */
export function repeatOf(
  result: ConformanceResult,
  record: RuleRecord,
  check: CheckRecord,
  folder?: string,
): Repeat | undefined {
  const failed = failedExchange(check);
  if (failed === undefined) return undefined;
  const path = folder === undefined ? undefined : `${folder}/${reproName(record, check)}`;
  const steps = storyOf(result, check).length;
  return {
    curl: curl(failed, path && `${path}.body`),
    steps,
    ...(steps > 1 && path !== undefined && { script: `${path}.sh` }),
  };
}

/** The scripts and bodies that repeat the failures of a run, by file name. */
export function reproFiles(result: ConformanceResult): ReadonlyMap<string, string | Buffer> {
  const files = new Map<string, string | Buffer>();
  for (const record of result.rules)
    for (const check of record.checks) {
      const failed = check.message === undefined ? undefined : failedExchange(check);
      if (failed === undefined) continue;
      const name = reproName(record, check);
      if (needsFile(failed.request)) files.set(`${name}.body`, bytesOf(failed.request));
      const story = storyOf(result, check);
      if (story.length > 1) for (const [file, text] of storyScript(name, check, story)) files.set(file, text);
    }
  return files;
}
