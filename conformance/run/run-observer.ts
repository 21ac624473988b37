import { type Level, type RuleId, rules } from '../../generated/rules.ts';
import type { Bodies } from '../contract/bodies.ts';
import { type JudgedContract, levelUnder, ownContract } from '../contract/judged-contract.ts';
import type { ObservedExchange } from '../observe/exchange.ts';
import { createObserver, type Findings, type Observer, type Violation } from '../observe/observer.ts';
import type { Readings } from '../observe/readings.ts';
import { redactedText } from '../observe/redaction.ts';
import { type RulePart, ruleOf } from '../rule-parts.ts';
import type { Exchange } from './exchange.ts';

/** A rule part: a rule with the level of the part under a contract. */
export interface LeveledRule {
  readonly rule: RuleId;
  readonly level: Level;
}

/** What all exchanges of a run show, regardless of what its checks looked at. */
export interface Observed {
  readonly findings: Findings;
  readonly readings: Readings;
  /** The exchanges, whose numbers in the findings count from 1. */
  readonly exchanges: readonly Exchange[];
}

/** Passes every exchange of a run to an observer. */
export class RunObserver {
  readonly #observer: Observer;
  readonly #contract: JudgedContract | undefined;
  /** The exchanges so far; violations number them from 1. */
  readonly exchanges: Exchange[] = [];
  readonly #violations: Violation[] = [];
  readonly #notEmptied = new Set<string>();

  constructor(syncTimeoutMs: number, contract: JudgedContract | undefined, bodies: Bodies) {
    this.#contract = contract;
    // Others may use the service during the run, but not the groups that it creates.
    this.#observer = createObserver({ others: 'elsewhere', excusesGateways: false, syncTimeoutMs, bodies });
  }

  /** Takes an exchange, and its redacted form as evidence. */
  see(exchange: ObservedExchange, evidence: Exchange): void {
    this.exchanges.push(evidence);
    const violations = this.#observer.see(exchange);
    this.#violations.push(...violations);
    if (violations.some(({ part }) => part === 'SYNC-9')) this.#notEmptied.add(groupIn(exchange.path));
  }

  /** Whether an empty roster did not remove everyone from a group, so that it may still have members. */
  mayHaveMembers(groupId: string): boolean {
    return this.#notEmptied.has(groupId);
  }

  /** The parts of rules that are certainly broken so far. */
  brokenParts(): readonly LeveledRule[] {
    return [...new Set(this.#violations.map(({ part }) => part))].flatMap(
      (part) => partUnder(part, this.#contract) ?? [],
    );
  }

  /** The violations of a part that are certain so far. */
  violationsOf(part: RulePart): readonly Violation[] {
    return this.#violations.filter((violation) => violation.part === part);
  }

  /** What was observed; its texts are redacted. */
  observed(redact: (text: string) => string): Observed {
    const plain = (text: string) => redactedText(redact(text));
    const findings = this.#observer.findings();
    const parts = findings.parts.map((part) => ({
      ...part,
      violations: part.violations.map((violation) => ({
        ...violation,
        request: plain(violation.request),
        expected: plain(violation.expected),
        received: plain(violation.received),
      })),
    }));
    return {
      findings: { ...findings, parts },
      readings: this.#observer.readings(),
      exchanges: this.exchanges,
    };
  }
}

/** The group of a path such as `/v1/groups/grp_…/members/sync`. */
const groupIn = (path: string): string => path.split('/')[path.split('/').indexOf('groups') + 1] ?? '';

/** The rule of a part, and the level that the part has under a contract; undefined if the contract does not have it. */
export function partUnder(part: RulePart, contract: JudgedContract = ownContract): LeveledRule | undefined {
  const rule = ruleOf(part);
  const level = levelUnder(contract, rule, part === rule ? rules[rule].level : 'should');
  return level && { rule, level };
}
