// Do not edit: written from spec/ by `npm run generate`.

/** Everything that the integration advisor recognises, by id. */
export const advice = {
  "ADV-APPEND": {
    "severity": "error",
    "title": "A roster looks like an addition, not like the whole group",
    "why": "A sync replaces the roster. It ends the subscription of everyone who is not in it, here of most of the members.",
    "fix": "Send every current member in every sync, also to add one person, under the reference_id of the first time. Refuse to send a roster that is much smaller than the last one."
  },
  "ADV-PLAN-CHANGE": {
    "severity": "error",
    "title": "A sync names another plan for someone who is a member",
    "why": "Nothing comes of it, and no failure tells so. The person stays on the old plan while your records name the new one.",
    "fix": "Leave the person out of one sync, wait until it is completed, and add them with the new plan in the next."
  },
  "ADV-UNREAD": {
    "severity": "error",
    "title": "The results of a sync were not read",
    "why": "A 202 is a receipt. Rows can fail, and only the completed sync says which; there are no webhooks.",
    "fix": "Keep the request_id and retrieve the sync until completed_at is set, then read results.failures."
  },
  "ADV-FAILURES": {
    "severity": "warning",
    "title": "Rows that failed were sent again unchanged",
    "why": "They fail again for the same reason, so these people have no care until somebody corrects the rows.",
    "fix": "Report results.failures to the people who keep the records. Correct the row, or leave it out until its reason is gone; a blocked person has a subscription under another organization that has to end first."
  },
  "ADV-RESUBMIT": {
    "severity": "warning",
    "title": "The same roster was submitted again while it was in flight",
    "why": "Syncs of a group wait for each other. A second one changes nothing and makes the first result later to come.",
    "fix": "Remember the request_id of the sync in flight per group, and poll it. Submit again only once it is completed."
  },
  "ADV-FAST-POLL": {
    "severity": "warning",
    "title": "A sync was polled faster than once a second",
    "why": "A sync takes seconds, a large one longer. Polls in between tell nothing and use up the rate limit.",
    "fix": "Wait at least a second between two retrievals, and longer from one to the next."
  },
  "ADV-BACKOFF": {
    "severity": "error",
    "title": "A request was repeated too soon after a 429, or before Retry-After was over",
    "why": "Repeating at once keeps the limit in force, for every process that uses the key, until the client gives up.",
    "fix": "Wait as many seconds as Retry-After says before the same request; without one half a second, then longer each time. Give up after a few attempts."
  },
  "ADV-RETRY-INVALID": {
    "severity": "warning",
    "title": "A request that was refused as invalid was sent again unchanged",
    "why": "A 400 says that the request is wrong. The same request is refused every time, and the roster is never applied.",
    "fix": "Retry only 408, 429 and 5xx, and requests without an answer. Report the message of a 400 to somebody who can correct it."
  },
  "ADV-RECREATE": {
    "severity": "error",
    "title": "A group was created again instead of being found by its reference",
    "why": "There is no delete. A group that is created again under another reference is a double for good, with members split over both; under the same one it is refused.",
    "fix": "List groups with external_reference_id before you create one, and after a 409. Keep the id of the group that is found."
  },
  "ADV-PAST-END": {
    "severity": "warning",
    "title": "Pages were walked on after an empty one",
    "why": "A page past the end is empty and no error, so a client that waits for an error never ends.",
    "fix": "Stop at pagination.total_pages, or at the first empty page."
  },
  "ADV-NO-REFERENCE": {
    "severity": "warning",
    "title": "A group was created without a reference",
    "why": "The API reference requires external_reference_id, so production may refuse the request. Without one you cannot find the group again after a lost answer, and creating it again makes a duplicate that cannot be deleted.",
    "fix": "Send your own identifier of the employer as external_reference_id, or give the group one by an update."
  },
  "ADV-UNKNOWN-FIELD": {
    "severity": "warning",
    "title": "A field that the contract does not know was sent again and again",
    "why": "It is ignored, so what it was to say never arrives, and no error tells so.",
    "fix": "Rename it as the hint says, or leave it out. The header x-mock-hint names it in every answer."
  }
} as const;

export type AdviceId = keyof typeof advice;
/** The worst first. */
export const severities = ["error","warning"] as const;
