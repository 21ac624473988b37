import { levelOf, type RulePart, ruleParts } from '../rule-parts.ts';
import { type ObservedExchange, parseExchange, requestText, type Seen } from './exchange.ts';
import type { Judgement } from './judgement.ts';
import { Memory, memoryLimits, type ObserverOptions } from './memory.ts';
import { createObservations } from './observations.ts';
import { ReadingCollector, type Readings } from './readings.ts';

/** One exchange that breaks a rule. */
export interface Violation {
  readonly part: RulePart;
  readonly level: 'must' | 'should';
  /** Of the exchange, counted from 1. */
  readonly exchange: number;
  /** Method, path and status of the exchange. */
  readonly request: string;
  readonly where: string;
  readonly expected: string;
  readonly received: string;
}

/** How often one part of a rule was kept and broken; never seen if both are 0. */
export interface PartFinding {
  readonly part: RulePart;
  readonly level: 'must' | 'should';
  readonly held: number;
  readonly broken: number;
  /** The first of them. */
  readonly violations: readonly Violation[];
}

export interface Findings {
  readonly exchanges: number;
  readonly parts: readonly PartFinding[];
  /** The names of the memory limits that were reached. */
  readonly limitsReached: readonly string[];
}

export interface Observer {
  /**
   * Judges an exchange by itself and by earlier ones, and returns the violations that are now certain. Pass exchanges in the
   * order in which they began, or ended.
   */
  see(exchange: ObservedExchange): readonly Violation[];
  /** Returns the violations that were held back because of writes in flight. Call it when no request is in flight. */
  settle(): readonly Violation[];
  /** Judges the next exchange as if it were the first. */
  forget(): void;
  findings(): Findings;
  /** How the service reads the open questions of the contract. */
  readings(): Readings;
}

const maxViolations = 20;

interface Tally {
  held: number;
  broken: number;
  readonly violations: Violation[];
}

/** A violation that is dropped if a later exchange shows a write at the same time. */
interface Pending {
  readonly violation: Violation;
  readonly quiet: string;
  readonly startedAt: number;
  readonly endedAt: number;
}

function violationOf(part: RulePart, breach: NonNullable<Judgement['breach']>, { number, exchange }: Seen): Violation {
  return { part, level: levelOf(part), exchange: number, request: requestText(exchange), ...breach };
}

/** Judges traffic by every rule that answers can show, and reports only certain violations. */
export function createObserver(options: ObserverOptions = {}): Observer {
  let memory = new Memory(options);
  let observationsOf = createObservations();
  const collector = new ReadingCollector();
  const tallies = new Map<RulePart, Tally>();
  let pending: Pending[] = [];
  let count = 0;

  const tallyOf = (part: RulePart): Tally => {
    const tally = tallies.get(part) ?? { held: 0, broken: 0, violations: [] };
    if (tally.held + tally.broken === 0) tallies.set(part, tally);
    return tally;
  };

  const settle = (violation: Violation): Violation => {
    const tally = tallyOf(violation.part);
    tally.broken += 1;
    if (tally.violations.length < maxViolations) tally.violations.push(violation);
    return violation;
  };

  /** Drops violations in reads of what this exchange was writing at the same time. */
  const takeBack = ({ exchange, params, key }: Seen): void => {
    if (exchange.method === 'GET' || exchange.method === 'HEAD') return;
    const { startedAt, endedAt } = exchange;
    pending = pending.filter(
      (one) =>
        (one.quiet !== params.group_id && one.quiet !== key) || one.endedAt < startedAt || one.startedAt > endedAt,
    );
  };

  return {
    see(exchange) {
      count += 1;
      const seen = parseExchange(exchange, count);
      const certain: Violation[] = [];
      if (pending.length > 0) takeBack(seen);
      for (const look of observationsOf(seen))
        for (const { part, breach, quiet } of look(seen, memory)) {
          if (breach === undefined) {
            tallyOf(part).held += 1;
            continue;
          }
          const violation = violationOf(part, breach, seen);
          if (quiet === undefined) certain.push(settle(violation));
          else {
            memory.doubt(quiet);
            const { startedAt, endedAt } = exchange;
            pending.push({ violation, quiet, startedAt, endedAt });
          }
        }
      collector.see(seen, memory);
      memory.learn(seen);
      const overdue = pending.splice(0, Math.max(0, pending.length - memoryLimits.pending));
      return [...certain, ...overdue.map(({ violation }) => settle(violation))];
    },
    readings: () => collector.readings(),
    settle: () => pending.splice(0).map(({ violation }) => settle(violation)),
    forget() {
      for (const { violation } of pending.splice(0)) settle(violation);
      memory = new Memory(options);
      observationsOf = createObservations();
    },
    findings() {
      for (const { violation } of pending.splice(0)) settle(violation);
      return {
        exchanges: count,
        parts: ruleParts.map((part) => ({
          part,
          level: levelOf(part),
          held: tallies.get(part)?.held ?? 0,
          broken: tallies.get(part)?.broken ?? 0,
          violations: tallies.get(part)?.violations ?? [],
        })),
        limitsReached: [...memory.reached],
      };
    },
  };
}
