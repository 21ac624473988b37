// Do not edit: written from spec/ by `npm run generate`.

import type { RuleId } from './rules.ts';

/** Mistakes of services that break a rule, by rule. */
export const mistakes: Readonly<Record<RuleId, readonly string[]>> = {
  "AUTH-1": [
    "The plans list is answered without a key.",
    "A sync request is shown to whoever knows its id, with any key or none.",
    "A 401 has no body.",
    "A 401 has the body of an older page: an object error with code and message.",
    "A missing key is answered with 403.",
    "Pages of the list after the first are answered without a key."
  ],
  "AUTH-2": [
    "A sync request is shown to whoever knows its id, with any key or none.",
    "Any key that begins like an API key is let in.",
    "A key is let in with anything after it.",
    "A key is let in in any case, as some collations of databases compare.",
    "A key is let in without its prefix.",
    "Whatever looks like an access token is let in.",
    "The last character of a key is not looked at.",
    "An unknown key is answered with 403.",
    "An update is made with any key.",
    "A key is let in without the scheme Bearer.",
    "The scheme before a key is not looked at.",
    "A key is let in as the user of HTTP Basic."
  ],
  "AUTH-3": [
    "A group is shown to another organization.",
    "A sync request is shown to another organization.",
    "An update of another organization's group is answered with 404, but made.",
    "A sync of another organization's group is answered with 404, but processed.",
    "Another organization's group is refused with 403, which says that it exists.",
    "The message about another organization's group says that it belongs to somebody else.",
    "The error code of another organization's group is not that of an unknown one.",
    "A bad body is a 400 for another organization's group and a 404 for an unknown one.",
    "The list by reference finds the groups of every organization.",
    "The list without a filter begins with the groups that the other organization made, which its total leaves out.",
    "The total of the list counts the groups of every organization.",
    "The first organization is shown the second one's groups, though not the other way round.",
    "An update of another organization's group is a 404, but its reference is stored.",
    "Another organization's sync request is shown under one's own group.",
    "Pages after the first of the second organization are those of the first."
  ],
  "AUTH-4": [
    "The body is checked before the key.",
    "The group is looked up before the key, so that an unknown one is 404 without a key."
  ],
  "ID-1": [
    "Group ids start with group_."
  ],
  "ID-2": [
    "Group ids hold characters of plain base64 that a URL must escape.",
    "One group id in ten holds a character of plain base64 that a URL must escape.",
    "A group id has 65 characters after its prefix.",
    "A group id is grp_ and a UUID in hexadecimal.",
    "A group id has 21 characters after its prefix.",
    "The last character of a group id is not that of canonical base64."
  ],
  "ID-3": [
    "The list writes the ids of groups in another spelling of the same bytes.",
    "Update returns a new id for the group; the old one still works.",
    "The receipt of a sync writes the id of the group in another spelling."
  ],
  "ID-4": [
    "A group whose name is taken gets the id of the group that has it.",
    "Ids of new groups repeat after fifty."
  ],
  "ID-5": [
    "Sync request ids start with sync_.",
    "The same roster again is answered with the earlier request, as if it were a repetition.",
    "The first sync of every group has the same request id, and so has every later one.",
    "Two rosters of one group with equally many rows share a request id.",
    "One sync request id in ten holds a character of plain base64 that a URL must escape.",
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
    "Malformed JSON is answered with a page of HTML, by the framework and not by the service.",
    "A method that there is not is answered with plain text."
  ],
  "ERR-2": [
    "On 404 alone, error is the name of the status and message says more.",
    "On 409 alone, error is the code."
  ],
  "ERR-3": [
    "trace_id is the same in every answer."
  ],
  "ERR-4": [
    "Create completes a body that was cut off.",
    "Of a body only the JSON at its beginning is read.",
    "A roster whose JSON was cut off is refused, but what came of it is applied.",
    "An update with malformed JSON is a 200 that changes nothing.",
    "Malformed JSON is answered with 422.",
    "A body that is not UTF-8 is read as far as it can be, with characters replaced.",
    "Characters of a name that are not valid UTF-8 are left out."
  ],
  "ERR-5": [
    "An unknown group is answered with 403.",
    "An update of an unknown group is a 200 without a group.",
    "A group is found by its id in any case, as some collations of databases compare.",
    "Retrieving a malformed id answers 200 with an empty group.",
    "A malformed group id is answered with 400."
  ],
  "ERR-6": [
    "DELETE on a group is answered with 204 and does nothing.",
    "DELETE on a group is refused, yet the group is gone."
  ],
  "ERR-7": [
    "A NUL character in a name is a 500, from the database.",
    "A NUL character in the filter of the list is a 500.",
    "A control character in the city of a row is a 500.",
    "A number that does not fit 64 bits is a 500 as a state.",
    "An address that is a list is a 500.",
    "An update whose body is null is a 500.",
    "A roster in broken UTF-8 is a 500.",
    "A NUL character in a row ends the process that reads it: the connection is closed without an answer.",
    "A page number that does not fit 64 bits is a 500.",
    "A row that is null is a 500."
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
    "Spaces around a name are cut off.",
    "Two spaces in a row become one when a group is retrieved.",
    "The 255th character of a name is cut.",
    "The 255th character of a reference is cut.",
    "A name is normalised: a letter and its combining accent become one character.",
    "Names are escaped for HTML.",
    "A name ends at a NUL.",
    "Characters beyond the basic plane are lost.",
    "A name is counted in bytes of UTF-8: 255 two-byte letters are too many.",
    "A reference is cut after 255 bytes of UTF-8."
  ],
  "GRP-3": [
    "created_at is in local time, with an offset of two hours.",
    "updated_at has no zone, in the list alone."
  ],
  "GRP-4": [
    "updated_at is the time of the retrieval.",
    "Retrieve and list give created_at without the fraction that create gave."
  ],
  "GRP-5": [
    "An update of name alone clears the reference.",
    "Update answers with the new name, but keeps the old one.",
    "An update of both fields changes the name alone.",
    "The list shows a group under the name that it was created with.",
    "An update refuses a name of more than a hundred characters.",
    "Only the first update of a group has an effect; later ones return the group as it is.",
    "The second update of a group and those after it are answered as if they were made.",
    "White space around a name is removed on update.",
    "The list shows a group under the reference that it was created with.",
    "Only the first organization can update its groups; others are answered with 404.",
    "The filter by reference is ignored for the second organization."
  ],
  "GRP-6": [
    "An update to the reference that the group already has is a conflict with itself.",
    "An update refuses a reference of more than a hundred characters.",
    "An update of the reference alone sets the name to it.",
    "The list still finds a group by the reference that it had before.",
    "The second update of a group and those after it are answered as if they were made.",
    "An update to a reference that the group itself had before is a conflict.",
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
    "An update that says members: [] empties the group.",
    "An update of name alone empties the group.",
    "An update of the reference empties the group, whose key it is.",
    "An update with members is taken as a sync, too.",
    "An update that is refused as a conflict empties the group.",
    "An update without fields empties the group."
  ],
  "GRP-9": [
    "An update resets created_at.",
    "An update subtracts an hour from updated_at, as with a wrong time zone.",
    "created_at can be set by an update."
  ],
  "GRP-10": [
    "A name over 255 characters is cut, on create.",
    "An update sets an empty name.",
    "A number as a name is taken as text.",
    "The keys of a body are read in any case: NAME is name.",
    "Create with an over-long name is refused, but the group is there.",
    "A bad name from the second organization is replaced by a default.",
    "Create takes the first object of a list.",
    "An update whose body is no object changes nothing and is a 200."
  ],
  "GRP-11": [
    "Create without a reference is refused.",
    "Only one group can be without a reference.",
    "A group without a reference gets one that the service made up.",
    "A group without a reference is 404 when it is retrieved.",
    "A group without a reference cannot be given one by an update.",
    "The filter finds groups without a reference by the word null."
  ],
  "GRP-12": [
    "A reference that a group got by an update can be used by another.",
    "An update to a reference that another group got by an update is a 200.",
    "Two groups can be created with one reference.",
    "Create with a reference that is taken returns the group that has it.",
    "An update with a reference that is taken is refused, but its name is stored.",
    "An update to a reference that is taken is a 200 that changes nothing.",
    "The second organization can use a reference twice.",
    "A reference that is taken is answered with 400."
  ],
  "GRP-13": [
    "A name can be used once."
  ],
  "GRP-14": [
    "A reference over 255 characters is cut, on update.",
    "A number as a reference is taken as text.",
    "A boolean as a reference is ignored on update."
  ],
  "GRP-15": [
    "A reference that a group ever had stays taken.",
    "A reference can be used by one organization only."
  ],
  "GRP-16": [
    "Two references that differ only in case clash.",
    "Two references that differ only in white space around them clash.",
    "The filter by reference ignores case.",
    "The filter by reference finds what begins with it.",
    "The filter by reference ignores spaces at the end.",
    "Two reference_ids of a roster that differ only in case are taken for one.",
    "Two reference_ids of a roster that differ only in white space are taken for one.",
    "A reference_id is taken for that of a present member in any case.",
    "A reference_id is taken for that of a present member whatever white space is around it.",
    "A reference_id is taken for that of a present member whatever its accents."
  ],
  "PAGE-1": [
    "The list counts in texts: total is \"12\".",
    "The list does not say how many pages there are."
  ],
  "PAGE-2": [
    "A page has 25 groups by default.",
    "pagination.limit is the number of rows on the page.",
    "pagination.page counts from zero."
  ],
  "PAGE-3": [
    "A page has one row more than limit, the first of the next page.",
    "A limit above 100 is granted."
  ],
  "PAGE-4": [
    "A limit above 100 is granted.",
    "A page or limit out of range is replaced by the nearest valid one.",
    "Page 0 is taken for page 1.",
    "A page or limit is read as far as it is a number: 5x is 5."
  ],
  "PAGE-5": [
    "A page has one row more than limit, the first of the next page.",
    "The first group of the last page is left out, but only where limit divides total.",
    "Without limit, the last group of a full page after the first is left out.",
    "The last page is empty where limit does not divide total.",
    "Each page begins with the last group of the page before.",
    "total counts one group too many.",
    "Groups without a reference are neither listed nor counted."
  ],
  "PAGE-6": [
    "A page past the end is answered with 404.",
    "The total of a page past the end is 0.",
    "The page right after the last repeats the last.",
    "A page far past the end is the first."
  ],
  "PAGE-7": [
    "total_pages is rounded down, and one more where there is any.",
    "total_pages is computed with the default limit."
  ],
  "PAGE-8": [
    "The list still finds a group by the reference that it had before.",
    "The filter by reference ignores case.",
    "The filter by reference ignores accents, as some collations of databases do.",
    "The filter by reference takes all emoji for the same, as some collations of databases do.",
    "The filter by reference finds what begins with it.",
    "The filter by reference takes _ and % as wildcards.",
    "The filter by reference ignores spaces at the end.",
    "A filter that nothing matches is ignored.",
    "A filter that nothing matches is answered with 404.",
    "The filter by reference is ignored on pages after the first.",
    "The filter by reference looks at the newest fifty groups only.",
    "The filter by reference finds a group by its name, too.",
    "The filter by reference finds a group by its id, too.",
    "The filter finds a group only by the reference that it was created with.",
    "A filtered list has the total of the whole."
  ],
  "PAGE-9": [
    "The order of a page is another at each reading.",
    "Each page is sorted by itself, oldest first, though the pages run newest first."
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
    "The receipt of a sync writes the id of the group in another spelling.",
    "accepted_at is a second later once the sync is processed.",
    "A sync request cannot be retrieved at once: the first time it is 404.",
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
    "results has no failures where nothing failed.",
    "The reason of a failure is blank.",
    "The operation of a failure is create."
  ],
  "SYNC-6": [
    "The results of a completed request are computed anew: who has left since is no longer among the added.",
    "Whom a request removed is no longer told once a later sync of its group is accepted.",
    "The failures of a request are no longer told once a later sync of its group is accepted.",
    "The results of a request are empty once a later sync of its group has completed.",
    "A completed request cannot be retrieved once a later sync of its group is accepted.",
    "The results of a completed request are empty when they are retrieved for the third time.",
    "completed_at is the time of the retrieval.",
    "A request is forgotten after thirty others, of whichever group.",
    "The results of a request are empty after thirty others, of whichever group."
  ],
  "SYNC-7": [
    "completed_at is cut to whole seconds, accepted_at is not."
  ],
  "SYNC-8": [
    "A reference_id that occurs twice is noticed only where the two rows are next to each other.",
    "Rows are read fifty at a time, and a reference_id that occurs twice is noticed only within these.",
    "Two rows that are equal in every field are taken for one.",
    "A roster with a reference_id twice is refused, but its first rows are applied.",
    "A reference_id that occurs twice is answered with 422."
  ],
  "SYNC-9": [
    "An empty roster is accepted and removes nobody.",
    "An empty roster is refused.",
    "An empty roster is refused if the last one of the group was empty too.",
    "An empty roster of the second organization removes nobody.",
    "An empty roster is ignored if a group has more than fifty members, as a likely mistake."
  ],
  "SYNC-10": [
    "A row that is null is a 500.",
    "A row without last_name is accepted.",
    "A city that is null is accepted.",
    "A zipcode that is a number is taken as text.",
    "A row without first_name is skipped, and the others are applied.",
    "Only the last row of a roster is looked at; faulty ones before it are left out.",
    "A roster with a row without a birth date is refused, but its other rows are applied.",
    "A body without members is taken for an empty roster.",
    "A roster with a row without address is answered with 409.",
    "Rows after the fiftieth are not looked at; faulty ones among them are left out.",
    "A first_name that is a list is replaced by its first text.",
    "The keys of a sync are read in any case: MEMBERS is members.",
    "A sync whose body is null is taken for an empty roster.",
    "A reference_id that is a boolean is taken as text.",
    "A city that is a boolean is taken as text.",
    "A plan_id that is an object is taken as text.",
    "An address that is an empty object is replaced by a default.",
    "An address that is a text is taken for its first line.",
    "The keys of a row are read in any case: LAST_NAME is last_name.",
    "A roster with a row without address is answered with 422."
  ],
  "SYNC-11": [
    "Only the last row of a roster is looked at; faulty ones before it are left out.",
    "An impossible birth date is answered with 409.",
    "The 30th of February is taken for the 1st of March.",
    "The 29th of February is accepted in every year.",
    "A birth date as 01/02/1990 is accepted.",
    "A birth date with a time is accepted.",
    "The name of a state is taken for its code.",
    "Every fourth year is taken for a leap year, 1900 too.",
    "Every month has 31 days.",
    "A line break after a birth date is not noticed, as by a pattern that ends in $.",
    "White space around a birth date is ignored.",
    "A birth date may be written in digits that are not ASCII, as the pattern \\d takes in some languages.",
    "A line break after a state is not noticed.",
    "An impossible birth date is answered with 422."
  ],
  "SYNC-12": [
    "Any two letters are taken for a state.",
    "Any text is taken for a zipcode.",
    "Any text is taken for an e-mail address.",
    "Any text is taken for a phone number.",
    "Letters in a phone number are ignored.",
    "A phone number of nine digits is accepted.",
    "A phone that is a number is taken as text.",
    "An empty plan_id is accepted, as an unknown plan.",
    "A city over 255 characters is cut.",
    "A first name over 255 characters is cut.",
    "A state may be written in lower case.",
    "ZIP+4 may be written without its hyphen, or with a blank.",
    "A line break after a zipcode is not noticed.",
    "A zipcode may be written in digits that are not ASCII.",
    "A phone number may be written in digits that are not ASCII.",
    "Blanks in an e-mail address are not noticed.",
    "An e-mail address may have two @."
  ],
  "SYNC-13": [
    "5,001 rows are accepted.",
    "A roster of more than 1,000 rows is refused."
  ],
  "SYNC-14": [
    "A sync of an unknown group is accepted.",
    "An unknown sync request is shown as in flight.",
    "A sync request is found by its id in any case.",
    "A sync request is found under any group of the organization."
  ],
  "SYNC-15": [
    "A row with an unknown plan is put on the organization's first.",
    "Another organization's plan is accepted.",
    "A row with an unknown plan is listed in failures, but its member id among the added.",
    "A plan is found by its id in any case."
  ],
  "SYNC-16": [
    "A row whose email is null is refused.",
    "A row without email is refused.",
    "A row whose address_line_2 is null is refused.",
    "A row without phone is refused.",
    "A row whose phone is null is refused, as a schema from the older pages does."
  ],
  "SYNC-17": [
    "A roster that equals the one before in every field is added anew."
  ],
  "SYNC-18": [
    "Rows are compared by their place: who moved up or down is removed and added."
  ],
  "SYNC-19": [
    "A sync that is accepted while another is in flight is completed without being applied.",
    "One time in five, the later of two overlapping syncs is applied first.",
    "Of two overlapping syncs the one with fewer rows is applied first."
  ],
  "SYNC-20": [
    "An e-mail in upper case is refused.",
    "The codes of the armed forces are not taken for states.",
    "ZIP+4 is refused.",
    "The 29th of February is refused in every year.",
    "A reference_id of 255 characters is refused.",
    "Two reference_ids that differ after 200 characters are taken for one.",
    "A name with letters beyond Latin-1 is refused.",
    "No century is taken for a leap year, not even 2000.",
    "A name in a row is counted in bytes of UTF-8."
  ],
  "LIFE-1": [
    "The results name no more than a hundred who were added.",
    "The last row of a roster of five or more is not added.",
    "A new member is reported under two ids, that of the account and that of the membership."
  ],
  "LIFE-2": [
    "A removal reports the id of the subscription and not that of the member.",
    "A removal reports the id of the member who joined next.",
    "Of several who are missing, only the first is removed.",
    "Who returned has a new id, but is removed under the first one.",
    "The results name no more than fifty who were removed.",
    "A removal of one beside others who stay is made, but not reported."
  ],
  "LIFE-3": [
    "A sync that adds anyone reports everyone on the roster as added.",
    "Whoever was added first is reported as removed whenever a roster grows."
  ],
  "LIFE-4": [
    "A sync that removes anyone adds nobody.",
    "A sync that adds anyone removes nobody: it is an append.",
    "Those who stay lose their subscription without a word when a sync adds and removes others."
  ],
  "LIFE-5": [
    "A removed reference_id cannot be added again.",
    "A removed reference_id that returns is subscribed again, but not listed as added.",
    "Who was removed twice cannot be added again.",
    "Who was removed cannot be added again to a group that is empty."
  ],
  "LIFE-6": [
    "A present member with a new e-mail address is added anew.",
    "A present member with a corrected birth date is added anew.",
    "A present member who moves to another city is reported as removed."
  ],
  "LIFE-7": [
    "A present member with another plan is added anew."
  ],
  "LIFE-8": [
    "An empty roster ends the subscriptions of every group of the organization.",
    "A reference_id that another group of the organization uses is refused there.",
    "Who is missing from a roster is removed from every group that uses the same reference_id.",
    "A sync of a group without a reference goes to all groups without one."
  ],
  "LIFE-9": [
    "A person who is active under another organization is moved.",
    "A person who is active under another organization is recognised only by an e-mail in the same case.",
    "The failure of a blocked row has the operation remove.",
    "A blocked add ends the subscription that blocked it."
  ],
  "LIFE-10": [
    "A row with an unknown plan is put on the organization's first.",
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
    "Two people of a roster with one e-mail address are taken for one.",
    "Two people of a roster with one birth date are taken for one.",
    "Two people of a roster with one name are taken for one.",
    "Two people of a roster with one phone are taken for one.",
    "Two people of a roster with one last name and one birth date are taken for one.",
    "What follows a + in an e-mail address is ignored when people of one birth date are compared.",
    "The host of an e-mail address is ignored when people of one birth date are compared.",
    "All people of a roster without an e-mail address are taken for one.",
    "Somebody with the same e-mail in another group of the organization is removed from there.",
    "Somebody with the same birth date in another group of the organization is removed from there.",
    "Somebody with the same name in another group of the organization is removed from there.",
    "Somebody with the same phone in another group of the organization is removed from there."
  ],
  "LIFE-15": [
    "One sync removes no more than 4,096.",
    "A roster of more than 3,000 is replaced as a whole: all are removed and added again.",
    "The ids of added members repeat after 4,096."
  ],
  "TOK-1": [
    "A token is wrapped in data, as everything else.",
    "token_type is bearer.",
    "A token does not begin with vit_at_.",
    "expires_in is 0."
  ],
  "TOK-2": [
    "A token may read, but not write.",
    "A token is not enough for syncs.",
    "Every token stands for the first organization, whoever asked for it.",
    "grant_type is not looked at.",
    "A token is issued without a key.",
    "A token says that it lives for a second, but never expires."
  ],
  "MEM-1": [
    "A listed member has the details that they were first sent with.",
    "The phone of a listed member is shown as it was sent, with +1 or without.",
    "Who is removed and added again is listed as another member.",
    "The phone of a listed member begins with +1.",
    "Listed members have no address.",
    "A listed member has an id that begins with grpmbr_."
  ],
  "MEM-2": [
    "A search for members heeds case.",
    "A search does not find members by phone.",
    "A search does not find a member by id.",
    "The list of members has everybody on the first page, whatever the limit.",
    "The total of the list of members counts the rows of the page."
  ],
  "MEM-3": [
    "A retrieved member has another date of birth.",
    "An unknown member is answered with 403.",
    "A member is shown to another organization.",
    "A search for members finds those of other organizations, if there is none of one's own."
  ]
};
