import { type Need, type RuleId, rules } from '../../generated/rules.ts';
import { ownContract } from '../contract/judged-contract.ts';
import { fieldsIn, parsed } from '../run/answer.ts';
import type { Exchange } from '../run/exchange.ts';
import type { CheckRecord, Outcome, SkipReason } from '../run/outcome.ts';
import { showValue } from '../show-value.ts';
import type { BaselineEntry } from '../verdict/baseline.ts';
import type { ConformanceResult } from '../verdict/result.ts';
import type { RuleRecord } from '../verdict/rule-record.ts';

/** The words that all reports share. */

export const outcomes = ['fail', 'error', 'warn', 'skipped', 'pass'] as const satisfies readonly Outcome[];

const needs: Readonly<Record<Need, string>> = {
  'other-key': 'the key of a second organization (--other-api-key)',
  heavy: 'many rows or groups (--profile certification)',
  'second-plan': 'a second plan of the organization',
  'foreign-plan': 'a plan that only the second organization has',
  tokens: 'access tokens, which a service need not offer (404 to the first request)',
  members: 'members, which a service need not offer (404 to the first request)',
};

export const needText = (need: Need): string => needs[need];

/** Why something was not judged, in one line. */
export function skipText(skip: SkipReason): string {
  if (skip.because === 'need') return `needs ${needs[skip.need]}`;
  return skip.because === 'unmet' && skip.rule !== null ? `${skip.message} (see ${skip.rule})` : skip.message;
}

/** The reasons of a rule part, each once. */
export const skipTexts = ({ skips }: RuleRecord): string => [...new Set(skips.map(skipText))].join('; ');

/** `LIFE-3`, or `GRP-1 (should)`. */
export const nameOf = ({ id, level }: Pick<RuleRecord, 'id' | 'level'>): string =>
  level === 'should' ? `${id} (should)` : id;

export const sourceOf = (id: RuleId): string => rules[id].source.join(', ');

/** `12 pass, 0 fail, …` */
export const countsText = ({ counts }: ConformanceResult): string =>
  (['pass', 'fail', 'warn', 'skipped', 'error'] as const).map((outcome) => `${counts[outcome]} ${outcome}`).join(', ');

/** The contract that was used, and whether it differs from the kit's own. */
export const contractText = ({ version, sha256 }: ConformanceResult['contract']): string =>
  `contract ${version}${sha256 === ownContract.sha256 ? '' : `, not this kit's ${ownContract.version}`}`;

export const secondsOf = ({ startedAt, endedAt }: ConformanceResult): number =>
  (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;

/** What is known about a failing rule part; undefined if it is not in the baseline. */
export const knownEntry = ({ baseline }: ConformanceResult, { id, level }: RuleRecord): BaselineEntry | undefined =>
  baseline?.find((entry) => entry.rule === id && entry.level === level);

/** The state of a baseline entry, in one line. */
export function baselineText({ state, owner, reason, expires }: BaselineEntry): string {
  const about = `${reason} (${owner}, until ${expires})`;
  switch (state) {
    case 'known':
      return `known failure, tolerated: ${about}`;
    case 'expired':
      return `known failure, but no longer tolerated: ${about}`;
    case 'fixed':
      return `fixed, remove it from the baseline: ${about}`;
    case 'unseen':
      return `in the baseline, not judged in this run: ${about}`;
  }
}

/** The verdict in words. A run of only some rules cannot call a service conformant. */
export function verdictText({ verdict, only }: ConformanceResult): string {
  if (only === null || !verdict.startsWith('conformant')) return verdict;
  return `${verdict.replace('conformant', 'passed')}: ${only.join(', ')}`;
}

/** Remarks about the run that belong into every report, one line each. */
export function remarksOf(result: ConformanceResult): string[] {
  const { verifiesTls, throttling, isSecondKeyOfSameOrganization, requests } = result;
  const remarks: string[] = [];
  if (verifiesTls === false)
    remarks.push('The certificate of the target was not verified (--insecure or NODE_TLS_REJECT_UNAUTHORIZED=0).');
  if (isSecondKeyOfSameOrganization)
    remarks.push('The second API key belongs to the same organization as the first, so it counts as missing.');
  if (throttling.answers > 0) {
    const perSecond = requests / secondsOf(result);
    const waited = (throttling.milliseconds / 1000).toFixed(1);
    remarks.push(
      `The target answered 429 ${throttling.answers} times, and the run waited ${waited} s because of it; --rate sends fewer requests per second (this run: ${perSecond.toFixed(1)}).`,
    );
  }
  return remarks;
}

/** What a run left behind at the target, in one line. */
export function remainsText({ groups, left }: ConformanceResult): string {
  const api = 'the API cannot delete groups';
  return left.length === 0
    ? `${groups} empty groups remain; ${api}.`
    : `${groups} groups remain; ${api}. These could not be emptied and may have members of this run: ${left.join(', ')}`;
}

/** What went wrong, in one line. */
export const faultText = ({ message = '', expected, received }: CheckRecord): string =>
  expected === undefined || received === undefined ? message : `${message}: expected ${expected}, received ${received}`;

/** The exchange that shows what a check found broken. */
export const failedExchange = ({ exchanges, failedOn }: CheckRecord): Exchange | undefined =>
  failedOn ?? exchanges.at(-1);

/** What the service said when it refused a request: the message of its error body, or how its answer begins. */
export function refusalOf({ response }: Exchange): string | undefined {
  if (response === null || response.status < 400) return undefined;
  const { message, error } = fieldsIn(parsed(response.body));
  const said = message ?? fieldsIn(error).message ?? error ?? response.body;
  return said === '' ? undefined : showValue(said);
}

/** Replaces control characters, so that a target cannot write to terminals or break a format. */
export const printable = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
  text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, '0');
    return `\\u${code}`;
  });
