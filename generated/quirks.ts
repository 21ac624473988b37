// Do not edit: written from spec/ by `npm run generate`.

/** Every quirk by name; the first of its values is the default. */
export const quirks = {
  "create-status": {
    "section": "8.1",
    "question": "Which status does a successful create have?",
    "values": [
      {
        "value": "201",
        "effect": "Created, as the API reference says."
      },
      {
        "value": "200",
        "effect": "OK, as the concept page shows."
      }
    ],
    "asserts": "Must be one of the two (GRP-1); should be 201."
  },
  "external-reference": {
    "section": "8.2",
    "question": "May external_reference_id be left out on create?",
    "values": [
      {
        "value": "optional",
        "effect": "It is stored and returned as null."
      },
      {
        "value": "required",
        "effect": "The request is refused with 400."
      }
    ],
    "asserts": "Either; when accepted, the field is null or absent (GRP-11, a should)."
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
    "asserts": "Either, but the row never adds a member (SYNC-15)."
  },
  "phone": {
    "section": "8.5",
    "question": "Is phone required?",
    "values": [
      {
        "value": "optional",
        "effect": "It may be left out."
      },
      {
        "value": "required",
        "effect": "A row without it is refused with 400."
      }
    ],
    "asserts": "A row with a 10-digit phone is always accepted (SYNC-20)."
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
        "effect": "The nearest valid value is used, or the default where there is none."
      }
    ],
    "asserts": "Never more than 100 rows (PAGE-3), never a 5xx (ERR-7); should be 400 (PAGE-4)."
  },
  "error-shape": {
    "section": "8.7",
    "question": "What does the body of a 401 look like?",
    "values": [
      {
        "value": "current",
        "effect": "As every other error body."
      },
      {
        "value": "legacy",
        "effect": "An object error with code and message, as an older page shows."
      }
    ],
    "asserts": "Must be the current shape (ERR-1)."
  },
  "validation-status": {
    "section": "8.8",
    "question": "Which status has a group body that breaks its schema?",
    "values": [
      {
        "value": "400",
        "effect": "Bad Request."
      },
      {
        "value": "422",
        "effect": "Unprocessable Content; for a sync it stays 400."
      }
    ],
    "asserts": "Either for groups; 400 for a sync (SYNC-10)."
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
    "asserts": "Either."
  }
} as const;

export type QuirkName = keyof typeof quirks;
export type QuirkValue<Name extends QuirkName = QuirkName> = (typeof quirks)[Name]['values'][number]['value'];
/** A reading of each question. */
export type Quirks = { readonly [Name in QuirkName]: QuirkValue<Name> };
