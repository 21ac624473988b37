// Do not edit: written from spec/ by `npm run generate`.

export interface paths {
    readonly "/_mock/health": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Ask for the version and the number of worlds
         * @description Every machine may ask this without a token.
         */
        readonly get: operations["readHealth"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/_mock/health/live": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Ask whether the process answers
         * @description For a liveness probe, which restarts a process that hangs. A missing database is no reason to restart, so this does not look at it.
         */
        readonly get: operations["readLiveness"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/_mock/health/ready": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Ask whether the mock can serve now
         * @description For a readiness probe or a load balancer, which sends requests elsewhere while the answer is a 503.
         */
        readonly get: operations["readReadiness"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/_mock/scenarios": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List the scenarios that a world can start with
         * @description The content of each, and what to try.
         */
        readonly get: operations["listScenarios"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/_mock/worlds": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List the worlds
         * @description Open ones first, in the order of last use; with `--database`, by name.
         */
        readonly get: operations["listWorlds"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/_mock/worlds/{world}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        /**
         * Describe a world
         * @description Its organizations with their keys and plans.
         */
        readonly get: operations["describeWorld"];
        readonly put?: never;
        readonly post?: never;
        /**
         * Drop a world
         * @description Deletes its file, too. The next use of its name creates it again.
         */
        readonly delete: operations["dropWorld"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/_mock/worlds/{world}/reset": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Reset a world
         * @description To the given seed, or to that of the mock. Its clock follows the machine again, its faults are the initial ones, and rejections and journal are cleared.
         */
        readonly post: operations["resetWorld"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/_mock/worlds/{world}/scenario": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Load a scenario
         * @description Resets the world to the content and the faults of a scenario. A later reset restores the seed of the mock.
         */
        readonly post: operations["loadScenario"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/_mock/worlds/{world}/seed": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Add a seed to a world
         * @description Completely or not at all. Existing organizations and plans stay unchanged.
         */
        readonly post: operations["seedWorld"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/_mock/worlds/{world}/snapshot": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        /**
         * Save a snapshot of a world
         * @description The whole content, including personal fields.
         */
        readonly get: operations["exportSnapshot"];
        /**
         * Load a snapshot into a world
         * @description Replaces the content of the world, completely or not at all.
         */
        readonly put: operations["importSnapshot"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/_mock/worlds/{world}/settings": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        /**
         * Read the settings of a world
         * @description How the world answers the open questions of the contract, and when its syncs complete.
         */
        readonly get: operations["readSettings"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        /**
         * Change the settings of a world
         * @description Changes settings of the world; the others stay as they are. Syncs in flight follow the new ones. A reset restores those of the mock.
         */
        readonly patch: operations["changeSettings"];
        readonly trace?: never;
    };
    readonly "/_mock/worlds/{world}/clock": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        /**
         * Read the clock
         * @description The time of this world.
         */
        readonly get: operations["readClock"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/_mock/worlds/{world}/clock/freeze": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Freeze the clock
         * @description Now or at an instant.
         */
        readonly post: operations["freezeClock"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/_mock/worlds/{world}/clock/advance": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Advance the clock
         * @description Moves the time forward. Syncs that are due by then complete, in order, before the answer.
         */
        readonly post: operations["advanceClock"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/_mock/worlds/{world}/clock/resume": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Resume the clock
         * @description Makes the time follow the machine again, from the current instant.
         */
        readonly post: operations["resumeClock"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/_mock/worlds/{world}/syncs": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        /**
         * List the syncs
         * @description Newest first, with the progress of each.
         */
        readonly get: operations["listSyncs"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/_mock/worlds/{world}/syncs/{request_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        /**
         * Read a sync
         * @description A sync of any organization, with its progress. Reading it does not count as a poll.
         */
        readonly get: operations["readSync"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/_mock/worlds/{world}/syncs/{request_id}/complete": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Complete a sync
         * @description As soon as the earlier syncs of its group have completed.
         */
        readonly post: operations["completeSync"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/_mock/worlds/{world}/syncs/{request_id}/stall": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Hold a sync
         * @description Until it is released or completed. Later syncs of its group wait for it.
         */
        readonly post: operations["stallSync"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/_mock/worlds/{world}/syncs/{request_id}/unstall": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Release a held sync
         * @description It completes when it is due.
         */
        readonly post: operations["unstallSync"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/_mock/worlds/{world}/rejections": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        /**
         * List the rejections
         * @description Those that have failures left.
         */
        readonly get: operations["listRejections"];
        readonly put?: never;
        /**
         * Make a row fail
         * @description The next row with a reference_id fails with a reason. The other rows apply.
         */
        readonly post: operations["addRejection"];
        /**
         * Remove all rejections
         * @description Rows are applied again.
         */
        readonly delete: operations["clearRejections"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/_mock/worlds/{world}/faults": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        /**
         * List the faults
         * @description In the order in which they are tried. Only the first one that matches a request applies to it.
         */
        readonly get: operations["listFaults"];
        readonly put?: never;
        /**
         * Inject a fault
         * @description It applies to matching requests.
         */
        readonly post: operations["addFault"];
        /**
         * Remove all faults
         * @description Requests are answered normally again.
         */
        readonly delete: operations["clearFaults"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/_mock/worlds/{world}/faults/{fault_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /**
         * Remove a fault
         * @description The other faults stay.
         */
        readonly delete: operations["removeFault"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/_mock/worlds/{world}/groups": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        /**
         * List the groups of every organization
         * @description Newest first, with the number of active members of each.
         */
        readonly get: operations["listGroups"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/_mock/worlds/{world}/groups/{group_id}/roster": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        /**
         * List the members of a group
         * @description Every reference_id that was ever on the group's roster, with its lifecycle state and subscriptions.
         */
        readonly get: operations["readRoster"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/_mock/worlds/{world}/groups/{group_id}/preview": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Preview what a sync would do
         * @description Takes the body of a member sync and says who would be added, kept, changed, removed and refused if it completed now. Changes nothing. Refuses what a submission would refuse.
         */
        readonly post: operations["previewSync"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/_mock/worlds/{world}/people": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        /**
         * List the people of a world
         * @description Oldest first, with all their subscriptions. Includes personal fields.
         */
        readonly get: operations["listPeople"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/_mock/worlds/{world}/people/{person}/unsubscribe": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * End the subscription of a person
         * @description In any group, so that they are no longer blocked elsewhere.
         */
        readonly post: operations["unsubscribePerson"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/_mock/worlds/{world}/journal": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        /**
         * Read the journal
         * @description The last exchanges and completed syncs, oldest first. Requests whose key names no organization are in world main.
         */
        readonly get: operations["readJournal"];
        readonly put?: never;
        readonly post?: never;
        /**
         * Clear the journal
         * @description Deletes all entries.
         */
        readonly delete: operations["clearJournal"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/_mock/worlds/{world}/requests": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        /**
         * List the requests of the clients
         * @description Those that are still in the journal, oldest first, with their bodies if they are kept. Made for the assertions of a test.
         */
        readonly get: operations["listRequests"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/_mock/worlds/{world}/har": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        /**
         * Export requests and answers as an HTTP archive
         * @description The requests to the world and their answers, bodies included, as HAR 1.2 without keys. The mock keeps 64 Mi characters for all worlds together, in memory only, and nothing with `--no-bodies`.
         */
        readonly get: operations["exportHar"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/_mock/worlds/{world}/advice": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        /**
         * Report what would go wrong in production
         * @description Findings with their evidence in the journal. Call this after the clients have finished.
         */
        readonly get: operations["advise"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/_mock/tenants": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List the tenants
         * @description By name, with what each has used.
         */
        readonly get: operations["listTenants"];
        readonly put?: never;
        /**
         * Add a tenant
         * @description Issues its keys and its control token. The name of a removed tenant cannot be used again, because its keys would be those of the removed one.
         */
        readonly post: operations["addTenant"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/_mock/tenants/{tenant}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a tenant, such as `acme-payroll`. */
                readonly tenant: components["parameters"]["Tenant"];
            };
            readonly cookie?: never;
        };
        /**
         * Read a tenant
         * @description Its quotas, and what it has used.
         */
        readonly get: operations["readTenant"];
        readonly put?: never;
        readonly post?: never;
        /**
         * Remove a tenant with its worlds
         * @description Its keys are invalid from then on.
         */
        readonly delete: operations["removeTenant"];
        readonly options?: never;
        readonly head?: never;
        /**
         * Change the quotas of a tenant, suspend or resume it
         * @description What is absent stays as it is. Every replica follows within a second. A suspended tenant keeps its worlds, and its requests are answered with 403.
         */
        readonly patch: operations["changeTenant"];
        readonly trace?: never;
    };
    readonly "/_mock/tenants/{tenant}/keys": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a tenant, such as `acme-payroll`. */
                readonly tenant: components["parameters"]["Tenant"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Issue the keys of a tenant again
         * @description The same keys as before, or new ones after the secret of the deployment has changed. The old ones are valid as long as the mock is also given the secret before.
         */
        readonly post: operations["issueTenantKeys"];
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
        readonly Member: {
            readonly reference_id: string;
            /** @description The state of the lifecycle: provisioning, active, removed, blocked or failed. */
            readonly state: string;
            /** @description Null if there was never an account. */
            readonly member_id: string | null;
            readonly person: number | null;
            readonly subscriptions: readonly components["schemas"]["Subscription"][];
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
        readonly Health: {
            /** @constant */
            readonly ready: true;
            /** @description The version of the mock. */
            readonly version: string;
            /** @description The number of worlds. */
            readonly worlds: number;
        };
        readonly Liveness: {
            /** @constant */
            readonly live: true;
        };
        readonly Readiness: {
            /** @constant */
            readonly ready: true;
        };
        readonly NotReady: {
            /** @constant */
            readonly ready: false;
            /**
             * @description `draining`: the mock was asked to stop and finishes what runs. `database_unreachable`: the database does not answer. A mock updates the tables of its database before it listens, so that they are never older than it needs.
             * @enum {string}
             */
            readonly reason: "draining" | "database_unreachable";
            /** @description The reason in words. */
            readonly message: string;
        };
        /** @description Letters, digits, `_` and `-`. */
        readonly WorldName: string;
        /** @description With `--tenants`, the mock's token names the tenant before a slash: `acme-payroll/pr-7`. Otherwise letters, digits, `_` and `-`. */
        readonly FullWorldName: string;
        /** @description The initial content of a world, or content to add to one. */
        readonly Seed: {
            readonly settings?: components["schemas"]["SettingsRequest"];
            readonly organizations?: readonly components["schemas"]["SeedOrganization"][];
            /** @description People with an active subscription under an organization outside the mock. Adding them anywhere is blocked. */
            readonly outside_subscriptions?: readonly components["schemas"]["Outsider"][];
        };
        readonly SeedOrganization: {
            /** @description The name in its API keys: `acme` in `vit_apk_acme`. */
            readonly slug: string;
            /** @description Plans by name, with a given id or one derived from the name. */
            readonly plans?: readonly components["schemas"]["SeedPlan"][];
            readonly groups?: readonly components["schemas"]["SeedGroup"][];
        };
        readonly SeedPlan: string | {
            readonly id: string;
            readonly name: string;
        };
        readonly SeedGroup: {
            readonly name: string;
            readonly external_reference_id?: string | null;
            /** @description The initial roster. A `plan_id` may be the id or the name of a plan of the organization. */
            readonly members?: readonly components["schemas"]["MemberRow"][];
        };
        /** @description The details by which a person is recognised: the e-mail or the phone, and the other fields. */
        readonly Outsider: {
            readonly first_name: string;
            readonly last_name: string;
            /** Format: date */
            readonly date_of_birth: string;
            /** Format: email */
            readonly email?: string | null;
            readonly phone?: string;
        };
        /** @description Settings that a world has of its own, instead of those of the mock; at most one of those of the syncs. */
        readonly SettingsRequest: {
            /** @description Answers to open questions of the contract, such as `{"cross-group": "reject"}`. */
            readonly quirks?: {
                readonly [key: string]: string;
            };
            /** @description A sync completes after this number of milliseconds of the world's time. */
            readonly sync_delay_ms?: number;
            /** @description A sync completes after this number of retrievals. */
            readonly sync_polls?: number;
            /**
             * @description A sync completes only on request of the control plane.
             * @constant
             */
            readonly sync_manual?: true;
        };
        /** @description The settings in force in a world; one of those of the syncs. */
        readonly Settings: {
            /** @description The answer to every open question that has a setting. */
            readonly quirks: {
                readonly [key: string]: string;
            };
            readonly sync_delay_ms?: number;
            readonly sync_polls?: number;
            /** @constant */
            readonly sync_manual?: true;
        };
        readonly Scenario: {
            readonly name: string;
            /** @description What the world contains. */
            readonly holds: string;
            /** @description What to send. */
            readonly try: string;
            /** @description What happens then. */
            readonly see: string;
        };
        readonly ScenarioList: {
            readonly scenarios: readonly components["schemas"]["Scenario"][];
        };
        readonly ScenarioRequest: {
            /** @description A name from the list of scenarios. */
            readonly name: string;
        };
        readonly World: {
            /** @description With `--tenants`, the operator sees the full name, and a tenant its own. */
            readonly name: components["schemas"]["WorldName"] | components["schemas"]["FullWorldName"];
            readonly clock: components["schemas"]["Clock"];
            readonly syncs_in_flight: number;
            readonly organizations: readonly components["schemas"]["Organization"][];
        };
        readonly Organization: {
            readonly id: string;
            readonly slug: string;
            /** @description An API key of the organization in this world. */
            readonly key: string;
            /** @description The number of its groups. */
            readonly groups: number;
            readonly plans: readonly components["schemas"]["Plan"][];
        };
        readonly WorldList: {
            /** @description How many worlds there are, on all pages. */
            readonly total: number;
            readonly worlds: readonly components["schemas"]["World"][];
            /** @description Names of worlds of the folder of `--data` that are not open. The next use of a name opens its world. */
            readonly closed: readonly string[];
        };
        readonly Clock: {
            readonly now: components["schemas"]["Timestamp"];
            readonly frozen: boolean;
        };
        readonly FreezeRequest: {
            /**
             * Format: date-time
             * @description The instant to freeze at, also in the past. Syncs that are due by then complete first.
             */
            readonly at?: string;
        };
        readonly AdvanceRequest: {
            /** @description The number of milliseconds. */
            readonly ms: number;
        };
        readonly Sync: {
            readonly request_id: string;
            readonly group_id: string;
            /** @description Slug of the group's organization. */
            readonly organization: string;
            readonly accepted_at: components["schemas"]["Timestamp"];
            /**
             * @description Waiting until it is due; waiting for earlier syncs of its group; held; or done.
             * @enum {string}
             */
            readonly progress: "queued" | "ready" | "stalled" | "completed";
            readonly completed_at: components["schemas"]["Timestamp"] | null;
            readonly results: components["schemas"]["GroupMemberSyncResults"] | null;
        };
        readonly SyncList: {
            readonly syncs: readonly components["schemas"]["Sync"][];
        };
        readonly RejectionRequest: {
            readonly reference_id: string;
            /** @description The reason given in the failure. */
            readonly reason: string;
            /**
             * @description Whether adding or removing fails. A person who cannot be removed stays subscribed.
             * @default add
             * @enum {string}
             */
            readonly operation?: "add" | "remove";
            /** @description Only in this group; in every group if absent. */
            readonly group_id?: string;
            /**
             * @description How often.
             * @default 1
             */
            readonly times?: number;
        };
        readonly Rejection: {
            readonly reference_id: string;
            readonly reason: string;
            /** @enum {string} */
            readonly operation: "add" | "remove";
            readonly group_id?: string;
            /** @description How many times it will still apply. */
            readonly times: number;
        };
        readonly RejectionList: {
            readonly rejections: readonly components["schemas"]["Rejection"][];
        };
        /** @description What happens (at least one of status, headers, latency_ms and cut), to which requests, and how often. */
        readonly FaultRequest: {
            /** @description Answer with this status and an error body. */
            readonly status?: number;
            /** @description The `app_error_code` of that body. The default is `rate_limited` with status 429, otherwise `fault`. */
            readonly app_error_code?: string | null;
            /** @description Replaces the error body. A text is sent as it is, such as the HTML page of a gateway; anything else as JSON. */
            readonly body?: unknown;
            /** @description Headers of the answer, which replace others of the same name. */
            readonly headers?: {
                readonly [key: string]: string;
            };
            /** @description Seconds, sent as the header `Retry-After`. */
            readonly retry_after?: number;
            /** @description Answer this number of milliseconds later. */
            readonly latency_ms?: number;
            /**
             * @description Closes the connection: `connection` before the answer, `body` in the middle of it.
             * @enum {string}
             */
            readonly cut?: "connection" | "body";
            /**
             * @description Whether the request takes effect although the client never learns of it. A request whose answer is only late, or cut off in its body, always takes effect.
             * @default false
             */
            readonly applied?: boolean;
            /** @description Ids of operations of the contract, such as `submitMemberSync`; any if absent. */
            readonly operations?: readonly string[];
            /** @description How many times the fault applies; no limit if absent. */
            readonly times?: number;
            /**
             * @description Share of the matching requests.
             * @default 1
             */
            readonly probability?: number;
            /** @description Determines which of them: with the same seed the same ones in every world. Without a seed, the name of the world determines them. */
            readonly seed?: number;
        };
        readonly Fault: {
            readonly id: string;
            /** @description How many times it has applied. */
            readonly happened: number;
            readonly status?: number;
            readonly app_error_code?: string | null;
            readonly body?: unknown;
            readonly headers?: {
                readonly [key: string]: string;
            };
            readonly retry_after?: number;
            readonly latency_ms?: number;
            /** @enum {string} */
            readonly cut?: "connection" | "body";
            readonly applied?: boolean;
            readonly operations?: readonly string[];
            /** @description How many times it will still apply. */
            readonly times?: number;
            readonly probability?: number;
            readonly seed?: number;
        };
        readonly FaultList: {
            readonly faults: readonly components["schemas"]["Fault"][];
        };
        readonly GroupSummary: {
            readonly id: string;
            /** @description Slug of its organization. */
            readonly organization: string;
            readonly name: string;
            readonly external_reference_id: string | null;
            readonly active_members: number;
        };
        readonly GroupList: {
            readonly groups: readonly components["schemas"]["GroupSummary"][];
        };
        readonly Roster: {
            readonly group: components["schemas"]["GroupSummary"];
            readonly members: readonly components["schemas"]["Member"][];
        };
        readonly Subscription: {
            readonly group_id: string;
            /** @description Slug of the organization. */
            readonly organization: string;
            readonly reference_id: string;
            readonly member_id: string;
            readonly plan_id: string;
            readonly started_at: components["schemas"]["Timestamp"];
            readonly ended_at: components["schemas"]["Timestamp"] | null;
        };
        readonly PreviewRequest: components["schemas"]["SubmitMemberSyncRequest"];
        /** @description What a sync would do if it completed now. Each reference_id is in one list, in the order of the rows. */
        readonly Preview: {
            readonly group_id: string;
            /** @description How many rows the roster has. */
            readonly rows: number;
            /** @description How many syncs of the group would complete first. They are not counted in. */
            readonly syncs_in_flight: number;
            readonly added: readonly components["schemas"]["PreviewAddition"][];
            /** @description Members who stay as they are, by reference_id. */
            readonly kept: readonly string[];
            readonly changed: readonly components["schemas"]["PreviewChange"][];
            readonly removed: readonly components["schemas"]["PreviewRemoval"][];
            /** @description Rows that would fail, as the results would list them. */
            readonly refused: readonly components["schemas"]["GroupMemberSyncFailure"][];
            /** @description Members who stay, but whose row names another plan, which has no effect. */
            readonly ignored_plans: readonly components["schemas"]["PreviewIgnoredPlan"][];
        };
        readonly PreviewAddition: {
            readonly reference_id: string;
            readonly plan_id: string;
            /**
             * @description A person nobody knows yet, one who is known by their details, or one who had this reference_id in the group before.
             * @enum {string}
             */
            readonly account: "new" | "known" | "returning";
            /** @description The group in which their subscription would end. */
            readonly moved_from: string | null;
        };
        readonly PreviewChange: {
            readonly reference_id: string;
            /** @description Paths of personal fields, such as `address.city`. */
            readonly fields: readonly string[];
        };
        readonly PreviewRemoval: {
            readonly reference_id: string;
            readonly member_id: string;
        };
        readonly PreviewIgnoredPlan: {
            readonly reference_id: string;
            /** @description The plan that the member keeps. */
            readonly plan_id: string;
            readonly ignored_plan_id: string;
        };
        readonly Person: {
            readonly person: number;
            /** @description The personal fields of the rows about them. */
            readonly details: Record<string, never>;
            readonly subscriptions: readonly components["schemas"]["Subscription"][];
        };
        readonly PersonList: {
            readonly people: readonly components["schemas"]["Person"][];
        };
        readonly RequestList: {
            readonly requests: readonly components["schemas"]["Request"][];
        };
        readonly Request: {
            /** @description The number of its entry in the journal. */
            readonly number: number;
            /** @description Null if the contract has no operation for the method and path. */
            readonly operation: string | null;
            readonly method: string;
            /** @description As in the journal. */
            readonly path: string;
            /** @description 0 if the connection was cut instead. */
            readonly status: number;
            /** @description The `app_error_code` of a refusal. */
            readonly code: string | null;
            /** @description The rule that the request broke. */
            readonly rule: string | null;
            /** @description Id of the fault that was applied. */
            readonly fault: string | null;
            /** @description The number of rows of a submitted roster. */
            readonly rows: number | null;
            readonly group_id: string | null;
            readonly request_id: string | null;
            /** @description The body of the request; null if there was none or it is not kept. */
            readonly body: unknown;
            /** @description The body of the answer; null if there was none or it is not kept. */
            readonly answer: unknown;
        };
        /** @description An HTTP archive, version 1.2. */
        readonly Har: {
            readonly log: {
                readonly version: string;
                readonly creator: {
                    readonly name: string;
                    readonly version: string;
                };
                readonly entries: readonly {
                    readonly [key: string]: unknown;
                }[];
            };
        };
        readonly Journal: {
            /** @description The number of earlier exchanges that are no longer in the journal. */
            readonly forgotten: number;
            readonly exchanges: readonly components["schemas"]["Exchange"][];
            readonly completions: readonly components["schemas"]["Completion"][];
        };
        /** @description A request and its answer, without personal data. */
        readonly Exchange: {
            /** @description Counts exchanges and completions of the world together. */
            readonly number: number;
            /** @description The time of the answer, by the machine's clock. */
            readonly at: string;
            /** @description The time of the answer, by the world's clock. */
            readonly world_time: string;
            readonly world: string;
            /** @description Slug; null if the key names no organization. */
            readonly organization: string | null;
            readonly method: string;
            /** @description Without the query; a segment that is neither an id nor a plain word is `…`. */
            readonly path: string;
            /** @description Page and limit as given; other values as digests. */
            readonly query: {
                readonly [key: string]: string;
            };
            /** @description The query as it was, such as `?page=2`; null with `--no-bodies`. */
            readonly search: string | null;
            readonly operation: string | null;
            /** @description 0 if the connection was cut instead. */
            readonly status: number;
            /** @description The `app_error_code` of a refusal. */
            readonly code: string | null;
            /** @description The rule that the request broke. */
            readonly rule: string | null;
            /** @description What the error body said; null with `--no-bodies`. */
            readonly message: string | null;
            /** @description The trace id of an error body. */
            readonly trace_id: string | null;
            /** @description Id of the fault that was applied. */
            readonly fault: string | null;
            /** @description What that fault does, such as `429 with Retry-After: 2`. */
            readonly fault_effect: string | null;
            /**
             * @description Where the answer was cut off, if it was.
             * @enum {string|null}
             */
            readonly cut: "connection" | "body" | null;
            /** @description Seconds that the answer asked to wait. */
            readonly retry_after: number | null;
            readonly duration_ms: number;
            /** @description The number of the retry, if an official client states it. */
            readonly retry: number | null;
            /** @description Whether the conformance suite sent it. */
            readonly suite: boolean;
            /** @description Whether the console sent it. */
            readonly console: boolean;
            /** @description The group of the path, or the one that was created. */
            readonly group_id: string | null;
            /** @description The sync that was accepted or retrieved. */
            readonly request_id: string | null;
            /** @description A digest of the request body; equal bodies have equal digests. */
            readonly body: string | null;
            /** @description The number of rows of a submission that could be read. */
            readonly roster: {
                readonly rows: number;
            } | null;
            /** @description Digests of the requested name and reference of a group. */
            readonly group: {
                readonly name: string | null;
                /** @description The same digest as in the query of a list. */
                readonly reference: string | null;
            } | null;
            /** @description The content of the header `x-mock-hint`, such as fields that the contract does not have (§8.29). */
            readonly hints: readonly string[];
            /** @description The number of items on the page of a list. */
            readonly listed: number | null;
            /** @description Whether the answer about a sync had its results. */
            readonly completed: boolean | null;
        };
        /** @description The figures of a completed sync. */
        readonly Completion: {
            readonly number: number;
            /** @description The time, by the machine's clock. */
            readonly at: string;
            readonly request_id: string;
            readonly group_id: string;
            readonly rows: number;
            readonly added: number;
            readonly removed: number;
            /** @description Members who were in the group before and still are. */
            readonly kept: number;
            /** @description Kept members whose personal fields changed. */
            readonly updated: number;
            readonly failed: number;
            /** @description Rows that failed in the group's previous sync and again, unchanged. */
            readonly failed_again: number;
            /** @description Kept members whose row names another plan, which has no effect. */
            readonly plan_changes: number;
        };
        readonly Advice: {
            readonly world: string;
            /** @description Requests that were judged: those of known organizations, except those that the conformance suite or the console sent. */
            readonly exchanges: number;
            /** @description The number of earlier exchanges that are no longer in the journal. */
            readonly forgotten: number;
            /** @description Accepted syncs that are not completed yet, and so not judged. */
            readonly unfinished: number;
            readonly findings: readonly components["schemas"]["Finding"][];
        };
        /** @description A kind of mistake that the clients make. */
        readonly Finding: {
            /** @description Stable, such as `ADV-APPEND`. */
            readonly id: string;
            /** @enum {string} */
            readonly severity: "error" | "warning";
            readonly title: string;
            /** @description What would happen in production. */
            readonly why: string;
            /** @description What to change in the client. */
            readonly fix: string;
            readonly occurrences: readonly components["schemas"]["Occurrence"][];
        };
        readonly Occurrence: {
            /** @description One line, without personal data. */
            readonly what: string;
            /** @description The numbers of the journal entries that show it, in order. */
            readonly evidence: readonly number[];
        };
        /** @description Lower-case letters, digits and `-`. */
        readonly TenantName: string;
        /** @description How much a tenant may use. More is answered with 429 and `Retry-After`. */
        readonly Quotas: {
            /** @description Worlds at the same time. */
            readonly worlds: number;
            /** @description Groups in one world. */
            readonly groups: number;
            /** @description Rows of one roster. */
            readonly rows: number;
            /** @description Requests of the contract and of the control plane, in all worlds together; a tenth of them at once. */
            readonly requests_per_minute: number;
        };
        /** @description Quotas to change; the others stay as they are. */
        readonly QuotaChanges: {
            /** @description Worlds at the same time. The default is 1000. */
            readonly worlds?: number;
            /** @description Groups in one world. The default is 10000. */
            readonly groups?: number;
            /** @description Rows of one roster. The default is 5000. */
            readonly rows?: number;
            /** @description Requests in all worlds together; a tenth of them at once. The default is 12000. */
            readonly requests_per_minute?: number;
        };
        readonly Tenant: {
            readonly name: components["schemas"]["TenantName"];
            readonly created_at: components["schemas"]["Timestamp"];
            /** @description Whether its requests are refused. */
            readonly suspended: boolean;
            readonly quotas: components["schemas"]["Quotas"];
            readonly use: components["schemas"]["TenantUse"];
        };
        readonly TenantUse: {
            /** @description The number of its worlds. */
            readonly worlds: number;
            /** @description All requests with its keys and tokens that were not refused by a quota; up to a second late. */
            readonly requests: number;
            /** @description Those of this minute. */
            readonly requests_this_minute: number;
            readonly last_request_at: components["schemas"]["Timestamp"] | null;
        };
        readonly TenantList: {
            readonly tenants: readonly components["schemas"]["Tenant"][];
            /** @description The number of tenants on all pages. */
            readonly total: number;
        };
        readonly TenantRequest: {
            readonly name: components["schemas"]["TenantName"];
            readonly quotas?: components["schemas"]["QuotaChanges"];
        };
        readonly TenantChanges: {
            /** @description Whether its requests are refused. */
            readonly suspended?: boolean;
            readonly quotas?: components["schemas"]["QuotaChanges"];
        };
        readonly TenantKeys: {
            readonly keys: readonly components["schemas"]["TenantKey"][];
            /** @description With it the tenant uses the control plane and the console of its own worlds. */
            readonly control_token: string;
        };
        readonly TenantKey: {
            /** @description Slug of the organization. */
            readonly organization: string;
            /** @description Its API key; a dot and a name after it name another world. */
            readonly key: string;
        };
        readonly IssuedTenant: {
            readonly tenant: components["schemas"]["Tenant"];
            readonly keys: readonly components["schemas"]["TenantKey"][];
            /** @description With it the tenant uses the control plane and the console of its own worlds. */
            readonly control_token: string;
        };
        /** @description The whole content of a world, in the tables of the mock's storage. */
        readonly Snapshot: {
            /** @description Version of these tables. */
            readonly format: number;
            /** @description The world it was taken from. */
            readonly world?: string;
            readonly tables: {
                readonly [key: string]: readonly {
                    readonly [key: string]: string | number | null;
                }[];
            };
        };
    };
    responses: {
        /** @description The request was refused; the message says why. */
        readonly Refused: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": components["schemas"]["Error"];
            };
        };
    };
    parameters: {
        /** @description Name of a world, such as `main`. */
        readonly World: components["schemas"]["FullWorldName"];
        /** @description Name of a tenant, such as `acme-payroll`. */
        readonly Tenant: components["schemas"]["TenantName"];
        /** @description Id of a sync request. */
        readonly RequestId: string;
        /** @description Id of a group. */
        readonly GroupId: string;
        /** @description Id of a fault. */
        readonly FaultId: string;
        /** @description Key of a person. */
        readonly PersonKey: string;
        /** @description Which page, counted from 1. */
        readonly Page: number;
        /** @description The number of rows per page. */
        readonly Limit: number;
        /** @description Only requests for this operation of the contract, such as `submitMemberSync`. */
        readonly Operation: string;
        /** @description Only the request with this number in the journal. */
        readonly Entry: number;
        /** @description Only entries with a greater number. */
        readonly After: number;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readonly readHealth: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The mock runs. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Health"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly readLiveness: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The process answers. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Liveness"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly readReadiness: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The mock can serve. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description The mock cannot serve now; the body says why. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["NotReady"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly listScenarios: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The scenarios that a world can start with. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ScenarioList"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly listWorlds: {
        readonly parameters: {
            readonly query?: {
                /** @description Which page, counted from 1. */
                readonly page?: components["parameters"]["Page"];
                /** @description The number of rows per page. */
                readonly limit?: components["parameters"]["Limit"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of the worlds. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WorldList"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly describeWorld: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The state of a world. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["World"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly dropWorld: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The remaining worlds. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WorldList"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly resetWorld: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["Seed"];
            };
        };
        readonly responses: {
            /** @description The world after the reset. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["World"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly loadScenario: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["ScenarioRequest"];
            };
        };
        readonly responses: {
            /** @description The world with the scenario. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["World"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly seedWorld: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["Seed"];
            };
        };
        readonly responses: {
            /** @description The world with the seed. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["World"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly exportSnapshot: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The content of the world. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Snapshot"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly importSnapshot: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["Snapshot"];
            };
        };
        readonly responses: {
            /** @description The world with the snapshot. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["World"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly readSettings: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The settings of the world. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Settings"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly changeSettings: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["SettingsRequest"];
            };
        };
        readonly responses: {
            /** @description The settings after the change. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Settings"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly readClock: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The time of the world. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Clock"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly freezeClock: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["FreezeRequest"];
            };
        };
        readonly responses: {
            /** @description The frozen clock. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Clock"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly advanceClock: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["AdvanceRequest"];
            };
        };
        readonly responses: {
            /** @description The clock after the advance. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Clock"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly resumeClock: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The running clock. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Clock"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly listSyncs: {
        readonly parameters: {
            readonly query?: {
                /** @description Which page, counted from 1. */
                readonly page?: components["parameters"]["Page"];
                /** @description The number of rows per page. */
                readonly limit?: components["parameters"]["Limit"];
            };
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The syncs, newest first. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SyncList"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly readSync: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
                /** @description Id of a sync request. */
                readonly request_id: components["parameters"]["RequestId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The sync. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Sync"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly completeSync: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
                /** @description Id of a sync request. */
                readonly request_id: components["parameters"]["RequestId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The sync after the call. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Sync"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly stallSync: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
                /** @description Id of a sync request. */
                readonly request_id: components["parameters"]["RequestId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The held sync. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Sync"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly unstallSync: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
                /** @description Id of a sync request. */
                readonly request_id: components["parameters"]["RequestId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The sync after the call. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Sync"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly listRejections: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The rejections. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RejectionList"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly addRejection: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["RejectionRequest"];
            };
        };
        readonly responses: {
            /** @description The new rejection. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Rejection"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly clearRejections: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description No rejections. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RejectionList"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly listFaults: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The active faults. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["FaultList"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly addFault: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["FaultRequest"];
            };
        };
        readonly responses: {
            /** @description The new fault. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Fault"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly clearFaults: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description No faults. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["FaultList"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly removeFault: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
                /** @description Id of a fault. */
                readonly fault_id: components["parameters"]["FaultId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The remaining faults. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["FaultList"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly listGroups: {
        readonly parameters: {
            readonly query?: {
                /** @description Which page, counted from 1. */
                readonly page?: components["parameters"]["Page"];
                /** @description The number of rows per page. */
                readonly limit?: components["parameters"]["Limit"];
            };
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Groups of every organization. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["GroupList"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly readRoster: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
                /** @description Id of a group. */
                readonly group_id: components["parameters"]["GroupId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The members of a group. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Roster"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly previewSync: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
                /** @description Id of a group. */
                readonly group_id: components["parameters"]["GroupId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["PreviewRequest"];
            };
        };
        readonly responses: {
            /** @description What a sync would do. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Preview"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly listPeople: {
        readonly parameters: {
            readonly query?: {
                /** @description Which page, counted from 1. */
                readonly page?: components["parameters"]["Page"];
                /** @description The number of rows per page. */
                readonly limit?: components["parameters"]["Limit"];
            };
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description People known in the world. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["PersonList"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly unsubscribePerson: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
                /** @description Key of a person. */
                readonly person: components["parameters"]["PersonKey"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The person after the call. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Person"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly readJournal: {
        readonly parameters: {
            readonly query?: {
                /** @description Only entries with a greater number. */
                readonly after?: components["parameters"]["After"];
            };
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The journal. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Journal"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly clearJournal: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The empty journal. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Journal"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly listRequests: {
        readonly parameters: {
            readonly query?: {
                /** @description Only requests for this operation of the contract, such as `submitMemberSync`. */
                readonly operation?: components["parameters"]["Operation"];
            };
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The requests, oldest first. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RequestList"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly exportHar: {
        readonly parameters: {
            readonly query?: {
                /** @description Only the request with this number in the journal. */
                readonly entry?: components["parameters"]["Entry"];
            };
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description An HTTP archive. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Har"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly advise: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a world, such as `main`. */
                readonly world: components["parameters"]["World"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Problems that the clients would have in production. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Advice"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly listTenants: {
        readonly parameters: {
            readonly query?: {
                /** @description Which page, counted from 1. */
                readonly page?: components["parameters"]["Page"];
                /** @description The number of rows per page. */
                readonly limit?: components["parameters"]["Limit"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of the tenants. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["TenantList"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly addTenant: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["TenantRequest"];
            };
        };
        readonly responses: {
            /** @description The tenant and its keys. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["IssuedTenant"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly readTenant: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a tenant, such as `acme-payroll`. */
                readonly tenant: components["parameters"]["Tenant"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The tenant. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Tenant"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly removeTenant: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a tenant, such as `acme-payroll`. */
                readonly tenant: components["parameters"]["Tenant"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The tenant as it was. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Tenant"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly changeTenant: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a tenant, such as `acme-payroll`. */
                readonly tenant: components["parameters"]["Tenant"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["TenantChanges"];
            };
        };
        readonly responses: {
            /** @description The tenant after the change. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Tenant"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
    readonly issueTenantKeys: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name of a tenant, such as `acme-payroll`. */
                readonly tenant: components["parameters"]["Tenant"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The keys. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["TenantKeys"];
                };
            };
            readonly "4XX": components["responses"]["Refused"];
        };
    };
}
