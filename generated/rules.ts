// Do not edit: written from spec/ by `npm run generate`.

/** Every rule of the catalogue, by id. */
export const rules = {
  "AUTH-1": {
    "level": "must",
    "statement": "Without an Authorization header every operation on groups, plans and syncs answers 401 with the error body. Tokens and members are judged by TOK-2.",
    "source": [
      "docs"
    ],
    "needs": []
  },
  "AUTH-2": {
    "level": "must",
    "statement": "An unknown key, or an unknown access token, is answered with 401; so is one that differs from a known key in case, or is only a part of it.",
    "should": "A known key without the scheme Bearer, or under another scheme, is answered with 401.",
    "source": [
      "docs"
    ],
    "needs": []
  },
  "AUTH-3": {
    "level": "must",
    "statement": "Another organization's group is 404, whatever the body and just as an unknown group, on retrieve, update (with no effect), sync and sync retrieval, and absent from lists and their totals.",
    "source": [
      "docs",
      "sdk"
    ],
    "needs": [
      "other-key"
    ]
  },
  "AUTH-4": {
    "level": "should",
    "statement": "A missing key (401) wins over a bad request (400) and an unknown group (404).",
    "source": [
      "inferred"
    ],
    "needs": []
  },
  "ID-1": {
    "level": "must",
    "statement": "A group id starts with grp_.",
    "source": [
      "seed"
    ],
    "needs": []
  },
  "ID-2": {
    "level": "must",
    "statement": "The rest of a group id is 1 to 64 URL-safe characters (letters, digits, _ and -).",
    "should": "It is the canonical base64 of 16 bytes, 22 characters of which the last is one of A Q g w.",
    "source": [
      "sdk",
      "inferred"
    ],
    "needs": []
  },
  "ID-3": {
    "level": "must",
    "statement": "A group's id is the same in create, retrieve, list, update and sync, before and after updates.",
    "source": [
      "seed"
    ],
    "needs": []
  },
  "ID-4": {
    "level": "must",
    "statement": "Two groups never share an id.",
    "source": [
      "seed"
    ],
    "needs": []
  },
  "ID-5": {
    "level": "must",
    "statement": "A sync request id is grpmsr_ and 1 to 64 URL-safe characters, new for each submission.",
    "should": "The rest is the canonical base64 of 16 bytes.",
    "source": [
      "docs",
      "sdk"
    ],
    "needs": []
  },
  "ID-6": {
    "level": "must",
    "statement": "organization_id is org_ and 1 to 64 URL-safe characters, the same for every group of one key.",
    "should": "The rest is the canonical base64 of 16 bytes.",
    "source": [
      "docs",
      "sdk"
    ],
    "needs": []
  },
  "ID-7": {
    "level": "should",
    "statement": "Plan ids start with pln_ or plan_.",
    "source": [
      "docs",
      "sdk"
    ],
    "needs": []
  },
  "ID-8": {
    "level": "must",
    "statement": "Group member ids are non-empty, and unique within each array of a result.",
    "should": "They start with grpmbr_.",
    "source": [
      "sdk",
      "wire"
    ],
    "needs": []
  },
  "ERR-1": {
    "level": "must",
    "statement": "Every 4xx and 5xx answer to GET, POST and PATCH has a JSON body with timestamp, message, error and trace_id of the right types.",
    "should": "So has every such answer to other methods, HEAD aside.",
    "source": [
      "sdk"
    ],
    "needs": []
  },
  "ERR-2": {
    "level": "must",
    "statement": "In an error body, error equals message.",
    "source": [
      "sdk"
    ],
    "needs": []
  },
  "ERR-3": {
    "level": "should",
    "statement": "trace_id differs between two responses.",
    "source": [
      "sdk"
    ],
    "needs": []
  },
  "ERR-4": {
    "level": "must",
    "statement": "Malformed JSON is answered with a 4xx, and nothing is created.",
    "should": "The status is 400, and a body that is not UTF-8 is answered with a 4xx too.",
    "source": [
      "inferred"
    ],
    "needs": []
  },
  "ERR-5": {
    "level": "must",
    "statement": "An unknown group id of the canonical form (22 characters) is answered with 404, also one that differs from a known id only in case; a malformed one with a 4xx.",
    "should": "A malformed one is answered with 404 too.",
    "source": [
      "docs"
    ],
    "needs": []
  },
  "ERR-6": {
    "level": "must",
    "statement": "DELETE on a group is refused with a 4xx, and the group is still there.",
    "source": [
      "seed"
    ],
    "needs": []
  },
  "ERR-7": {
    "level": "must",
    "statement": "No client input causes a 5xx or costs the connection, be it NUL and other control characters in any text, numbers far out of range, wrong types at any depth, broken encodings, or a body that is null.",
    "source": [
      "inferred"
    ],
    "needs": []
  },
  "ERR-8": {
    "level": "must",
    "statement": "Every response with a body is application/json and matches the contract's schema. Unknown extra fields are allowed; timestamps are present, possibly null; external_reference_id is null or absent only in a group created without one.",
    "source": [
      "docs"
    ],
    "needs": []
  },
  "GRP-1": {
    "level": "must",
    "statement": "Create returns 201 or 200 with a group.",
    "should": "The status is 201.",
    "source": [
      "seed",
      "inferred"
    ],
    "needs": []
  },
  "GRP-2": {
    "level": "must",
    "statement": "Create echoes name and external_reference_id exactly, with Unicode, spaces and 255 characters.",
    "should": "It does so with 255 characters that are not ASCII.",
    "source": [
      "seed"
    ],
    "needs": []
  },
  "GRP-3": {
    "level": "must",
    "statement": "created_at and updated_at are RFC 3339 in UTC, or null.",
    "source": [
      "docs"
    ],
    "needs": []
  },
  "GRP-4": {
    "level": "must",
    "statement": "Retrieve returns what create returned.",
    "source": [
      "seed"
    ],
    "needs": []
  },
  "GRP-5": {
    "level": "must",
    "statement": "An update of name alone changes only name and updated_at, an update of both fields changes both, and what an update changed is what retrieve and list then show.",
    "source": [
      "seed",
      "sdk"
    ],
    "needs": []
  },
  "GRP-6": {
    "level": "must",
    "statement": "An update of external_reference_id alone changes only that and updated_at; a group may be updated to the reference that it already has.",
    "source": [
      "seed",
      "sdk"
    ],
    "needs": []
  },
  "GRP-7": {
    "level": "should",
    "statement": "An update with an empty object, with null fields, or with no body at all is a 200 that changes nothing but perhaps updated_at.",
    "source": [
      "docs",
      "sdk"
    ],
    "needs": []
  },
  "GRP-8": {
    "level": "must",
    "statement": "An update never changes membership, whichever fields it changes and whatever else its body holds.",
    "source": [
      "seed"
    ],
    "needs": []
  },
  "GRP-9": {
    "level": "must",
    "statement": "An update keeps id, organization_id and created_at, and updated_at does not go back.",
    "source": [
      "inferred"
    ],
    "needs": []
  },
  "GRP-10": {
    "level": "must",
    "statement": "On create, a name that is missing (also if there is only a NAME), empty, over 255 characters or not a string is answered with a 4xx and nothing is created; on update, one that is empty, over 255 characters or not a string is answered with a 4xx and nothing changes.",
    "should": "A body that is not an object is answered with a 4xx.",
    "source": [
      "docs"
    ],
    "needs": []
  },
  "GRP-11": {
    "level": "should",
    "statement": "A group can be created without external_reference_id.",
    "source": [
      "seed"
    ],
    "needs": []
  },
  "GRP-12": {
    "level": "must",
    "statement": "A second group with the same external_reference_id is answered with a 4xx and nothing is created; so is an update to the reference of another group, and nothing changes. A reference from an update counts as much as one from the creation.",
    "should": "The status is 409.",
    "source": [
      "sdk"
    ],
    "needs": []
  },
  "GRP-13": {
    "level": "should",
    "statement": "Two groups may share a name.",
    "source": [
      "inferred"
    ],
    "needs": []
  },
  "GRP-14": {
    "level": "must",
    "statement": "An external_reference_id over 255 characters, or neither string nor null, is answered with a 4xx on create and update.",
    "source": [
      "docs"
    ],
    "needs": []
  },
  "GRP-15": {
    "level": "should",
    "statement": "A reference that an update freed can be used again; so can one that another organization uses (this part needs a second key).",
    "source": [
      "inferred"
    ],
    "needs": []
  },
  "GRP-16": {
    "level": "should",
    "statement": "References that differ in case, accents or white space are different; both groups are created, the filter finds the one that was asked for, both rows of a roster are added, and one that follows the other is an addition.",
    "source": [
      "inferred"
    ],
    "needs": []
  },
  "PAGE-1": {
    "level": "must",
    "statement": "A list has data, and pagination with four integers.",
    "source": [
      "docs"
    ],
    "needs": []
  },
  "PAGE-2": {
    "level": "must",
    "statement": "The defaults are page 1 and limit 20; pagination echoes the page and limit in force.",
    "source": [
      "docs"
    ],
    "needs": []
  },
  "PAGE-3": {
    "level": "must",
    "statement": "A page never has more than limit rows, and never more than 100.",
    "source": [
      "docs"
    ],
    "needs": []
  },
  "PAGE-4": {
    "level": "should",
    "statement": "A limit or page that is out of range or not a number is answered with 400.",
    "source": [
      "docs"
    ],
    "needs": []
  },
  "PAGE-5": {
    "level": "must",
    "statement": "Walking the pages yields every group exactly once, and as many as total.",
    "source": [
      "docs"
    ],
    "needs": []
  },
  "PAGE-6": {
    "level": "must",
    "statement": "A page past the end is 200 with an empty data and the same total.",
    "source": [
      "sdk"
    ],
    "needs": []
  },
  "PAGE-7": {
    "level": "must",
    "statement": "total_pages is total divided by limit, rounded up, when total is above 0.",
    "source": [
      "docs"
    ],
    "needs": []
  },
  "PAGE-8": {
    "level": "must",
    "statement": "external_reference_id filters exactly and by nothing but the reference that a group has now; the answer is the one group, or an empty list.",
    "source": [
      "seed"
    ],
    "needs": []
  },
  "PAGE-9": {
    "level": "must",
    "statement": "The order of the list is stable while nothing is written.",
    "source": [
      "inferred"
    ],
    "needs": []
  },
  "PLAN-1": {
    "level": "must",
    "statement": "The plans list has data whose entries have id and name.",
    "should": "It has pagination, no more plans than limit on a page, and no plans on a page past the end.",
    "source": [
      "docs"
    ],
    "needs": []
  },
  "SYNC-1": {
    "level": "must",
    "statement": "An accepted sync is answered with 202 and request_id, group_id and accepted_at.",
    "source": [
      "docs"
    ],
    "needs": []
  },
  "SYNC-2": {
    "level": "must",
    "statement": "group_id is the one of the path, and retrieval returns the same three values as the receipt.",
    "source": [
      "docs"
    ],
    "needs": []
  },
  "SYNC-3": {
    "level": "must",
    "statement": "completed_at and results are always present, and either both null or both set.",
    "source": [
      "docs",
      "sdk"
    ],
    "needs": []
  },
  "SYNC-4": {
    "level": "must",
    "statement": "A sync completes within the time that the run allows (180 s by default).",
    "source": [
      "docs",
      "wire"
    ],
    "needs": []
  },
  "SYNC-5": {
    "level": "must",
    "statement": "results has its three arrays, and each failure has reference_id, an operation that is add or remove, and a non-empty reason.",
    "source": [
      "sdk"
    ],
    "needs": []
  },
  "SYNC-6": {
    "level": "must",
    "statement": "A completed sync request never changes again and never disappears, also after later syncs.",
    "source": [
      "inferred"
    ],
    "needs": []
  },
  "SYNC-7": {
    "level": "must",
    "statement": "completed_at is not before accepted_at.",
    "source": [
      "inferred"
    ],
    "needs": []
  },
  "SYNC-8": {
    "level": "must",
    "statement": "A payload with the same reference_id twice is answered with 400, and membership is as before.",
    "source": [
      "docs"
    ],
    "needs": []
  },
  "SYNC-9": {
    "level": "must",
    "statement": "An empty roster is accepted and removes everyone.",
    "source": [
      "docs"
    ],
    "needs": []
  },
  "SYNC-10": {
    "level": "must",
    "statement": "A missing or wrongly typed required field, in whichever row, is answered with 400 or 422, and membership is as before, no row applied.",
    "should": "The status is 400.",
    "source": [
      "docs",
      "sdk"
    ],
    "needs": []
  },
  "SYNC-11": {
    "level": "must",
    "statement": "An impossible or badly formatted date_of_birth, or a state that is not two characters, is answered with 400 or 422.",
    "should": "The status is 400.",
    "source": [
      "docs",
      "sdk"
    ],
    "needs": []
  },
  "SYNC-12": {
    "level": "should",
    "statement": "An unknown state code, a bad zipcode, a phone that no reading takes (letters, under 10 or over 15 digits), a bad email, an empty or over-long name, reference_id, address line or city, an empty plan_id, or a wrongly typed optional field is answered with 400.",
    "source": [
      "docs",
      "sdk",
      "inferred"
    ],
    "needs": []
  },
  "SYNC-13": {
    "level": "should",
    "statement": "5,000 rows are accepted, 5,001 are answered with 400.",
    "source": [
      "inferred"
    ],
    "needs": [
      "heavy"
    ]
  },
  "SYNC-14": {
    "level": "must",
    "statement": "A sync of an unknown group is answered with 404; so is the retrieval of an unknown request id.",
    "should": "So is the retrieval of a request under another group.",
    "source": [
      "docs"
    ],
    "needs": []
  },
  "SYNC-15": {
    "level": "must",
    "statement": "A plan_id that is unknown, or another organization's (this part needs a second key), never adds a member; the submission is answered with 400, or the row becomes a failure.",
    "source": [
      "docs"
    ],
    "needs": []
  },
  "SYNC-16": {
    "level": "must",
    "statement": "email and address_line_2 may be omitted or null.",
    "should": "So may phone.",
    "source": [
      "docs",
      "sdk"
    ],
    "needs": []
  },
  "SYNC-17": {
    "level": "must",
    "statement": "Submitting the same roster again adds nothing, removes nothing and fails nothing.",
    "source": [
      "docs"
    ],
    "needs": []
  },
  "SYNC-18": {
    "level": "should",
    "statement": "The same rows in another order are the same roster.",
    "source": [
      "inferred"
    ],
    "needs": []
  },
  "SYNC-19": {
    "level": "should",
    "statement": "Of two overlapping syncs that were both accepted, the one accepted later decides the final roster.",
    "source": [
      "inferred"
    ],
    "needs": []
  },
  "SYNC-20": {
    "level": "must",
    "statement": "Valid rows are accepted, with every listed state and territory code, ZIP and ZIP+4, a leap-day birth date, references and names of 255 characters, non-ASCII names, and an e-mail in upper case.",
    "should": "So are names of 255 characters that are not ASCII.",
    "source": [
      "docs"
    ],
    "needs": []
  },
  "LIFE-1": {
    "level": "must",
    "statement": "Each new reference_id of an accepted sync that is not among the failures yields exactly one id in added_group_member_ids.",
    "source": [
      "docs"
    ],
    "needs": []
  },
  "LIFE-2": {
    "level": "must",
    "statement": "A missing reference_id yields, in removed_group_member_ids, the id it was last added under.",
    "source": [
      "docs"
    ],
    "needs": []
  },
  "LIFE-3": {
    "level": "must",
    "statement": "A reference_id that is still present is in neither list.",
    "source": [
      "docs"
    ],
    "needs": []
  },
  "LIFE-4": {
    "level": "must",
    "statement": "The additions, removals and no-ops of one sync are all applied.",
    "source": [
      "docs"
    ],
    "needs": []
  },
  "LIFE-5": {
    "level": "must",
    "statement": "A removed reference_id that returns is added again.",
    "source": [
      "docs"
    ],
    "needs": []
  },
  "LIFE-6": {
    "level": "must",
    "statement": "Changed personal fields of a present member add and remove nothing.",
    "source": [
      "docs"
    ],
    "needs": []
  },
  "LIFE-7": {
    "level": "must",
    "statement": "A changed plan_id of a present member adds and removes nothing.",
    "source": [
      "docs"
    ],
    "needs": [
      "second-plan"
    ]
  },
  "LIFE-8": {
    "level": "must",
    "statement": "Syncing one group leaves the members of other groups alone, also if both use the same reference_id for different people.",
    "source": [
      "seed",
      "docs"
    ],
    "needs": []
  },
  "LIFE-9": {
    "level": "must",
    "statement": "A person who is active under another organization is blocked; the row becomes a failure with operation add, and the other subscription survives.",
    "source": [
      "docs"
    ],
    "needs": [
      "other-key"
    ]
  },
  "LIFE-10": {
    "level": "must",
    "statement": "A failing row does not stop the others.",
    "source": [
      "docs"
    ],
    "needs": []
  },
  "LIFE-11": {
    "level": "must",
    "statement": "A person is never active in two groups; after an addition to a second group succeeded, the first no longer counts them as present.",
    "source": [
      "seed"
    ],
    "needs": []
  },
  "LIFE-12": {
    "level": "should",
    "statement": "A row that failed as blocked succeeds in a later sync once the block is gone.",
    "source": [
      "docs"
    ],
    "needs": [
      "other-key"
    ]
  },
  "LIFE-13": {
    "level": "should",
    "statement": "The same person under a new reference_id is one removal and one addition.",
    "source": [
      "inferred"
    ],
    "needs": []
  },
  "LIFE-14": {
    "level": "should",
    "statement": "People who share an e-mail but not the birth date, or a birth date, a name, a phone or an address but not the e-mail, or who have no e-mail and differ in name, birth date and phone, are different people; each row is added, and leaves whoever is active in another group where they are.",
    "source": [
      "docs"
    ],
    "needs": []
  },
  "LIFE-15": {
    "level": "must",
    "statement": "What holds for a roster of ten holds for one of 5,000; an empty roster removes all of them, the same roster again changes nothing, and ids stay unique.",
    "source": [
      "docs"
    ],
    "needs": [
      "heavy"
    ]
  },
  "TOK-1": {
    "level": "should",
    "statement": "Issuing a token with a key returns a bare access_token that begins with vit_at_, the token_type Bearer and an expires_in above 0.",
    "source": [
      "docs",
      "sdk"
    ],
    "needs": [
      "tokens"
    ]
  },
  "TOK-2": {
    "level": "should",
    "statement": "An unbound token does what its key does on every operation but issuing tokens, until it expires (judged if that takes no more than 5 s); another grant_type, or none, is answered with a 4xx, a request without a key with 401.",
    "source": [
      "docs",
      "sdk"
    ],
    "needs": [
      "tokens"
    ]
  },
  "MEM-1": {
    "level": "should",
    "statement": "After a completed sync, each person in it is found once in the list of members, with the names, e-mail, 10-digit phone and address that were sent last, under an id that starts with mbr_ and stays when their details change or when they are removed and added again.",
    "source": [
      "sdk"
    ],
    "needs": [
      "members"
    ]
  },
  "MEM-2": {
    "level": "should",
    "statement": "search finds members by a part of the name, e-mail or phone without case, and by the exact id; pages behave as those of groups do (PAGE-1 to PAGE-7).",
    "source": [
      "sdk"
    ],
    "needs": [
      "members"
    ]
  },
  "MEM-3": {
    "level": "should",
    "statement": "A member retrieved by id is the same person with date_of_birth; an unknown id, or one of another organization, is answered with 404, and no search of another organization finds them (these parts need a second key).",
    "source": [
      "sdk"
    ],
    "needs": [
      "members"
    ]
  }
} as const;

