import { type AdviceId, advice, severities } from '../../generated/advice.ts';
import type { components } from '../../generated/control-api.ts';
import { isAccepted, type Journal, type Recogniser, trafficOf } from './evidence.ts';
import { recreated, walkedOn, withoutReference } from './groups.ts';
import { fastPolled, unread } from './polling.ts';
import { impatient, retriedInvalid, unknownField } from './requests.ts';
import { appended, failedAgain, planChanged, resubmitted } from './syncs.ts';

type Schemas = components['schemas'];

const recognisers: Readonly<Record<AdviceId, Recogniser>> = {
  'ADV-APPEND': appended,
  'ADV-PLAN-CHANGE': planChanged,
  'ADV-UNREAD': unread,
  'ADV-FAILURES': failedAgain,
  'ADV-RESUBMIT': resubmitted,
  'ADV-FAST-POLL': fastPolled,
  'ADV-BACKOFF': impatient,
  'ADV-RETRY-INVALID': retriedInvalid,
  'ADV-RECREATE': recreated,
  'ADV-PAST-END': walkedOn,
  'ADV-NO-REFERENCE': withoutReference,
  'ADV-UNKNOWN-FIELD': unknownField,
};

/** What the journal of a world shows of how its clients would fare in production, the worst first. */
export function advise(world: string, journal: Journal): Schemas['Advice'] {
  const traffic = trafficOf(journal);
  const completed = new Set(journal.completions.map(({ request_id }) => request_id));
  const findings = Object.entries(recognisers).flatMap(([id, recognise]) => {
    const occurrences = recognise(traffic);
    return occurrences.length === 0 ? [] : [{ id, ...advice[id as AdviceId], occurrences }];
  });
  return {
    world,
    exchanges: traffic.exchanges.length,
    forgotten: journal.forgotten,
    unfinished: traffic.exchanges.filter((one) => isAccepted(one) && !completed.has(one.request_id as string)).length,
    findings: findings.sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity)),
  };
}
