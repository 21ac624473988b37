// Do not edit: written from spec/ by `npm run generate`.

import type { RuleId } from './rules.ts';

/** Mistakes of services that break a rule, by rule. */
export const mistakes: Readonly<Record<RuleId, readonly string[]>> = {
  "AUTH-1": [
    "The plans list is answered without a key.",
    "Anyone who knows the id of a sync request can retrieve it, with any key or none.",
    "A 401 has no body.",
    "A 401 has the body shown on an older page: an error object with code and message.",
    "A missing key is answered with 403.",
    "Pages of the list after the first are answered without a key."
  ],
  "AUTH-2": [
    "Anyone who knows the id of a sync request can retrieve it, with any key or none.",
    "Any key with the prefix of an API key is accepted.",
    "A key is accepted with anything appended to it.",
    "Keys are compared without regard to case, as some database collations do.",
    "A key is accepted without its prefix.",
    "Anything that looks like an access token is accepted.",
    "The last character of a key is ignored.",
    "An unknown key is answered with 403.",
    "An update works with any key.",
    "A key is accepted without the Bearer scheme.",
    "The authentication scheme before a key is ignored.",
    "A key is accepted as the user name of HTTP Basic."
  ],
  "AUTH-3": [
    "Another organization can retrieve a group.",
    "Another organization can retrieve a sync request.",
    "An update of another organization's group is answered with 404, but applied.",
    "A sync of another organization's group is answered with 404, but processed.",
    "Another organization's group is refused with 403, which says that it exists.",
    "The error message for another organization's group says that it belongs to somebody else.",
    "The error code for another organization's group differs from that for an unknown one.",
    "An invalid body gets a 400 for another organization's group and a 404 for an unknown one.",
    "The list filtered by reference finds the groups of every organization.",
    "The unfiltered list begins with the groups of the other organization, though its total does not count them.",
    "The total of the list counts the groups of every organization.",
    "The first organization can see the second one's groups, but not the other way round.",
    "An update of another organization's group is answered with 404, but its reference is stored.",
    "Another organization's sync request can be retrieved under one's own group.",
    "Pages after the first of the second organization are those of the first."
  ],
  "AUTH-4": [
    "The body is checked before the key.",
    "The group is looked up before the key is checked, so a request for an unknown group without a key gets a 404."
  ],
  "ID-1": [
    "Group ids start with group_."
  ],
  "ID-2": [
    "Group ids contain characters of standard base64 that a URL must escape.",
    "One group id in ten contains a character of standard base64 that a URL must escape.",
    "A group id has 65 characters after its prefix.",
    "A group id is grp_ and a UUID in hexadecimal.",
    "A group id has 21 characters after its prefix.",
    "The last character of a group id is not that of canonical base64."
  ],
  "ID-3": [
    "The list shows group ids in another encoding of the same bytes.",
    "Update returns a new id for the group; the old one still works.",
    "The receipt of a sync shows the group id in another encoding of the same bytes."
  ],
  "ID-4": [
    "A group created with the name of another group gets the same id.",
    "Ids of new groups repeat after fifty."
  ],
  "ID-5": [
    "Sync request ids start with sync_.",
    "Submitting the same roster again returns the earlier request, as if it were a retry.",
    "Request ids are numbered within each group, so syncs of different groups have the same ids.",
    "Two rosters of one group with the same number of rows share a request id.",
    "One sync request id in ten contains a character of standard base64 that a URL must escape.",
    "Sync request ids are not canonical base64."
  ],
  "ID-6": [
    "organization_id is a bare number.",
    "organization_id is derived from the group.",
    "organization_id is not canonical base64."
  ],
  "ID-7": [
    "Plan ids start with product_."
  ],
  "ID-8": [
    "Members have no id before they sign in: an empty text is reported.",
    "Of four people added at once, the last is reported under the id of the first.",
    "Of four people removed at once, one is reported twice.",
    "Group member ids start with grpm_."
  ],
  "ERR-1": [
    "The body of a 404 has no timestamp.",
    "trace_id is a number.",
    "Malformed JSON is answered with the framework's HTML error page.",
    "An unsupported method is answered with plain text."
  ],
  "ERR-2": [
    "In 404s only, error is the name of the status, and message says more.",
    "In 409s only, error is the error code."
  ],
  "ERR-3": [
    "trace_id is the same in every answer."
  ],
  "ERR-4": [
    "Create repairs truncated JSON and accepts it.",
    "Anything after the first JSON value of a body is ignored.",
    "A roster with truncated JSON is refused, but the rows that arrived are applied.",
    "An update with malformed JSON is answered with 200 and changes nothing.",
    "Malformed JSON is answered with 422.",
    "A body that is not UTF-8 is read as far as it can be, with characters replaced.",
    "Characters of a name that are not valid UTF-8 are left out."
  ],
  "ERR-5": [
    "An unknown group is answered with 403.",
    "An update of an unknown group is answered with 200 and no group.",
    "Group ids are compared without regard to case, as some database collations do.",
    "Retrieving a malformed id answers 200 with an empty group.",
    "A malformed group id is answered with 400."
  ],
  "ERR-6": [
    "DELETE on a group is answered with 204 and does nothing.",
    "DELETE on a group is refused, yet the group is gone."
  ],
  "ERR-7": [
    "A NUL character in a name causes a 500 from the database.",
    "A NUL character in the filter of the list causes a 500.",
    "A control character in the city of a row causes a 500.",
    "A state that is a number of more than 64 bits causes a 500.",
    "An address that is a list causes a 500.",
    "An update whose body is null causes a 500.",
    "A roster in invalid UTF-8 causes a 500.",
    "A NUL character in a row crashes the process, which closes the connection without an answer.",
    "A page number of more than 64 bits causes a 500.",
    "A row that is null causes a 500."
  ],
  "ERR-8": [
    "The plans list is sent as text/plain.",
    "Groups in the list lack external_reference_id.",
    "Groups have no updated_at.",
    "A retrieved sync request has accepted_at in milliseconds."
  ],
  "GRP-1": [
    "Create answers 202.",
    "Create returns the id of the group and nothing else.",
    "Create answers 200."
  ],
  "GRP-2": [
    "Create returns the id of the group and nothing else.",
    "Spaces around a name are trimmed.",
    "Two spaces in a row become one when a group is retrieved.",
    "A name is cut after 254 characters.",
    "A reference is cut after 254 characters.",
    "A name is normalised: a letter and its combining accent become one character.",
    "Names are escaped for HTML.",
    "A name is cut at a NUL character.",
    "Characters outside the Basic Multilingual Plane are lost.",
    "The length of a name is counted in UTF-8 bytes, so 255 two-byte letters are too many.",
    "A reference is cut after 255 bytes of UTF-8."
  ],
  "GRP-3": [
    "created_at is in local time, with an offset of two hours.",
    "In the list only, updated_at has no time zone."
  ],
  "GRP-4": [
    "updated_at is the time of the retrieval.",
    "Retrieve and list omit the fraction of created_at that create returned."
  ],
  "GRP-5": [
    "An update of name alone clears the reference.",
    "Update answers with the new name, but keeps the old one.",
    "An update of both fields changes only the name.",
    "The list shows a group under the name that it was created with.",
    "An update refuses a name of more than a hundred characters.",
    "Only the first update of a group has an effect; later ones return the group as it is.",
    "The second and later updates of a group are answered as if they were applied, but have no effect.",
    "White space around a name is removed on update.",
    "The list shows a group under the reference that it was created with.",
    "Only the first organization can update its groups; others are answered with 404.",
    "The filter by reference is ignored for the second organization."
  ],
  "GRP-6": [
    "An update to the reference that the group already has is refused as a conflict.",
    "An update refuses a reference of more than a hundred characters.",
    "An update of the reference alone sets the name to it.",
    "The list still finds a group by its previous reference.",
    "The second and later updates of a group are answered as if they were applied, but have no effect.",
    "An update to a reference that the group itself had before is refused as a conflict.",
    "An update to the name that the group already has is refused, as one that changes nothing.",
    "A reference is stored in lower case on update."
  ],
  "GRP-7": [
    "An update without fields is refused.",
    "An update without a body is refused.",
    "An update without a body sets the name to a default.",
    "A null in an update clears the reference.",
    "A null name is refused on update."
  ],
  "GRP-8": [
    "An update with members: [] empties the group.",
    "An update of name alone empties the group.",
    "An update of the reference empties the group, because members are stored by it.",
    "An update with members is also processed as a sync.",
    "An update that is refused as a conflict empties the group.",
    "An update without fields empties the group."
  ],
  "GRP-9": [
    "An update resets created_at.",
    "An update subtracts an hour from updated_at, as with a wrong time zone.",
    "created_at can be set by an update."
  ],
  "GRP-10": [
    "Create cuts a name of more than 255 characters.",
    "An update sets an empty name.",
    "A name that is a number is converted to text.",
    "Field names are read without regard to case: NAME counts as name.",
    "Create refuses a name that is too long, but creates the group.",
    "A bad name from the second organization is replaced by a default.",
    "Create accepts a list and takes its first object.",
    "An update whose body is not an object is answered with 200 and changes nothing."
  ],
  "GRP-11": [
    "Create without a reference is refused.",
    "Only one group can have no reference.",
    "The service invents a reference for a group that has none.",
    "Retrieving a group without a reference is answered with 404.",
    "A group without a reference cannot be given one by an update.",
    "The filter finds groups without a reference by the word null."
  ],
  "GRP-12": [
    "A reference that a group got by an update can be used to create another group.",
    "An update to a reference that another group got by an update is answered with 200.",
    "Two groups can be created with one reference.",
    "Create with a reference that is taken returns the group that has it.",
    "An update with a reference that is taken is refused, but its name is stored.",
    "An update to a reference that is taken is answered with 200 and changes nothing.",
    "The second organization can use a reference twice.",
    "A reference that is taken is answered with 400."
  ],
  "GRP-13": [
    "A name can be used by one group only."
  ],
  "GRP-14": [
    "Update cuts a reference of more than 255 characters.",
    "A reference that is a number is converted to text.",
    "A reference that is a boolean is ignored on update."
  ],
  "GRP-15": [
    "A reference stays taken after its group has changed to another one.",
    "A reference can be used by one organization only."
  ],
  "GRP-16": [
    "Two references that differ only in case conflict.",
    "Two references that differ only in surrounding white space conflict.",
    "The filter by reference ignores case.",
    "The filter by reference finds every reference that begins with it.",
    "The filter by reference ignores spaces at the end.",
    "Two reference_ids of a roster that differ only in case are treated as one.",
    "Two reference_ids of a roster that differ only in white space are treated as one.",
    "A reference_id matches that of a present member without regard to case.",
    "A reference_id matches that of a present member without regard to surrounding white space.",
    "A reference_id matches that of a present member without regard to accents."
  ],
  "PAGE-1": [
    "The numbers of pagination are strings: total is \"12\".",
    "pagination has no total_pages."
  ],
  "PAGE-2": [
    "A page has 25 groups by default.",
    "pagination.limit is the number of rows on the page.",
    "pagination.page counts from zero."
  ],
  "PAGE-3": [
    "A page has one row more than limit, the first of the next page.",
    "A limit above 100 is honoured."
  ],
  "PAGE-4": [
    "A limit above 100 is honoured.",
    "A page or limit out of range is replaced by the nearest valid one.",
    "Page 0 is taken for page 1.",
    "Anything after the digits of a page or limit is ignored: 5x counts as 5."
  ],
  "PAGE-5": [
    "A page has one row more than limit, the first of the next page.",
    "The first group of the last page is left out, but only if limit divides total.",
    "Without limit, the last group of a full page after the first is left out.",
    "The last page is empty if limit does not divide total.",
    "Each page begins with the last group of the page before.",
    "total counts one group too many.",
    "Groups without a reference are neither listed nor counted."
  ],
  "PAGE-6": [
    "A page past the end is answered with 404.",
    "The total of a page past the end is 0.",
    "The page right after the last one repeats it.",
    "A page far past the end shows the first page."
  ],
  "PAGE-7": [
    "total_pages is total divided by limit, rounded down, plus one.",
    "total_pages is computed with the default limit."
  ],
  "PAGE-8": [
    "The list still finds a group by its previous reference.",
    "The filter by reference ignores case.",
    "The filter by reference ignores accents, as some database collations do.",
    "The filter by reference treats all emoji as equal, as some database collations do.",
    "The filter by reference finds every reference that begins with it.",
    "The filter by reference takes _ and % as wildcards.",
    "The filter by reference ignores spaces at the end.",
    "A filter that nothing matches is ignored.",
    "A filter that nothing matches is answered with 404.",
    "The filter by reference is ignored on pages after the first.",
    "The filter by reference searches only the newest fifty groups.",
    "The filter by reference finds a group by its name, too.",
    "The filter by reference finds a group by its id, too.",
    "The filter finds a group only by the reference that it was created with.",
    "A filtered list has the total of the unfiltered one."
  ],
  "PAGE-9": [
    "The order of a page changes each time it is read.",
    "Each page is sorted on its own, oldest first, although the pages run newest first."
  ],
  "PLAN-1": [
    "Entries of the plans list have no name.",
    "The plans list is an array without an envelope.",
    "The plans list has no pagination.",
    "Every page of the plans list has all plans."
  ],
  "SYNC-1": [
    "An accepted sync is answered with 200.",
    "The receipt of a sync has no accepted_at."
  ],
  "SYNC-2": [
    "The receipt of a sync shows the group id in another encoding of the same bytes.",
    "accepted_at is a second later once the sync is processed.",
    "The first retrieval of a sync request is answered with 404.",
    "A retrieved sync request names the group of the latest sync."
  ],
  "SYNC-3": [
    "Results are visible while completed_at is still null.",
    "completed_at is set before the results can be read.",
    "The results of a completed sync that changed nothing are null.",
    "completed_at and results are absent while a sync is in flight."
  ],
  "SYNC-4": [
    "A sync never completes.",
    "The second sync of a group never completes."
  ],
  "SYNC-5": [
    "results has no failures if nothing failed.",
    "The reason of a failure is blank.",
    "The operation of a failure is create."
  ],
  "SYNC-6": [
    "Results are recomputed at each retrieval: a member who has left since is no longer listed as added.",
    "The removed ids of a request disappear once a later sync of its group is accepted.",
    "The failures of a request disappear once a later sync of its group is accepted.",
    "The results of a request are empty once a later sync of its group has completed.",
    "A completed request cannot be retrieved once a later sync of its group is accepted.",
    "The results of a completed request are empty when they are retrieved for the third time.",
    "completed_at is the time of the retrieval.",
    "A sync request is forgotten after thirty later ones, of any group.",
    "The results of a sync request are empty after thirty later ones, of any group."
  ],
  "SYNC-7": [
    "completed_at is cut to whole seconds, accepted_at is not."
  ],
  "SYNC-8": [
    "A repeated reference_id is noticed only if the two rows are adjacent.",
    "Rows are read in batches of fifty, and a repeated reference_id is noticed only within a batch.",
    "Two rows that are equal in every field are treated as one.",
    "A roster with a repeated reference_id is refused, but its first rows are applied.",
    "A repeated reference_id is answered with 422."
  ],
  "SYNC-9": [
    "An empty roster is accepted and removes nobody.",
    "An empty roster is refused.",
    "An empty roster is refused if the last one of the group was empty too.",
    "An empty roster of the second organization removes nobody.",
    "An empty roster is ignored if a group has more than fifty members, as a likely mistake."
  ],
  "SYNC-10": [
    "A row that is null causes a 500.",
    "A row without last_name is accepted.",
    "A city that is null is accepted.",
    "A zipcode that is a number is converted to text.",
    "A row without first_name is skipped, and the others are applied.",
    "Only the last row of a roster is validated; invalid rows before it are skipped.",
    "A roster with a row without a birth date is refused, but its other rows are applied.",
    "A body without members is treated as an empty roster.",
    "A roster with a row without address is answered with 409.",
    "Rows after the fiftieth are not validated; invalid ones among them are skipped.",
    "A first_name that is a list is replaced by its first text.",
    "Field names of a sync are read without regard to case: MEMBERS counts as members.",
    "A sync whose body is null is treated as an empty roster.",
    "A reference_id that is a boolean is converted to text.",
    "A city that is a boolean is converted to text.",
    "A plan_id that is an object is converted to text.",
    "An address that is an empty object is replaced by a default.",
    "An address that is a text is used as its first line.",
    "Field names of a row are read without regard to case: LAST_NAME counts as last_name.",
    "A roster with a row without address is answered with 422."
  ],
  "SYNC-11": [
    "Only the last row of a roster is validated; invalid rows before it are skipped.",
    "An impossible birth date is answered with 409.",
    "The 30th of February is read as the 1st of March.",
    "The 29th of February is accepted in every year.",
    "A birth date such as 01/02/1990 is accepted.",
    "A birth date with a time is accepted.",
    "The name of a state is accepted in place of its code.",
    "Every fourth year counts as a leap year, even 1900.",
    "Every month has 31 days.",
    "A line break after a birth date is accepted, as by a pattern that ends in $.",
    "White space around a birth date is ignored.",
    "A birth date may be written in digits that are not ASCII, as the pattern \\d takes in some languages.",
    "A line break after a state is accepted.",
    "An impossible birth date is answered with 422."
  ],
  "SYNC-12": [
    "Any two letters are accepted as a state.",
    "Any text is accepted as a zipcode.",
    "Any text is accepted as an e-mail address.",
    "Any text is accepted as a phone number.",
    "Letters in a phone number are ignored.",
    "A phone number of nine digits is accepted.",
    "A phone that is a number is converted to text.",
    "An empty plan_id is accepted, as an unknown plan.",
    "A city of more than 255 characters is cut.",
    "A first name of more than 255 characters is cut.",
    "A state may be written in lower case.",
    "ZIP+4 may be written without its hyphen, or with a blank instead.",
    "A line break after a zipcode is accepted.",
    "A zipcode may be written in digits that are not ASCII.",
    "A phone number may be written in digits that are not ASCII.",
    "Blanks in an e-mail address are accepted.",
    "An e-mail address may have two @ signs."
  ],
  "SYNC-13": [
    "5,001 rows are accepted.",
    "A roster of more than 1,000 rows is refused."
  ],
  "SYNC-14": [
    "A sync of an unknown group is accepted.",
    "An unknown sync request is shown as in flight.",
    "Sync request ids are compared without regard to case.",
    "A sync request is found under any group of the organization."
  ],
  "SYNC-15": [
    "A row with an unknown plan gets the organization's first plan.",
    "Another organization's plan is accepted.",
    "A row with an unknown plan is listed in failures, but its member id is listed as added.",
    "Plan ids are compared without regard to case."
  ],
  "SYNC-16": [
    "A row whose email is null is refused.",
    "A row without email is refused.",
    "A row whose address_line_2 is null is refused.",
    "A row without phone is refused.",
    "A row whose phone is null is refused, as a schema on older pages demands."
  ],
  "SYNC-17": [
    "If a roster is identical to the previous one, everyone is removed and added again."
  ],
  "SYNC-18": [
    "Rows are compared by position: a member whose row moved up or down is removed and added."
  ],
  "SYNC-19": [
    "A sync that is accepted while another is in flight is completed without being applied.",
    "One time in five, the later of two overlapping syncs is applied first.",
    "Of two overlapping syncs the one with fewer rows is applied first."
  ],
  "SYNC-20": [
    "An e-mail in upper case is refused.",
    "The codes of the armed forces are refused as states.",
    "ZIP+4 is refused.",
    "The 29th of February is refused in every year.",
    "A reference_id of 255 characters is refused.",
    "Two reference_ids that differ only after 200 characters are treated as one.",
    "A name with letters outside Latin-1 is refused.",
    "No turn of a century counts as a leap year, not even 2000.",
    "The length of a name in a row is counted in UTF-8 bytes."
  ],
  "LIFE-1": [
    "The results list at most 100 added members.",
    "The last row of a roster of five or more is not added.",
    "A new member is reported under two ids, that of the account and that of the membership."
  ],
  "LIFE-2": [
    "A removal reports the id of the subscription and not that of the member.",
    "A removal reports the id of the member who joined next.",
    "If several members are missing, only the first is removed.",
    "A member who returns gets a new id, but is removed under the first one.",
    "The results list at most 50 removed members.",
    "A removal beside members who stay is applied, but not reported."
  ],
  "LIFE-3": [
    "A sync that adds anyone reports everyone on the roster as added.",
    "Whenever a roster grows, the member who was added first is reported as removed."
  ],
  "LIFE-4": [
    "A sync that removes anyone adds nobody.",
    "A sync that adds anyone removes nobody: it is an append.",
    "When a sync adds and removes members, those who stay lose their subscription, and no result says so."
  ],
  "LIFE-5": [
    "A removed reference_id cannot be added again.",
    "A removed reference_id that returns is subscribed again, but not listed as added.",
    "A member who was removed twice cannot be added again.",
    "A member who was removed cannot be added again to an empty group."
  ],
  "LIFE-6": [
    "A present member with a new e-mail address is removed and added.",
    "A present member with a corrected birth date is removed and added.",
    "A present member who moves to another city is reported as removed."
  ],
  "LIFE-7": [
    "A present member with another plan is removed and added."
  ],
  "LIFE-8": [
    "An empty roster ends the subscriptions of every group of the organization.",
    "A reference_id that another group of the organization uses is refused there.",
    "A member who is missing from a roster is removed from every group that uses the same reference_id.",
    "A sync of a group without a reference goes to all groups without one."
  ],
  "LIFE-9": [
    "A person who is active under another organization is moved to the new one.",
    "A person who is active under another organization is recognised only by an e-mail in the same case.",
    "The failure of a blocked row has the operation remove.",
    "A blocked add ends the subscription that blocked it."
  ],
  "LIFE-10": [
    "A row with an unknown plan gets the organization's first plan.",
    "The rows after a blocked one are not applied.",
    "The rows after one with an unknown plan are not applied.",
    "A sync in which a row fails removes nobody."
  ],
  "LIFE-11": [
    "A person who is active in another group of the organization becomes a second person."
  ],
  "LIFE-12": [
    "A person who was blocked once stays blocked."
  ],
  "LIFE-13": [
    "The same person under a new reference_id is listed in failures.",
    "The same person under a new reference_id is neither removed nor added."
  ],
  "LIFE-14": [
    "Two people in a roster with the same e-mail address are treated as one.",
    "Two people in a roster with the same birth date are treated as one.",
    "Two people in a roster with the same name are treated as one.",
    "Two people in a roster with the same phone are treated as one.",
    "Two people in a roster with the same last name and birth date are treated as one.",
    "Anything after a + in an e-mail address is ignored when people with the same birth date are compared.",
    "The host of an e-mail address is ignored when people with the same birth date are compared.",
    "All people in a roster without an e-mail address are treated as one.",
    "A new row ends the membership of anyone with the same e-mail in another group of the organization.",
    "A new row ends the membership of anyone with the same birth date in another group of the organization.",
    "A new row ends the membership of anyone with the same name in another group of the organization.",
    "A new row ends the membership of anyone with the same phone in another group of the organization."
  ],
  "LIFE-15": [
    "One sync removes at most 4,096 members.",
    "A roster of more than 3,000 rows is replaced as a whole: everyone is removed and added again.",
    "The ids of added members repeat after 4,096."
  ],
  "TOK-1": [
    "A token is wrapped in data, like everything else.",
    "token_type is in lower case.",
    "A token does not begin with vit_at_.",
    "expires_in is 0."
  ],
  "TOK-2": [
    "A token may read, but not write.",
    "A token is refused for syncs.",
    "Every token stands for the first organization, whoever asked for it.",
    "grant_type is ignored.",
    "A token is issued without a key.",
    "A token claims to expire after a second, but never does."
  ],
  "MEM-1": [
    "A listed member has the details that they were first sent with.",
    "The phone of a listed member is shown as it was sent, with +1 or without.",
    "A person who is removed and added again is listed as another member.",
    "The phone of a listed member begins with +1.",
    "Listed members have no address.",
    "A listed member has an id that begins with grpmbr_."
  ],
  "MEM-2": [
    "A search for members is case-sensitive.",
    "A search does not find members by phone.",
    "A search does not find a member by id.",
    "The list of members has everybody on the first page, whatever the limit.",
    "The total of the list of members counts the rows of the page."
  ],
  "MEM-3": [
    "A retrieved member has another date of birth.",
    "An unknown member is answered with 403.",
    "Another organization can retrieve a member.",
    "A search for members finds those of other organizations if one's own has no match."
  ]
};
