// Do not edit: written from spec/ by `npm run generate`.

/** By rule, level and title of a check: the operations that it sends, or the method if it is not an operation. */
export const traffic: Readonly<Record<string, readonly string[]>> = {
  "AUTH-1 must the lists answer 401 without a key": [
    "listGroups",
    "listPlans"
  ],
  "AUTH-1 must every operation on an existing group answers 401 without a key": [
    "createGroup",
    "listGroups",
    "retrieveGroup",
    "updateGroup",
    "submitMemberSync",
    "retrieveMemberSync",
    "listPlans"
  ],
  "AUTH-2 must the lists answer 401 to a key that nobody has": [
    "listGroups",
    "listPlans"
  ],
  "AUTH-2 must every operation on an existing group answers 401 to a key that nobody has": [
    "createGroup",
    "listGroups",
    "retrieveGroup",
    "updateGroup",
    "submitMemberSync",
    "retrieveMemberSync",
    "listPlans"
  ],
  "AUTH-2 should the list answers 401 to the run's own key without the Bearer scheme": [
    "listGroups"
  ],
  "AUTH-3 must another organization's group gets the same answer as an unknown one, whatever the body": [
    "createGroup",
    "retrieveGroup",
    "updateGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "AUTH-3 must another organization cannot reach a group by any operation, and an update has no effect": [
    "createGroup",
    "retrieveGroup",
    "updateGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "AUTH-3 must another organization's syncs do not reach a group's members": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "AUTH-3 must groups are absent from another organization's list, on its first pages and its last": [
    "createGroup",
    "listGroups"
  ],
  "AUTH-3 must a group is absent from another organization's list by reference": [
    "listGroups"
  ],
  "AUTH-3 must a new group does not count in another organization's total": [
    "createGroup",
    "listGroups"
  ],
  "AUTH-4 should a retrieval of an unknown group without a key is 401, not 404": [
    "retrieveGroup"
  ],
  "AUTH-4 should an invalid or malformed body without a key is 401, not 400": [
    "createGroup"
  ],
  "ID-1 must the id of every group of this run starts with grp_": [],
  "ID-2 must what follows the prefix of every group of this run is 1 to 64 URL-safe characters": [],
  "ID-2 should it is the canonical base64 of 16 bytes": [],
  "ID-3 must a group has one id in every answer, before and after updates": [
    "createGroup",
    "listGroups",
    "retrieveGroup",
    "updateGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "ID-5 must each submission has its own request id, even of the same roster": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "ID-5 should the request ids of this run are the canonical base64 of 16 bytes": [],
  "ID-4 must no two groups of this run share an id, not even two with the same name": [],
  "ID-5 must the request ids of this run are well-formed": [],
  "ID-6 should it is the canonical base64 of 16 bytes": [
    "createGroup",
    "retrieveGroup"
  ],
  "ID-6 must organization_id is well-formed and the same for all groups": [
    "createGroup",
    "listGroups",
    "retrieveGroup"
  ],
  "ID-7 should plan ids start with pln_ or plan_": [
    "listPlans"
  ],
  "ID-8 must member ids are non-empty and unique in added and in removed": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "ID-8 should they start with grpmbr_": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "ERR-1 must every refusal of a GET, POST or PATCH in this run has the error body": [
    "createGroup",
    "listGroups",
    "retrieveGroup",
    "updateGroup",
    "submitMemberSync"
  ],
  "ERR-1 should refusals of other methods have the error body": [
    "PUT",
    "DELETE",
    "createGroup"
  ],
  "ERR-2 must in every error body of this run, error equals message": [
    "createGroup",
    "listGroups",
    "retrieveGroup",
    "updateGroup",
    "submitMemberSync"
  ],
  "ERR-3 should two error bodies have different trace ids": [
    "retrieveGroup"
  ],
  "ERR-4 must malformed JSON is refused and creates nothing": [
    "createGroup",
    "listGroups"
  ],
  "ERR-4 must malformed JSON is refused by update and sync, and changes nothing": [
    "createGroup",
    "retrieveGroup",
    "updateGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "ERR-4 should the status is 400": [
    "createGroup"
  ],
  "ERR-4 should a body that is not UTF-8 is refused and creates nothing": [
    "createGroup",
    "listGroups"
  ],
  "ERR-5 must an unknown group is 404 on retrieve and update, a malformed id a 4xx": [
    "retrieveGroup",
    "updateGroup"
  ],
  "ERR-5 must an id that differs from a known one only in case is 404": [
    "retrieveGroup"
  ],
  "ERR-5 must retrieving an unknown group is 404": [
    "retrieveGroup"
  ],
  "ERR-5 should retrieving a malformed id is 404": [
    "retrieveGroup"
  ],
  "ERR-6 must DELETE on a group is refused and leaves it": [
    "DELETE",
    "createGroup",
    "retrieveGroup"
  ],
  "ERR-7 must neither hostile input nor anything else in this run caused a 5xx": [
    "GET",
    "createGroup",
    "listGroups",
    "retrieveGroup",
    "updateGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "ERR-8 must every answer of this run is JSON of the contract’s schema": [
    "createGroup",
    "listGroups",
    "retrieveGroup",
    "updateGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "ERR-8 must the lists are JSON of the contract’s schema": [
    "listGroups",
    "listPlans"
  ],
  "GRP-1 must create answers 201 or 200 with a group": [
    "createGroup"
  ],
  "GRP-1 should the status is 201": [
    "createGroup"
  ],
  "GRP-2 must create and retrieve echo names and references exactly": [
    "createGroup",
    "retrieveGroup"
  ],
  "GRP-2 must a name and a reference with a NUL are refused, or echoed whole": [
    "createGroup",
    "retrieveGroup"
  ],
  "GRP-2 should 255 characters that are not ASCII are echoed whole": [
    "createGroup"
  ],
  "GRP-3 must created_at and updated_at are RFC 3339 in UTC, or null": [
    "createGroup",
    "listGroups",
    "updateGroup"
  ],
  "GRP-4 must retrieve and list return what create returned": [
    "createGroup",
    "listGroups",
    "retrieveGroup"
  ],
  "GRP-5 must an update of name alone changes only name": [
    "createGroup",
    "listGroups",
    "retrieveGroup",
    "updateGroup"
  ],
  "GRP-5 must an update of both fields changes both, in retrieve and in the list too": [
    "createGroup",
    "listGroups",
    "retrieveGroup",
    "updateGroup"
  ],
  "GRP-5 must the second organization can update its groups as well": [
    "createGroup",
    "listGroups",
    "retrieveGroup",
    "updateGroup"
  ],
  "GRP-6 must an update of external_reference_id alone changes only that": [
    "createGroup",
    "listGroups",
    "retrieveGroup",
    "updateGroup"
  ],
  "GRP-6 must an update to what the group already has changes nothing": [
    "createGroup",
    "retrieveGroup",
    "updateGroup"
  ],
  "GRP-7 should an update without a body is a 200 that changes nothing": [
    "createGroup",
    "retrieveGroup",
    "updateGroup"
  ],
  "GRP-7 should an empty update, or one of nulls, is a 200 that changes nothing": [
    "createGroup",
    "retrieveGroup",
    "updateGroup"
  ],
  "GRP-8 must no update changes membership, whatever its body and whether or not it is refused": [
    "createGroup",
    "updateGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "GRP-9 must updates keep id, organization_id and created_at, and updated_at does not go back": [
    "createGroup",
    "retrieveGroup",
    "updateGroup"
  ],
  "GRP-10 must create refuses a bad name and creates nothing": [
    "createGroup",
    "listGroups"
  ],
  "GRP-10 must create refuses a bad name from the second organization as well": [
    "createGroup"
  ],
  "GRP-10 should create and update refuse a body that is not an object": [
    "createGroup",
    "updateGroup"
  ],
  "GRP-10 must update refuses a bad name and changes nothing": [
    "retrieveGroup",
    "updateGroup"
  ],
  "GRP-13 should two groups may share a name": [
    "createGroup",
    "listGroups"
  ],
  "GRP-11 should a group can be created without external_reference_id": [
    "createGroup"
  ],
  "GRP-11 should groups without external_reference_id are separate groups": [
    "createGroup",
    "listGroups",
    "retrieveGroup",
    "updateGroup"
  ],
  "GRP-12 must a reference that is taken is refused on create, and nothing is created": [
    "createGroup",
    "listGroups",
    "retrieveGroup"
  ],
  "GRP-12 must a reference that is taken is refused on update, and nothing changes": [
    "createGroup",
    "retrieveGroup",
    "updateGroup"
  ],
  "GRP-12 must a reference that a group got by an update is taken as well": [
    "createGroup",
    "listGroups",
    "retrieveGroup",
    "updateGroup"
  ],
  "GRP-12 must the reference of the first group of this run is still taken at its end": [
    "createGroup",
    "retrieveGroup"
  ],
  "GRP-12 must a reference that is taken is refused to the second organization as well": [
    "createGroup"
  ],
  "GRP-12 should the status is 409": [
    "createGroup",
    "updateGroup"
  ],
  "GRP-14 must create and update refuse a reference that is too long or not a string": [
    "createGroup",
    "retrieveGroup",
    "updateGroup"
  ],
  "GRP-15 should a reference that an update freed can be used again": [
    "createGroup",
    "updateGroup"
  ],
  "GRP-15 should a reference that another organization uses can be used too": [
    "createGroup"
  ],
  "GRP-16 should references of groups that differ in case, accents or white space are different": [
    "createGroup",
    "listGroups"
  ],
  "PAGE-1 must the list has data, and pagination with four integers": [
    "listGroups"
  ],
  "PAGE-2 must page 1 of 20 is the default, and other values are echoed": [
    "listGroups"
  ],
  "PAGE-3 must a page has no more rows than limit": [
    "createGroup",
    "listGroups"
  ],
  "PAGE-3 must a limit above 100 never yields more than 100 rows": [
    "listGroups"
  ],
  "PAGE-3 must the same if there are more than 100 groups": [
    "createGroup",
    "listGroups"
  ],
  "PAGE-4 should a page or limit out of range or not a number is 400": [
    "listGroups"
  ],
  "PAGE-5 must a walk yields every group once, with full and with partial last pages": [
    "createGroup",
    "listGroups"
  ],
  "PAGE-6 must pages far past the end are 200 and empty": [
    "listGroups"
  ],
  "PAGE-6 must a page past the end has the same total": [
    "createGroup",
    "listGroups"
  ],
  "PAGE-6 must the page right after the last is 200 and empty": [
    "listGroups"
  ],
  "PAGE-7 must total_pages is total divided by limit, rounded up": [
    "createGroup",
    "listGroups"
  ],
  "PAGE-8 must a reference finds the one group that has it, exactly": [
    "createGroup",
    "listGroups"
  ],
  "PAGE-8 must the filter goes by the reference that a group has now, and by nothing else": [
    "createGroup",
    "listGroups",
    "updateGroup"
  ],
  "PAGE-8 must the filter finds the first group of this run at its end": [
    "listGroups",
    "retrieveGroup"
  ],
  "PAGE-9 must the order of the list is the same twice, and the same in pages of another size": [
    "listGroups"
  ],
  "PLAN-1 must the plans list has entries with id and name": [
    "listPlans"
  ],
  "PLAN-1 should it has pagination, a limit, and an end": [
    "listPlans"
  ],
  "SYNC-1 must an accepted sync is 202 with request_id, group_id and accepted_at": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "SYNC-2 must the receipt names the group of the path, and retrievals repeat the receipt": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "SYNC-3 must completed_at and results are present in every retrieval, both null or both set": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "SYNC-3 must results are set in a completed request that changed nothing, too": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "SYNC-4 must a sync completes in time": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "SYNC-4 must every sync of this run completed in time": [],
  "SYNC-5 must results has its three arrays, and failures their three fields": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "SYNC-6 must a completed request is the same after later syncs": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "SYNC-6 must the first requests of this run can still be retrieved at its end": [
    "retrieveMemberSync"
  ],
  "SYNC-7 must completed_at is not before accepted_at": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "SYNC-8 must a repeated reference_id is 400 wherever it stands, and membership is as before": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "SYNC-9 must an empty roster is accepted and removes everyone, few or many": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "SYNC-9 must an empty roster of the second organization removes everyone as well": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "SYNC-13 should 5,000 rows are accepted and applied, 5,001 are 400": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "SYNC-14 must a sync of an unknown group is 404, and so is an unknown request id, even one that differs only in case": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "SYNC-14 should a request under another group is 404": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "SYNC-15 must an unknown plan never adds a member, nor does one whose id differs only in case": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "SYNC-15 must a plan of another organization never adds a member": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync",
    "listPlans"
  ],
  "SYNC-17 must the same roster again adds, removes and fails nothing": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "SYNC-18 should the same rows in another order are the same roster": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "SYNC-19 should of two overlapping syncs, the one that was accepted later decides": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "SYNC-10 must a row without a required field, or with one of the wrong type, is refused and no row is applied": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "SYNC-10 must a faulty row is refused wherever it is in a roster": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "SYNC-10 should the status is 400": [
    "submitMemberSync"
  ],
  "SYNC-10 must a body without members, or with members of the wrong type, is refused": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "SYNC-11 must an impossible or badly formatted birth date, or a state that is not two characters, is refused": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "SYNC-11 should the status is 400": [
    "submitMemberSync"
  ],
  "SYNC-12 should a value that is out of its set, format or length is 400": [
    "createGroup",
    "submitMemberSync"
  ],
  "SYNC-16 must email and address_line_2 may be omitted or null": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "SYNC-16 should phone may be omitted or null": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "SYNC-20 must every listed state and territory is accepted": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "SYNC-20 should names of 255 characters that are not ASCII are accepted": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "SYNC-20 must unusual but valid rows are accepted": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "GRP-16 should reference_ids that differ in case, accents or white space are different": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "LIFE-1 must each new row yields one id": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "LIFE-2 must a missing member is removed under the id they were added under": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "LIFE-2 must of 101 people, the 100 who are missing are all removed": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "LIFE-2 must a member who was removed and added again is removed under the id of the second addition": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "LIFE-3 must a member who is still present is in neither list": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "LIFE-4 must one sync adds, removes and keeps": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "LIFE-5 must a removed reference_id that returns is added again": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "LIFE-6 must changed personal fields of a present member add and remove nothing": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "LIFE-7 must a changed plan_id of a present member adds and removes nothing": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync",
    "listPlans"
  ],
  "LIFE-8 must syncing one group leaves the members of another alone": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "LIFE-8 must groups that use the same reference_ids for different people leave each other alone": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "LIFE-8 must groups without external_reference_id leave each other alone": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "LIFE-9 must a person who is active under another organization is blocked, and stays active there": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "LIFE-10 must a row with an unknown plan does not stop the others": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "LIFE-10 must a blocked row does not stop the others": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "LIFE-11 must a person who was added to a second group is no longer present in the first": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "LIFE-12 should a blocked row succeeds once the block is gone": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "LIFE-13 should the same person under a new reference_id is one removal and one addition": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "LIFE-14 should people who share some details, but not those that identify a person, are all added": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "LIFE-14 should nor are they treated as a person who is active in another group": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "LIFE-15 must what holds for a small roster holds for the largest": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync"
  ],
  "TOK-1 should a key issues a bare bearer token": [
    "issueAccessToken"
  ],
  "TOK-2 should a token does what its key does on groups, plans and syncs": [
    "createGroup",
    "listGroups",
    "retrieveGroup",
    "updateGroup",
    "submitMemberSync",
    "retrieveMemberSync",
    "listPlans",
    "issueAccessToken",
    "listMembers"
  ],
  "TOK-2 should a token of another organization's key reaches its groups, and only those": [
    "createGroup",
    "retrieveGroup",
    "issueAccessToken"
  ],
  "TOK-2 should a token is 401 after it expired": [
    "issueAccessToken"
  ],
  "TOK-2 should another grant, or none, is refused, and no key is 401": [
    "issueAccessToken"
  ],
  "MEM-1 should each person whom a sync added is listed once, as they were sent": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync",
    "listMembers"
  ],
  "MEM-1 should a person is the same after their details changed, and after they were removed and added": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync",
    "listMembers"
  ],
  "MEM-1 should a phone in E.164 is shown with 10 digits": [
    "createGroup",
    "submitMemberSync",
    "retrieveMemberSync",
    "listMembers"
  ],
  "MEM-2 should search finds part of a name, an e-mail or a phone without case, and the exact id": [
    "listMembers"
  ],
  "MEM-2 should pages of members work like pages of groups": [
    "listMembers"
  ],
  "MEM-3 should a member retrieved by id is the same person, with the birth date; an unknown one is 404": [
    "listMembers",
    "retrieveMember"
  ],
  "MEM-3 should another organization's member is 404, and not found by a search": [
    "listMembers",
    "retrieveMember"
  ]
};
