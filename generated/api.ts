// Do not edit: written from spec/ by `npm run generate`.

export interface paths {
    readonly "/v1/groups": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List groups
         * @description The groups of the key's organization, page by page, or the one that has the given `external_reference_id` (`seed`, `docs`). The order is not documented; it is stable while nothing is written (§8.9, `inferred`). A page past the end is empty, not an error (`sdk`).
         */
        readonly get: operations["listGroups"];
        readonly put?: never;
        /**
         * Create a group
         * @description Creates a group under the key's organization and returns `name` and `external_reference_id` as given (`seed`, `docs`). A reference that another group of the organization already has is a conflict (`sdk`). No source states the status of a success (§8.1).
         */
        readonly post: operations["createGroup"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/groups/{group_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /**
                 * @description The group's id, as create or list returned it (`seed`).
                 * @example grp_AZxJ0pPxdX6Jq0zGm2nTOQ
                 */
                readonly group_id: components["parameters"]["GroupId"];
            };
            readonly cookie?: never;
        };
        /**
         * Retrieve a group
         * @description One group of the key's organization (`seed`). A group of another organization does not exist for the caller (`docs`, `sdk`).
         */
        readonly get: operations["retrieveGroup"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        /**
         * Update a group
         * @description Changes the name, the reference, both or neither. A field that is left out or null stays as it is (`sdk`). The body itself may be left out (`docs`, §8.31). Membership is never edited here (`seed`). No source states the status of a success; 200 is `inferred`.
         */
        readonly patch: operations["updateGroup"];
        readonly trace?: never;
    };
    readonly "/v1/groups/{group_id}/members/sync": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /**
                 * @description The group's id, as create or list returned it (`seed`).
                 * @example grp_AZxJ0pPxdX6Jq0zGm2nTOQ
                 */
                readonly group_id: components["parameters"]["GroupId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Submit a member sync
         * @description Takes the complete current roster of one group and queues its reconciliation: a reference that is new is added, one that is already subscribed stays, one that is missing is removed (`docs`). To add one person, send everyone. The body is checked as a whole before anything is queued (`docs`). The answer is a receipt; the outcome is read from the sync request (`docs`, `sdk`).
         */
        readonly post: operations["submitMemberSync"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/groups/{group_id}/members/sync/{request_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /**
                 * @description The group's id, as create or list returned it (`seed`).
                 * @example grp_AZxJ0pPxdX6Jq0zGm2nTOQ
                 */
                readonly group_id: components["parameters"]["GroupId"];
                /**
                 * @description The id from the receipt of the submitted sync (`docs`).
                 * @example grpmsr_AZxJ1A7tdqOVE7cO6Q0nPw
                 */
                readonly request_id: components["parameters"]["RequestId"];
            };
            readonly cookie?: never;
        };
        /**
         * Retrieve a sync request
         * @description The state of one sync request. There are no webhooks for this flow: polling is the only way to see the outcome (`docs`, `sdk`).
         */
        readonly get: operations["retrieveMemberSync"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/plans": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List plans
         * @description The plans that a row of a member sync may name, page by page (`docs`).
         */
        readonly get: operations["listPlans"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/auth/access-tokens": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Issue an access token
         * @description Issues a short-lived token that an API key authorizes. A token without a bound entity reaches the whole organization, as its key does (`docs`, `sdk`); a bound one reaches less, so it is refused with 403 on groups, plans, syncs and members (`inferred`). Tokens expire after 15 minutes (`docs`); an expired one is refused with 401, as an unknown key is (`inferred`).
         */
        readonly post: operations["issueAccessToken"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v2/members": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List members
         * @description The people in the organization's book, among them the members of its groups, page by page (`sdk`). Somebody who was removed from the organization's last group is no longer listed (`inferred`).
         */
        readonly get: operations["listMembers"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/members/{member_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /**
                 * @description The member's id, as the list of members returned it (`sdk`).
                 * @example mbr_AZxJ1B1xdFqZQ3mYw8xvXA
                 */
                readonly member_id: components["parameters"]["MemberId"];
            };
            readonly cookie?: never;
        };
        /**
         * Retrieve a member
         * @description One person of the organization's book (`sdk`). A member that the caller cannot see is 404 (`sdk`). So is one who was removed from the organization's last group, although the account is kept (`inferred`).
         */
        readonly get: operations["retrieveMember"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Issued by Vitable, stable for the group's lifetime (`seed`). */
        readonly GroupId: string;
        /** @description The organization that owns the key (`docs`, `sdk`). */
        readonly OrganizationId: string;
        /** @description A new id for each accepted sync (`docs`, `sdk`). */
        readonly RequestId: string;
        /** @description A person's place in one group. Begins with `grpmbr_` in the published example (`wire`); no source says more, so treat it as opaque (`sdk`). */
        readonly GroupMemberId: string;
        /** @description A person's account, whichever groups they are in. Begins with `mbr_` (`sdk`). */
        readonly MemberId: string;
        /**
         * Format: date-time
         * @description RFC 3339 in UTC, written with `Z` or `+00:00` (`docs`).
         */
        readonly Timestamp: string;
        /** @description A named container of members under one organization (`seed`). */
        readonly Group: {
            readonly id: components["schemas"]["GroupId"];
            readonly organization_id: components["schemas"]["OrganizationId"];
            /** @description Display name; two groups may share one (`seed`, `inferred`). */
            readonly name: string;
            /** @description The partner's own identifier, unique within the organization (`seed`, `sdk`). Empty, null or absent if the group was created without one; no SDK type allows null (§8.2). */
            readonly external_reference_id?: string | null;
            /** @description When the group was created, if known (`docs`). */
            readonly created_at: components["schemas"]["Timestamp"] | null;
            /** @description When the group was last updated, if known (`docs`). */
            readonly updated_at: components["schemas"]["Timestamp"] | null;
        };
        readonly GroupResponse: {
            readonly data: components["schemas"]["Group"];
        };
        readonly GroupListResponse: {
            readonly data: readonly components["schemas"]["Group"][];
            readonly pagination: components["schemas"]["Pagination"];
        };
        readonly CreateGroupRequest: {
            /** @description Display name (`seed`). */
            readonly name: string;
            /** @description The partner's own identifier for the group (`seed`). The API reference and the SDKs require it, the concept page calls it optional (§8.2); null (§8.19) and an empty text (§8.18) are taken as left out. */
            readonly external_reference_id?: string | null;
        };
        readonly UpdateGroupRequest: {
            /** @description The new display name; null or absent leaves it (`sdk`). */
            readonly name?: string | null;
            /** @description The new reference; null or absent leaves it (`sdk`). */
            readonly external_reference_id?: string | null;
        };
        /** @description A care offering linked to the organization by Vitable (`seed`, `docs`). */
        readonly Plan: {
            /** @description Starts with `pln_`; two comments in the SDKs write `plan_` (`docs`, `sdk`). */
            readonly id: string;
            /** @description The plan's name as members see it (`sdk`). */
            readonly name: string;
        };
        readonly PlanListResponse: {
            readonly data: readonly components["schemas"]["Plan"][];
            readonly pagination?: components["schemas"]["Pagination"];
        };
        /** @description The position of this page in the whole list (`docs`). */
        readonly Pagination: {
            /** @description The page that was returned (`docs`). */
            readonly page: number;
            /** @description The page size that was applied (`docs`). */
            readonly limit: number;
            /** @description The number of rows on all pages (`docs`). */
            readonly total: number;
            /** @description `total` divided by `limit`, rounded up (`docs`). Of an empty list 0 or 1 (§8.10). */
            readonly total_pages: number;
        };
        /** @description The complete current roster of one group (`docs`). */
        readonly SubmitMemberSyncRequest: {
            /** @description Everyone who belongs to the group from now on. An empty list removes everyone (`docs`). A `reference_id` occurs at most once (`docs`). The upper limit is that of the sister census endpoint (§8.12, `inferred`). */
            readonly members: readonly components["schemas"]["MemberRow"][];
        };
        /** @description One person of the roster, as the partner knows them (`docs`, `sdk`). */
        readonly MemberRow: {
            /** @description The partner's identifier of the member, unique within the payload (`docs`). */
            readonly reference_id: string;
            /** @description Legal first name (`docs`, `sdk`). */
            readonly first_name: string;
            /** @description Legal last name (`docs`, `sdk`). */
            readonly last_name: string;
            /**
             * Format: date
             * @description A real calendar date, `YYYY-MM-DD` (`docs`, `sdk`).
             */
            readonly date_of_birth: string;
            /** @description A 10-digit US number (`docs`) or E.164 (`sdk`). The SDKs let it be omitted or null, older pages require it (§8.5). Formatting characters and a leading 1 are disputed too (§8.28). */
            readonly phone?: string | null;
            /**
             * Format: email
             * @description Identifies a known person, together with the date of birth (`docs`).
             */
            readonly email?: string | null;
            /** @description The plan to subscribe the member to when they are added (`docs`). */
            readonly plan_id: string;
            readonly address: components["schemas"]["Address"];
        };
        /** @description A postal address in the United States (`docs`, `sdk`). */
        readonly Address: {
            /** @description Street and number (`docs`). */
            readonly address_line_1: string;
            /** @description Unit or floor (`docs`). */
            readonly address_line_2?: string | null;
            /** @description City or town (`docs`). */
            readonly city: string;
            /**
             * @description USPS code of a state, district, territory or armed-forces region (`docs`, `sdk`).
             * @enum {string}
             */
            readonly state: "AL" | "AK" | "AZ" | "AR" | "CA" | "CO" | "CT" | "DE" | "FL" | "GA" | "HI" | "ID" | "IL" | "IN" | "IA" | "KS" | "KY" | "LA" | "ME" | "MD" | "MA" | "MI" | "MN" | "MS" | "MO" | "MT" | "NE" | "NV" | "NH" | "NJ" | "NM" | "NY" | "NC" | "ND" | "OH" | "OK" | "OR" | "PA" | "RI" | "SC" | "SD" | "TN" | "TX" | "UT" | "VT" | "VA" | "WA" | "WV" | "WI" | "WY" | "DC" | "PR" | "GU" | "AS" | "VI" | "MP" | "MH" | "PW" | "FM" | "AE" | "AA" | "AP";
            /** @description Five digits or ZIP+4 (`docs`, `sdk`). */
            readonly zipcode: string;
        };
        /** @description The receipt of an accepted sync; not its result (`docs`). */
        readonly GroupMemberSync: {
            readonly request_id: components["schemas"]["RequestId"];
            readonly group_id: components["schemas"]["GroupId"];
            readonly accepted_at: components["schemas"]["Timestamp"];
        };
        readonly GroupMemberSyncResponse: {
            readonly data: components["schemas"]["GroupMemberSync"];
        };
        /** @description A sync request and, once it is completed, its results. `completed_at` and `results` are null while it is in flight and both set afterwards (`docs`, `sdk`). */
        readonly GroupMemberSyncRequest: {
            readonly request_id: components["schemas"]["RequestId"];
            readonly group_id: components["schemas"]["GroupId"];
            readonly accepted_at: components["schemas"]["Timestamp"];
            /** @description When processing ended; null while in flight (`docs`). */
            readonly completed_at: components["schemas"]["Timestamp"] | null;
            /** @description What the sync did; null while in flight (`docs`). */
            readonly results: components["schemas"]["GroupMemberSyncResults"] | null;
        };
        readonly GroupMemberSyncRequestResponse: {
            readonly data: components["schemas"]["GroupMemberSyncRequest"];
        };
        /** @description The outcome of a completed sync (`sdk`). */
        readonly GroupMemberSyncResults: {
            /** @description Members whose subscription this sync started (`sdk`). */
            readonly added_group_member_ids: readonly components["schemas"]["GroupMemberId"][];
            /** @description Members whose subscription this sync ended (`sdk`). */
            readonly removed_group_member_ids: readonly components["schemas"]["GroupMemberId"][];
            /** @description Rows that could not be applied; the others were (`docs`). */
            readonly failures: readonly components["schemas"]["GroupMemberSyncFailure"][];
        };
        /** @description One row, or one removal, that could not be applied (`sdk`). */
        readonly GroupMemberSyncFailure: {
            /** @description The partner's identifier of the member (`sdk`). */
            readonly reference_id: string;
            /**
             * @description What was attempted (`sdk`).
             * @enum {string}
             */
            readonly operation: "add" | "remove";
            /** @description Why it failed, for a person to read (`sdk`). */
            readonly reason: string;
        };
        /** @description What the token is for (`sdk`). */
        readonly IssueAccessTokenRequest: {
            /**
             * @description The only grant that the API knows (`sdk`).
             * @enum {string}
             */
            readonly grant_type: "client_credentials";
            /** @description Limits the token to one employer or employee; null or absent for the whole organization (`sdk`). */
            readonly bound_entity?: components["schemas"]["BoundEntity"] | null;
        };
        /** @description The employer or employee that a token is limited to (`sdk`). */
        readonly BoundEntity: {
            /** @description Begins with `empr_` or `empl_` (`sdk`). */
            readonly id: string;
            /**
             * @description What the id names (`sdk`).
             * @enum {string}
             */
            readonly type: "employer" | "employee";
        };
        /** @description A short-lived key of the organization (`docs`, `sdk`). */
        readonly AccessToken: {
            /** @description Used as a bearer key, like an API key. Begins with `vit_at_` (`docs`, `sdk`). */
            readonly access_token: string;
            /** @description Always `Bearer` (`sdk`). */
            readonly token_type: string;
            /** @description How many seconds the token is valid (`sdk`). */
            readonly expires_in: number;
            /** @description What the token is limited to; null if it reaches the whole organization (`sdk`). */
            readonly bound_entity?: components["schemas"]["BoundEntity"] | null;
        };
        /** @description Where the person lives (`sdk`). */
        readonly MemberAddress: {
            /** @description Street and number (`sdk`). */
            readonly address_line_1: string;
            /** @description Unit or floor (`sdk`). */
            readonly address_line_2?: string | null;
            /** @description City or town (`sdk`). */
            readonly city: string;
            /** @description Two-letter code (`sdk`). */
            readonly state: string;
            /** @description Five or nine digits (`sdk`). */
            readonly zipcode: string;
            /** @description County, if known (`sdk`). */
            readonly county_name?: string | null;
        };
        /** @description A person of the organization's book, as lists show them (`sdk`). */
        readonly MemberListItem: {
            /** @description The account's id; null or absent until there is an account (`sdk`). */
            readonly id?: components["schemas"]["MemberId"] | null;
            /** @description Legal first name (`sdk`). */
            readonly first_name: string;
            /** @description Legal last name (`sdk`). */
            readonly last_name: string;
            /** @description E-mail address, if known (`sdk`). */
            readonly email?: string | null;
            /** @description 10-digit US number, if known (`sdk`). */
            readonly phone?: string | null;
            /** @description Where the person lives, if known (`sdk`). */
            readonly address?: components["schemas"]["MemberAddress"] | null;
        };
        readonly MemberListResponse: {
            readonly data: readonly components["schemas"]["MemberListItem"][];
            readonly pagination: components["schemas"]["Pagination"];
        };
        /** @description A person's account (`sdk`). */
        readonly Member: components["schemas"]["MemberListItem"] & {
            /**
             * Format: date
             * @description `YYYY-MM-DD` (`sdk`).
             */
            readonly date_of_birth: string;
            /** @description In years, from the date of birth (`sdk`). */
            readonly age: number;
            /** @description Full legal name (`sdk`). */
            readonly name?: string | null;
            /** @description Legal middle name (`sdk`). */
            readonly middle_name?: string | null;
            /** @description Suffix of the name, such as `Jr` (`sdk`). */
            readonly suffix?: string | null;
            /** @description As stated by the member, if at all (`sdk`). */
            readonly sex_at_birth?: string | null;
            /** @description As stated by the member, if at all (`sdk`). */
            readonly gender?: string | null;
            /** @description Code such as `en` (`sdk`). */
            readonly preferred_language?: string | null;
            /** @description Whether the member uses tobacco, if known (`sdk`). */
            readonly tobacco_status?: boolean | null;
            /** @description As stated by the member, if at all (`sdk`). */
            readonly marital_status?: string | null;
            /** @description Yearly, if known (`sdk`). */
            readonly individual_income_in_cents?: number | null;
            /** @description Yearly, if known (`sdk`). */
            readonly household_income_in_cents?: number | null;
            /**
             * @description A new account is `pending_onboarding` (`sdk`, `inferred`).
             * @enum {string|null}
             */
            readonly status?: "onboarded" | "pending_onboarding" | null;
        };
        readonly MemberResponse: {
            readonly data: components["schemas"]["Member"];
        };
        /** @description The body of every refused or failed request (`sdk`). */
        readonly Error: {
            /**
             * Format: date-time
             * @description When the error occurred (`sdk`).
             */
            readonly timestamp: string;
            /** @description What went wrong, for a person to read (`sdk`). */
            readonly message: string;
            /** @description The same text as `message`, for older clients (`sdk`). */
            readonly error: string;
            /** @description A code for programs to read (`sdk`). The published values belong to sister endpoints; those of this contract are made up in their style. */
            readonly app_error_code?: string | null;
            /** @description Identifies this response, for questions to support (`sdk`). */
            readonly trace_id: string;
        };
    };
    responses: {
        /** @description The request is malformed or breaks a limit (`docs`, `sdk`). */
        readonly BadRequest: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "timestamp": "2026-01-15T10:30:00Z",
                 *       "message": "name: expected at least 1 character, got \"\".",
                 *       "error": "name: expected at least 1 character, got \"\".",
                 *       "app_error_code": "validation_failed",
                 *       "trace_id": "6f1c0d1e9a5b4c0f8d2e7a3b5c9d1e0f"
                 *     }
                 */
                readonly "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The roster is malformed, or names a `reference_id` twice; nothing was queued (`docs`). */
        readonly InvalidRoster: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "timestamp": "2026-01-15T10:30:00Z",
                 *       "message": "members[2].reference_id: \"emp-0001\" is already used by members[0].",
                 *       "error": "members[2].reference_id: \"emp-0001\" is already used by members[0].",
                 *       "app_error_code": "duplicate_reference_id",
                 *       "trace_id": "0b9f4a6c2d7e4e35b1f8c6a09d3e5f71"
                 *     }
                 */
                readonly "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The key is missing, unknown or expired (`docs`, `sdk`). */
        readonly Unauthorized: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "timestamp": "2026-01-15T10:30:00Z",
                 *       "message": "Expected the header \"Authorization: Bearer <key>\", got none.",
                 *       "error": "Expected the header \"Authorization: Bearer <key>\", got none.",
                 *       "app_error_code": "unauthorized",
                 *       "trace_id": "c1d7e5a94b8f4d20a6e3f0b2958c7d14"
                 *     }
                 */
                readonly "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The key is known but may not do this (`sdk`). */
        readonly Forbidden: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "timestamp": "2026-01-15T10:30:00Z",
                 *       "message": "This key may not use the groups endpoints.",
                 *       "error": "This key may not use the groups endpoints.",
                 *       "app_error_code": "forbidden",
                 *       "trace_id": "9a3e0c7b5d1f4e86b2c4d6f8a0e1b3c5"
                 *     }
                 */
                readonly "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The organization has no such group, sync request or member (`docs`, `sdk`). */
        readonly NotFound: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "timestamp": "2026-01-15T10:30:00Z",
                 *       "message": "There is no group grp_AZxJ0pPxdX6Jq0zGm2nTOQ.",
                 *       "error": "There is no group grp_AZxJ0pPxdX6Jq0zGm2nTOQ.",
                 *       "app_error_code": "group_not_found",
                 *       "trace_id": "4e7d2b9f0c6a4a13958e1d3c5b7f9a02"
                 *     }
                 */
                readonly "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Another group of the organization has this `external_reference_id` (`sdk`). */
        readonly Conflict: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "timestamp": "2026-01-15T10:30:00Z",
                 *       "message": "external_reference_id: \"employer-1042\" already belongs to another group.",
                 *       "error": "external_reference_id: \"employer-1042\" already belongs to another group.",
                 *       "app_error_code": "external_reference_id_taken",
                 *       "trace_id": "7b5c3d1e9f0a4826a4b6c8d0e2f41357"
                 *     }
                 */
                readonly "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Another sync of the group is in flight, by a service that does not queue a second one (§8.27, `sdk`). */
        readonly SyncInFlight: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "timestamp": "2026-01-15T10:30:00Z",
                 *       "message": "Another sync of this group, grpmsr_AZxJ1A7tdqOVE7cO6Q0nPw, is in flight.",
                 *       "error": "Another sync of this group, grpmsr_AZxJ1A7tdqOVE7cO6Q0nPw, is in flight.",
                 *       "app_error_code": "sync_in_flight",
                 *       "trace_id": "a2c4e6f80b1d43578c9e0f1a3b5d7924"
                 *     }
                 */
                readonly "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Declared for every operation; no source says when this one answers with it (`sdk`). */
        readonly UnspecifiedConflict: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "timestamp": "2026-01-15T10:30:00Z",
                 *       "message": "The request conflicts with the current state.",
                 *       "error": "The request conflicts with the current state.",
                 *       "app_error_code": null,
                 *       "trace_id": "d3b5f7091c2e4468a0b2c4d6e8f13579"
                 *     }
                 */
                readonly "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Declared for every operation; no source says when this one answers with it (`sdk`). */
        readonly UnspecifiedNotFound: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "timestamp": "2026-01-15T10:30:00Z",
                 *       "message": "There is nothing here.",
                 *       "error": "There is nothing here.",
                 *       "app_error_code": null,
                 *       "trace_id": "f4a6c8e00b2d4579b1c3d5e7f9024681"
                 *     }
                 */
                readonly "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The body breaks its schema, by a service that follows the other reading of §8.8 (`sdk`). */
        readonly UnprocessableContent: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "timestamp": "2026-01-15T10:30:00Z",
                 *       "message": "name: expected a string, got 7.",
                 *       "error": "name: expected a string, got 7.",
                 *       "app_error_code": "validation_failed",
                 *       "trace_id": "2f8e6d4c0b1a49378d5f3e1c7a9b0d26"
                 *     }
                 */
                readonly "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Too many requests; wait as long as `Retry-After` says (`sdk`). */
        readonly TooManyRequests: {
            headers: {
                /**
                 * @description How many seconds to wait (`sdk`).
                 * @example 2
                 */
                readonly "Retry-After"?: number;
                readonly [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "timestamp": "2026-01-15T10:30:00Z",
                 *       "message": "Too many requests.",
                 *       "error": "Too many requests.",
                 *       "app_error_code": "rate_limited",
                 *       "trace_id": "5d0e8f3a7c2b4b91a6d4e2f0c8b97531"
                 *     }
                 */
                readonly "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The service failed (`sdk`). */
        readonly InternalServerError: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "timestamp": "2026-01-15T10:30:00Z",
                 *       "message": "Something went wrong on our side.",
                 *       "error": "Something went wrong on our side.",
                 *       "app_error_code": null,
                 *       "trace_id": "e6a1c3b5d7f94082b9e0d2c4a6f81375"
                 *     }
                 */
                readonly "application/json": components["schemas"]["Error"];
            };
        };
        /** @description A service behind this one failed (`sdk`). */
        readonly BadGateway: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "timestamp": "2026-01-15T10:30:00Z",
                 *       "message": "A service behind this one did not answer.",
                 *       "error": "A service behind this one did not answer.",
                 *       "app_error_code": null,
                 *       "trace_id": "8c2d4e6f0a1b4357b8d9e0f1c3a52647"
                 *     }
                 */
                readonly "application/json": components["schemas"]["Error"];
            };
        };
    };
    parameters: {
        /**
         * @description Which page to return, counted from 1 (`docs`).
         * @example 1
         */
        readonly Page: number;
        /**
         * @description The number of rows per page (`docs`).
         * @example 20
         */
        readonly Limit: number;
        /**
         * @description The group's id, as create or list returned it (`seed`).
         * @example grp_AZxJ0pPxdX6Jq0zGm2nTOQ
         */
        readonly GroupId: components["schemas"]["GroupId"];
        /**
         * @description The id from the receipt of the submitted sync (`docs`).
         * @example grpmsr_AZxJ1A7tdqOVE7cO6Q0nPw
         */
        readonly RequestId: components["schemas"]["RequestId"];
        /**
         * @description The member's id, as the list of members returned it (`sdk`).
         * @example mbr_AZxJ1B1xdFqZQ3mYw8xvXA
         */
        readonly MemberId: components["schemas"]["MemberId"];
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readonly listGroups: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description Which page to return, counted from 1 (`docs`).
                 * @example 1
                 */
                readonly page?: components["parameters"]["Page"];
                /**
                 * @description The number of rows per page (`docs`).
                 * @example 20
                 */
                readonly limit?: components["parameters"]["Limit"];
                /**
                 * @description Only the group with exactly this reference (`seed`, and neither the API reference nor any SDK has it). An empty value is taken as no filter (§8.18).
                 * @example employer-1042
                 */
                readonly external_reference_id?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description One page of groups (`docs`). */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "grp_AZxJ0pPxdX6Jq0zGm2nTOQ",
                     *           "organization_id": "org_JVrn95qKjBSl5cOPZ3vN4g",
                     *           "name": "Keystone Bakery",
                     *           "external_reference_id": "employer-1042",
                     *           "created_at": "2026-01-15T10:30:00Z",
                     *           "updated_at": "2026-03-25T14:30:00+00:00"
                     *         }
                     *       ],
                     *       "pagination": {
                     *         "page": 1,
                     *         "limit": 20,
                     *         "total": 1,
                     *         "total_pages": 1
                     *       }
                     *     }
                     */
                    readonly "application/json": components["schemas"]["GroupListResponse"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["UnspecifiedNotFound"];
            readonly 409: components["responses"]["UnspecifiedConflict"];
            readonly 429: components["responses"]["TooManyRequests"];
            readonly 500: components["responses"]["InternalServerError"];
            readonly 502: components["responses"]["BadGateway"];
        };
    };
    readonly createGroup: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["CreateGroupRequest"];
            };
        };
        readonly responses: {
            /** @description The group was created, by a service that follows the other reading of §8.1 (`inferred`). */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "grp_AZxJ0pPxdX6Jq0zGm2nTOQ",
                     *         "organization_id": "org_JVrn95qKjBSl5cOPZ3vN4g",
                     *         "name": "Keystone Bakery",
                     *         "external_reference_id": "employer-1042",
                     *         "created_at": "2026-01-15T10:30:00Z",
                     *         "updated_at": "2026-01-15T10:30:00Z"
                     *       }
                     *     }
                     */
                    readonly "application/json": components["schemas"]["GroupResponse"];
                };
            };
            /** @description The group was created (`inferred`, §8.1). */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "grp_AZxJ0pPxdX6Jq0zGm2nTOQ",
                     *         "organization_id": "org_JVrn95qKjBSl5cOPZ3vN4g",
                     *         "name": "Keystone Bakery",
                     *         "external_reference_id": "employer-1042",
                     *         "created_at": "2026-01-15T10:30:00Z",
                     *         "updated_at": "2026-01-15T10:30:00Z"
                     *       }
                     *     }
                     */
                    readonly "application/json": components["schemas"]["GroupResponse"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["UnspecifiedNotFound"];
            readonly 409: components["responses"]["Conflict"];
            readonly 422: components["responses"]["UnprocessableContent"];
            readonly 429: components["responses"]["TooManyRequests"];
            readonly 500: components["responses"]["InternalServerError"];
            readonly 502: components["responses"]["BadGateway"];
        };
    };
    readonly retrieveGroup: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /**
                 * @description The group's id, as create or list returned it (`seed`).
                 * @example grp_AZxJ0pPxdX6Jq0zGm2nTOQ
                 */
                readonly group_id: components["parameters"]["GroupId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The group (`seed`). */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "grp_AZxJ0pPxdX6Jq0zGm2nTOQ",
                     *         "organization_id": "org_JVrn95qKjBSl5cOPZ3vN4g",
                     *         "name": "Keystone Bakery",
                     *         "external_reference_id": "employer-1042",
                     *         "created_at": "2026-01-15T10:30:00Z",
                     *         "updated_at": "2026-01-15T10:30:00Z"
                     *       }
                     *     }
                     */
                    readonly "application/json": components["schemas"]["GroupResponse"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 409: components["responses"]["UnspecifiedConflict"];
            readonly 429: components["responses"]["TooManyRequests"];
            readonly 500: components["responses"]["InternalServerError"];
            readonly 502: components["responses"]["BadGateway"];
        };
    };
    readonly updateGroup: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /**
                 * @description The group's id, as create or list returned it (`seed`).
                 * @example grp_AZxJ0pPxdX6Jq0zGm2nTOQ
                 */
                readonly group_id: components["parameters"]["GroupId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["UpdateGroupRequest"];
            };
        };
        readonly responses: {
            /** @description The group as it is now (`seed`). */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "grp_AZxJ0pPxdX6Jq0zGm2nTOQ",
                     *         "organization_id": "org_JVrn95qKjBSl5cOPZ3vN4g",
                     *         "name": "Keystone Bakery & Café",
                     *         "external_reference_id": "employer-1042",
                     *         "created_at": "2026-01-15T10:30:00Z",
                     *         "updated_at": "2026-03-25T14:30:00Z"
                     *       }
                     *     }
                     */
                    readonly "application/json": components["schemas"]["GroupResponse"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 409: components["responses"]["Conflict"];
            readonly 422: components["responses"]["UnprocessableContent"];
            readonly 429: components["responses"]["TooManyRequests"];
            readonly 500: components["responses"]["InternalServerError"];
            readonly 502: components["responses"]["BadGateway"];
        };
    };
    readonly submitMemberSync: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /**
                 * @description The group's id, as create or list returned it (`seed`).
                 * @example grp_AZxJ0pPxdX6Jq0zGm2nTOQ
                 */
                readonly group_id: components["parameters"]["GroupId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["SubmitMemberSyncRequest"];
            };
        };
        readonly responses: {
            /** @description The roster was accepted for processing (`docs`). */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "request_id": "grpmsr_AZxJ1A7tdqOVE7cO6Q0nPw",
                     *         "group_id": "grp_AZxJ0pPxdX6Jq0zGm2nTOQ",
                     *         "accepted_at": "2026-01-15T10:31:00Z"
                     *       }
                     *     }
                     */
                    readonly "application/json": components["schemas"]["GroupMemberSyncResponse"];
                };
            };
            readonly 400: components["responses"]["InvalidRoster"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 409: components["responses"]["SyncInFlight"];
            readonly 422: components["responses"]["UnprocessableContent"];
            readonly 429: components["responses"]["TooManyRequests"];
            readonly 500: components["responses"]["InternalServerError"];
            readonly 502: components["responses"]["BadGateway"];
        };
    };
    readonly retrieveMemberSync: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /**
                 * @description The group's id, as create or list returned it (`seed`).
                 * @example grp_AZxJ0pPxdX6Jq0zGm2nTOQ
                 */
                readonly group_id: components["parameters"]["GroupId"];
                /**
                 * @description The id from the receipt of the submitted sync (`docs`).
                 * @example grpmsr_AZxJ1A7tdqOVE7cO6Q0nPw
                 */
                readonly request_id: components["parameters"]["RequestId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The sync request, in flight or completed (`docs`). */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["GroupMemberSyncRequestResponse"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 409: components["responses"]["UnspecifiedConflict"];
            readonly 429: components["responses"]["TooManyRequests"];
            readonly 500: components["responses"]["InternalServerError"];
            readonly 502: components["responses"]["BadGateway"];
        };
    };
    readonly listPlans: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description Which page to return, counted from 1 (`docs`).
                 * @example 1
                 */
                readonly page?: components["parameters"]["Page"];
                /**
                 * @description The number of rows per page (`docs`).
                 * @example 20
                 */
                readonly limit?: components["parameters"]["Limit"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description One page of plans (`docs`). */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "pln_Ta-rJVSsgfK4HB6EH3rI9w",
                     *           "name": "Primary Care"
                     *         },
                     *         {
                     *           "id": "pln_3n5hPZmfgS2nbNTNBlhHBA",
                     *           "name": "Primary Care + Mental Health"
                     *         }
                     *       ],
                     *       "pagination": {
                     *         "page": 1,
                     *         "limit": 20,
                     *         "total": 2,
                     *         "total_pages": 1
                     *       }
                     *     }
                     */
                    readonly "application/json": components["schemas"]["PlanListResponse"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["UnspecifiedNotFound"];
            readonly 409: components["responses"]["UnspecifiedConflict"];
            readonly 429: components["responses"]["TooManyRequests"];
            readonly 500: components["responses"]["InternalServerError"];
            readonly 502: components["responses"]["BadGateway"];
        };
    };
    readonly issueAccessToken: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["IssueAccessTokenRequest"];
            };
        };
        readonly responses: {
            /** @description The token, without an envelope (`docs`, `sdk`). */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "access_token": "vit_at_AZxJ0pPxdX6Jq0zGm2nTOQ",
                     *       "token_type": "Bearer",
                     *       "expires_in": 910,
                     *       "bound_entity": null
                     *     }
                     */
                    readonly "application/json": components["schemas"]["AccessToken"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["UnspecifiedNotFound"];
            readonly 409: components["responses"]["UnspecifiedConflict"];
            readonly 429: components["responses"]["TooManyRequests"];
            readonly 500: components["responses"]["InternalServerError"];
            readonly 502: components["responses"]["BadGateway"];
        };
    };
    readonly listMembers: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description Which page to return, counted from 1 (`docs`).
                 * @example 1
                 */
                readonly page?: components["parameters"]["Page"];
                /**
                 * @description The number of rows per page (`docs`).
                 * @example 20
                 */
                readonly limit?: components["parameters"]["Limit"];
                /**
                 * @description Only the members whose name, e-mail or phone contains this text, without regard to case, or whose id is exactly this: with its prefix, or as the raw UUID (`sdk`).
                 * @example castellan
                 */
                readonly search?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description One page of members (`sdk`). */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "mbr_AZxJ1B1xdFqZQ3mYw8xvXA",
                     *           "first_name": "Noor",
                     *           "last_name": "Castellan",
                     *           "email": "noor.castellan@example.com",
                     *           "phone": "2155550101",
                     *           "address": {
                     *             "address_line_1": "12 Orchard Street",
                     *             "address_line_2": "Unit 4",
                     *             "city": "Philadelphia",
                     *             "state": "PA",
                     *             "zipcode": "19106"
                     *           }
                     *         }
                     *       ],
                     *       "pagination": {
                     *         "page": 1,
                     *         "limit": 20,
                     *         "total": 1,
                     *         "total_pages": 1
                     *       }
                     *     }
                     */
                    readonly "application/json": components["schemas"]["MemberListResponse"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["UnspecifiedNotFound"];
            readonly 409: components["responses"]["UnspecifiedConflict"];
            readonly 429: components["responses"]["TooManyRequests"];
            readonly 500: components["responses"]["InternalServerError"];
            readonly 502: components["responses"]["BadGateway"];
        };
    };
    readonly retrieveMember: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /**
                 * @description The member's id, as the list of members returned it (`sdk`).
                 * @example mbr_AZxJ1B1xdFqZQ3mYw8xvXA
                 */
                readonly member_id: components["parameters"]["MemberId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The member (`sdk`). */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "mbr_AZxJ1B1xdFqZQ3mYw8xvXA",
                     *         "first_name": "Noor",
                     *         "last_name": "Castellan",
                     *         "name": "Noor Castellan",
                     *         "email": "noor.castellan@example.com",
                     *         "phone": "2155550101",
                     *         "address": {
                     *           "address_line_1": "12 Orchard Street",
                     *           "address_line_2": "Unit 4",
                     *           "city": "Philadelphia",
                     *           "state": "PA",
                     *           "zipcode": "19106"
                     *         },
                     *         "date_of_birth": "1988-04-12",
                     *         "age": 37,
                     *         "status": "pending_onboarding"
                     *       }
                     *     }
                     */
                    readonly "application/json": components["schemas"]["MemberResponse"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 409: components["responses"]["UnspecifiedConflict"];
            readonly 429: components["responses"]["TooManyRequests"];
            readonly 500: components["responses"]["InternalServerError"];
            readonly 502: components["responses"]["BadGateway"];
        };
    };
}
