import { levelOf, type RulePart, ruleParts } from '../rule-parts.ts';
import { otherOrganization, withoutKey } from './access.ts';
import { errorBody, successBody, traceIds, withoutFailure } from './bodies.ts';
import { type ObservedExchange, read as readExchange, type Seen } from './exchange.ts';
import * as groups from './groups.ts';
import * as identifiers from './identifiers.ts';
import type { Judgement } from './judgement.ts';
import { limits, Memory, type ObserverOptions } from './memory.ts';
import type { Observation } from './observation.ts';
import { createWalks, envelope, filter, page } from './pagination.ts';
import { ReadingCollector, type Readings } from './readings.ts';
import { createAcceptance, invalidBody, malformedJson, repeatedReference } from './requests.ts';
import { createRosters } from './rosters.ts';
import * as syncs from './syncs.ts';

/** A rule broken by one exchange. */
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

/** What was seen of one part of a rule. Nothing was if both are empty. */
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
  /** What was forgotten because the traffic was too long, by the names of the limits. */
  readonly limitsReached: readonly string[];
}

export interface Observer {
  /**
   * Judges an exchange by itself and by those before, and returns the violations that are now certain. Give exchanges in the
   * order in which they began, or ended.
   */
  see(exchange: ObservedExchange): readonly Violation[];
  /** Judges the next exchange as if it were the first: it is not known what was before it. */
  forget(): void;
  findings(): Findings;
  /** How the service reads the open questions of the contract. */
  readings(): Readings;
}

const maxViolations = 20;

/** Every observation, in the order in which an exchange is looked at. */
const observations = (): readonly Observation[] => [
  withoutFailure,
  errorBody,
  traceIds,
  successBody,
  withoutKey,
  otherOrganization,
  ...Object.values<Observation>({
    groupIds: identifiers.groupIds,
    newGroupId: identifiers.newGroupId,
    sameId: identifiers.sameId,
    malformedId: identifiers.malformedId,
    requestIds: identifiers.requestIds,
    planIds: identifiers.planIds,
    memberIds: identifiers.memberIds,
  }),
  groups.created,
  groups.accepted,
  groups.timestamps,
  groups.read,
  groups.updated,
  groups.emptyUpdate,
  groups.unique,
  groups.deletion,
  envelope,
  page,
  filter,
  createWalks(),
  malformedJson,
  invalidBody,
  repeatedReference,
  createAcceptance(),
  syncs.receipt,
  syncs.sameAsReceipt,
  syncs.result,
  syncs.completed,
  syncs.inTime,
  createRosters(),
];

interface Tally {
  held: number;
  broken: number;
  readonly violations: Violation[];
}

/** A judgement with what is known of its exchange, whose bodies need not be kept. */
interface Pending {
  readonly judgement: Judgement;
  readonly number: number;
  readonly request: string;
  readonly startedAt: number;
  readonly endedAt: number;
}

function pendingOf(judgement: Judgement, { number, exchange }: Seen): Pending {
  const { method, path, status, startedAt, endedAt } = exchange;
  return { judgement, number, request: `${method} ${path} → ${status ?? 'no answer'}`, startedAt, endedAt };
}

/** Judges traffic by every rule that answers can tell, and accuses nobody of what they cannot. */
export function createObserver(options: ObserverOptions = {}): Observer {
  let memory = new Memory(options);
  let looks = observations();
  const collector = new ReadingCollector();
  const tallies = new Map<RulePart, Tally>();
  /** Judgements that a write seen later can still take back. */
  let pending: Pending[] = [];
  let count = 0;

  const settle = ({ judgement: { part, breach }, number, request }: Pending): Violation[] => {
    const tally = tallies.get(part) ?? { held: 0, broken: 0, violations: [] };
    tallies.set(part, tally);
    if (breach === undefined) {
      tally.held += 1;
      return [];
    }
    tally.broken += 1;
    const violation: Violation = { part, level: levelOf(part), exchange: number, request, ...breach };
    if (tally.violations.length < maxViolations) tally.violations.push(violation);
    return [violation];
  };

  /** Drops what the exchange may have changed while it was read. */
  const takeBack = ({ exchange, params, key }: Seen): void => {
    if (exchange.method === 'GET' || exchange.method === 'HEAD') return;
    const { startedAt, endedAt } = exchange;
    pending = pending.filter(
      (one) =>
        (one.judgement.quiet !== params.group_id && one.judgement.quiet !== key) ||
        one.endedAt < startedAt ||
        one.startedAt > endedAt,
    );
  };

  return {
    see(exchange) {
      count += 1;
      const seen = readExchange(exchange, count);
      const certain: Violation[] = [];
      if (pending.length > 0) takeBack(seen);
      for (const look of looks)
        for (const judgement of look(seen, memory)) {
          if (judgement.breach && judgement.quiet) memory.doubt(judgement.quiet);
          if (judgement.quiet === undefined || judgement.breach === undefined)
            certain.push(...settle(pendingOf(judgement, seen)));
          else pending.push(pendingOf(judgement, seen));
        }
      collector.see(seen, memory);
      memory.learn(seen);
      for (const one of pending.splice(0, Math.max(0, pending.length - limits.pending))) certain.push(...settle(one));
      return certain;
    },
    readings: () => collector.readings(),
    forget() {
      for (const one of pending.splice(0)) settle(one);
      memory = new Memory(options);
      looks = observations();
    },
    findings() {
      for (const one of pending.splice(0)) settle(one);
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
