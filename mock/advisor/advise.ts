import { type AdviceId, advice, severities } from '../../generated/advice.ts';
import type { components } from '../../generated/control-api.ts';
import { type Detector, isAccepted, type JournalContent, trafficOf } from './evidence.ts';
import { pagedPastEnd, recreated, withoutReference } from './groups.ts';
import { fastPolled, unread } from './polling.ts';
import { retriedInvalid, retriedTooSoon, unknownField } from './requests.ts';
import { appended, failedAgain, planChanged, resubmitted } from './syncs.ts';

type Schemas = components['schemas'];

const detectors: Readonly<Record<AdviceId, Detector>> = {
  'ADV-APPEND': appended,
  'ADV-PLAN-CHANGE': planChanged,
  'ADV-UNREAD': unread,
  'ADV-FAILURES': failedAgain,
  'ADV-RESUBMIT': resubmitted,
  'ADV-FAST-POLL': fastPolled,
  'ADV-BACKOFF': retriedTooSoon,
  'ADV-RETRY-INVALID': retriedInvalid,
  'ADV-RECREATE': recreated,
  'ADV-PAST-END': pagedPastEnd,
  'ADV-NO-REFERENCE': withoutReference,
  'ADV-UNKNOWN-FIELD': unknownField,
};

/** Finds problems that the clients in the journal of a world would have in production, the most severe first. */
export function advise(world: string, journal: JournalContent): Schemas['Advice'] {
  const traffic = trafficOf(journal);
  const completed = new Set(journal.completions.map(({ request_id }) => request_id));
  const findings = Object.entries(detectors).flatMap(([id, detect]) => {
    const occurrences = detect(traffic);
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