/** The line of spec/rules.yaml at which each rule begins. */
export const ruleLines = {
  "AUTH-1": 13,
  "AUTH-2": 19,
  "AUTH-3": 26,
  "AUTH-4": 33,
  "ID-1": 38,
  "ID-2": 42,
  "ID-3": 47,
  "ID-4": 51,
  "ID-5": 55,
  "ID-6": 60,
  "ID-7": 65,
  "ID-8": 69,
  "ERR-1": 75,
  "ERR-2": 82,
  "ERR-3": 86,
  "ERR-4": 90,
  "ERR-5": 95,
  "ERR-6": 102,
  "ERR-7": 106,
  "ERR-8": 112,
  "GRP-1": 119,
  "GRP-2": 124,
  "GRP-3": 129,
  "GRP-4": 133,
  "GRP-5": 137,
  "GRP-6": 143,
  "GRP-7": 149,
  "GRP-8": 155,
  "GRP-9": 159,
  "GRP-10": 163,
  "GRP-11": 171,
  "GRP-12": 175,
  "GRP-13": 183,
  "GRP-14": 187,
  "GRP-15": 193,
  "GRP-16": 199,
  "PAGE-1": 206,
  "PAGE-2": 210,
  "PAGE-3": 214,
  "PAGE-4": 218,
  "PAGE-5": 222,
  "PAGE-6": 226,
  "PAGE-7": 230,
  "PAGE-8": 234,
  "PAGE-9": 240,
  "PLAN-1": 245,
  "SYNC-1": 251,
  "SYNC-2": 255,
  "SYNC-3": 259,
  "SYNC-4": 263,
  "SYNC-5": 267,
  "SYNC-6": 273,
  "SYNC-7": 277,
  "SYNC-8": 281,
  "SYNC-9": 285,
  "SYNC-10": 289,
  "SYNC-11": 296,
  "SYNC-12": 302,
  "SYNC-13": 309,
  "SYNC-14": 314,
  "SYNC-15": 319,
  "SYNC-16": 325,
  "SYNC-17": 330,
  "SYNC-18": 334,
  "SYNC-19": 338,
  "SYNC-20": 342,
  "LIFE-1": 350,
  "LIFE-2": 356,
  "LIFE-3": 360,
  "LIFE-4": 364,
  "LIFE-5": 368,
  "LIFE-6": 372,
  "LIFE-7": 376,
  "LIFE-8": 381,
  "LIFE-9": 387,
  "LIFE-10": 394,
  "LIFE-11": 398,
  "LIFE-12": 404,
  "LIFE-13": 409,
  "LIFE-14": 413,
  "LIFE-15": 420,
  "TOK-1": 428,
  "TOK-2": 435,
  "MEM-1": 443,
  "MEM-2": 451,
  "MEM-3": 458
} as const;

export type RuleId = keyof typeof rules;
export type Level = 'must' | 'should';
export type Need = 'other-key' | 'heavy' | 'second-plan' | 'foreign-plan' | 'tokens' | 'members';

/** Rules that are a should as a whole. */
export type ShouldRuleId = { [Id in RuleId]: (typeof rules)[Id]['level'] extends 'should' ? Id : never }[RuleId];
/** Rules that are a must and have a further part that is only a should. */
export type ShouldPartId = { [Id in RuleId]: (typeof rules)[Id] extends { should: string } ? Id : never }[RuleId];
