// Do not edit: written from spec/ by `npm run generate`.

/** Every quirk by name; the first of its values is the default. */
export const quirks = {
  "create-status": {
    "section": "8.1",
    "question": "Which status does a successful create have? No source states it.",
    "values": [
      {
        "value": "201",
        "effect": "Created."
      },
      {
        "value": "200",
        "effect": "OK."
      }
    ],
    "reason": "201 is the common practice for a create, and official clients take any 2xx.",
    "asserts": "Must be one of the two; should be 201 (GRP-1)."
  },
  "external-reference": {
    "section": "8.2",
    "question": "May external_reference_id be left out on create? The concept page says \"optional but recommended\"; the API reference and every SDK type say required, and never null in an answer.",
    "values": [
      {
        "value": "empty",
        "effect": "It is stored and returned as \"\", and any number of groups may have none."
      },
      {
        "value": "null",
        "effect": "It is returned as null, and any number of groups may have none."
      },
      {
        "value": "required",
        "effect": "The request is refused with 400."
      }
    ],
    "reason": "An empty text is the one reading of \"optional\" that official clients can read; update allows it too.",
    "asserts": "Accepts all three (GRP-11, a should); when accepted, the field is \"\", null or absent (ERR-8)."
  },
  "cross-group": {
    "section": "8.3",
    "question": "What becomes of a person who is already active in another group of the same organization?",
    "values": [
      {
        "value": "move",
        "effect": "The subscription in the other group ends, one in this group starts."
      },
      {
        "value": "reject",
        "effect": "The row is listed in failures."
      }
    ],
    "reason": "A person belongs to one group at a time, and the newer roster is the better knowledge.",
    "asserts": "Never active in both (LIFE-11)."
  },
  "unknown-plan": {
    "section": "8.4",
    "question": "What happens to a row whose plan_id the organization does not have?",
    "values": [
      {
        "value": "failure",
        "effect": "The row is listed in failures, the others are applied."
      },
      {
        "value": "reject",
        "effect": "The whole submission is refused with 400."
      }
    ],
    "reason": "The published example of a completed sync has the failure \"Invalid plan_id\".",
    "asserts": "Either, but the row never adds a member (SYNC-15)."
  },
  "phone": {
    "section": "8.5",
    "question": "Is phone required? Older pages say yes; SDK types since 0.9.0 say that it may be omitted or null.",
    "values": [
      {
        "value": "optional",
        "effect": "It may be left out or null."
      },
      {
        "value": "required",
        "effect": "A row without it, or with null, is refused with 400."
      }
    ],
    "reason": "The SDK types are newer than the pages.",
    "asserts": "A row with a 10-digit phone of an assigned US area code is always accepted (SYNC-20); phone should be optional (SYNC-16)."
  },
  "pagination-errors": {
    "section": "8.6",
    "question": "What happens to a page or limit that is out of range or not a number?",
    "values": [
      {
        "value": "reject",
        "effect": "The request is refused with 400."
      },
      {
        "value": "clamp",
        "effect": "The nearest valid value is used, or the default if there is none."
      }
    ],
    "reason": "The docs give the range, and a refusal tells a client that its loop is wrong.",
    "asserts": "Never more than 100 rows (PAGE-3), never a 5xx (ERR-7); should be 400 (PAGE-4)."
  },
  "error-shape": {
    "section": "8.7",
    "question": "What does the body of a 401 look like? An older page shows an object with code and message.",
    "values": [
      {
        "value": "current",
        "effect": "As every other error body."
      },
      {
        "value": "legacy",
        "effect": "An object error with code and message, as the older page shows."
      }
    ],
    "reason": "The SDKs read the current shape for every status.",
    "asserts": "Must be the current shape (ERR-1)."
  },
  "validation-status": {
    "section": "8.8",
    "question": "Which status has a body that breaks its schema? The SDKs declare 400 and 422 for create, update and submit.",
    "values": [
      {
        "value": "400",
        "effect": "Bad Request."
      },
      {
        "value": "422",
        "effect": "Unprocessable Content; a repeated reference_id stays 400."
      }
    ],
    "reason": "The pages on syncs say 400.",
    "asserts": "Either; should be 400 for a sync (SYNC-10, SYNC-11). A repeated reference_id is 400 (SYNC-8)."
  },
  "empty-total-pages": {
    "section": "8.10",
    "question": "What is total_pages of an empty list?",
    "values": [
      {
        "value": "0",
        "effect": "No page."
      },
      {
        "value": "1",
        "effect": "One empty page."
      }
    ],
    "reason": "It is what the formula gives.",
    "asserts": "Either."
  },
  "refusal-order": {
    "section": "8.26",
    "question": "Which comes first for a request with a bad body to an unknown group?",
    "values": [
      {
        "value": "group-first",
        "effect": "404: the group is looked up before body and page are checked."
      },
      {
        "value": "body-first",
        "effect": "400: the body is checked first."
      }
    ],
    "reason": "Sister endpoints answer 404 \"before the request body is validated\" and \"before pagination is validated\".",
    "asserts": "Nothing."
  },
  "overlap": {
    "section": "8.27",
    "question": "What happens to a sync that is submitted while another of the same group is in flight?",
    "values": [
      {
        "value": "queue",
        "effect": "It is accepted and waits for the other."
      },
      {
        "value": "reject",
        "effect": "It is refused with 409."
      }
    ],
    "reason": "The docs describe a queue, and mention no refusal.",
    "asserts": "Nothing but SYNC-19 if both are accepted; every other check waits for one sync of a group before the next."
  },
  "phone-format": {
    "section": "8.28",
    "question": "May a phone have formatting characters or a leading 1? Sister endpoints ignore both.",
    "values": [
      {
        "value": "strict",
        "effect": "The row is refused with 400."
      },
      {
        "value": "lenient",
        "effect": "They are ignored, and the 10 digits are stored."
      }
    ],
    "reason": "The docs say ten digits, the SDKs E.164; a client that sends either works with both readings.",
    "asserts": "Nothing."
  }
} as const;

/** The open questions that the mock always answers in one way, with that answer. */
export const fixedAnswers: Readonly<Record<string, string>> = {
  "list-order": "newest-first",
  "sync-order": "accepted",
  "roster-limit": "5000",
  "readded-id": "same",
  "repeated-person": "later-fails",
  "present-unknown-plan": "no-op",
  "moved-removal": "never",
  "no-email": "name-and-phone",
  "empty-reference": "none",
  "null-reference": "omitted",
  "future-birth": "accepted",
  "text-length": "code-points",
  "unsupported-method": "405",
  "shared-reference": "independent",
  "broken-requests": "refused",
  "sync-retention": "as-long-as-the-group",
  "unknown-fields": "ignored",
  "exact-references": "exact",
  "update-without-body": "no-change",
  "reused-reference": "same-unless-active"
};

export type QuirkName = keyof typeof quirks;
export type QuirkValue<Name extends QuirkName = QuirkName> = (typeof quirks)[Name]['values'][number]['value'];
/** A reading of each question. */
export type Quirks = { readonly [Name in QuirkName]: QuirkValue<Name> };
