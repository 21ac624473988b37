// Do not edit: written from spec/ by `npm run generate`.

/** The version of the contract. */
export const contractVersion = "1.0.0";

/** Every operation by id: its method and path, the limits of its query, and the schema name of each body. */
export const operations = {
  "readHealth": {
    "summary": "Ask for the version and the number of worlds",
    "method": "GET",
    "path": "/_mock/health",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "Health",
      "4XX": "Error"
    },
    "query": {}
  },
  "readLiveness": {
    "summary": "Ask whether the process answers",
    "method": "GET",
    "path": "/_mock/health/live",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "Liveness",
      "4XX": "Error"
    },
    "query": {}
  },
  "readReadiness": {
    "summary": "Ask whether the mock can serve now",
    "method": "GET",
    "path": "/_mock/health/ready",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "Readiness",
      "503": "NotReady",
      "4XX": "Error"
    },
    "query": {}
  },
  "listScenarios": {
    "summary": "List the scenarios that a world can start with",
    "method": "GET",
    "path": "/_mock/scenarios",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "ScenarioList",
      "4XX": "Error"
    },
    "query": {}
  },
  "listWorlds": {
    "summary": "List the worlds",
    "method": "GET",
    "path": "/_mock/worlds",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "WorldList",
      "4XX": "Error"
    },
    "query": {
      "page": {
        "type": "integer",
        "minimum": 1,
        "default": 1
      },
      "limit": {
        "type": "integer",
        "minimum": 1,
        "maximum": 1000,
        "default": 100
      }
    }
  },
  "describeWorld": {
    "summary": "Describe a world",
    "method": "GET",
    "path": "/_mock/worlds/{world}",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "World",
      "4XX": "Error"
    },
    "query": {}
  },
  "dropWorld": {
    "summary": "Drop a world",
    "method": "DELETE",
    "path": "/_mock/worlds/{world}",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "WorldList",
      "4XX": "Error"
    },
    "query": {}
  },
  "resetWorld": {
    "summary": "Reset a world",
    "method": "POST",
    "path": "/_mock/worlds/{world}/reset",
    "body": "Seed",
    "bodyIsOptional": true,
    "responses": {
      "200": "World",
      "4XX": "Error"
    },
    "query": {}
  },
  "loadScenario": {
    "summary": "Load a scenario",
    "method": "POST",
    "path": "/_mock/worlds/{world}/scenario",
    "body": "ScenarioRequest",
    "bodyIsOptional": false,
    "responses": {
      "200": "World",
      "4XX": "Error"
    },
    "query": {}
  },
  "seedWorld": {
    "summary": "Add a seed to a world",
    "method": "POST",
    "path": "/_mock/worlds/{world}/seed",
    "body": "Seed",
    "bodyIsOptional": false,
    "responses": {
      "200": "World",
      "4XX": "Error"
    },
    "query": {}
  },
  "exportSnapshot": {
    "summary": "Save a snapshot of a world",
    "method": "GET",
    "path": "/_mock/worlds/{world}/snapshot",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "Snapshot",
      "4XX": "Error"
    },
    "query": {}
  },
  "importSnapshot": {
    "summary": "Load a snapshot into a world",
    "method": "PUT",
    "path": "/_mock/worlds/{world}/snapshot",
    "body": "Snapshot",
    "bodyIsOptional": false,
    "responses": {
      "200": "World",
      "4XX": "Error"
    },
    "query": {}
  },
  "readSettings": {
    "summary": "Read the settings of a world",
    "method": "GET",
    "path": "/_mock/worlds/{world}/settings",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "Settings",
      "4XX": "Error"
    },
    "query": {}
  },
  "changeSettings": {
    "summary": "Change the settings of a world",
    "method": "PATCH",
    "path": "/_mock/worlds/{world}/settings",
    "body": "SettingsRequest",
    "bodyIsOptional": false,
    "responses": {
      "200": "Settings",
      "4XX": "Error"
    },
    "query": {}
  },
  "readClock": {
    "summary": "Read the clock",
    "method": "GET",
    "path": "/_mock/worlds/{world}/clock",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "Clock",
      "4XX": "Error"
    },
    "query": {}
  },
  "freezeClock": {
    "summary": "Freeze the clock",
    "method": "POST",
    "path": "/_mock/worlds/{world}/clock/freeze",
    "body": "FreezeRequest",
    "bodyIsOptional": true,
    "responses": {
      "200": "Clock",
      "4XX": "Error"
    },
    "query": {}
  },
  "advanceClock": {
    "summary": "Advance the clock",
    "method": "POST",
    "path": "/_mock/worlds/{world}/clock/advance",
    "body": "AdvanceRequest",
    "bodyIsOptional": false,
    "responses": {
      "200": "Clock",
      "4XX": "Error"
    },
    "query": {}
  },
  "resumeClock": {
    "summary": "Resume the clock",
    "method": "POST",
    "path": "/_mock/worlds/{world}/clock/resume",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "Clock",
      "4XX": "Error"
    },
    "query": {}
  },
  "listSyncs": {
    "summary": "List the syncs",
    "method": "GET",
    "path": "/_mock/worlds/{world}/syncs",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "SyncList",
      "4XX": "Error"
    },
    "query": {
      "page": {
        "type": "integer",
        "minimum": 1,
        "default": 1
      },
      "limit": {
        "type": "integer",
        "minimum": 1,
        "maximum": 1000,
        "default": 100
      }
    }
  },
  "readSync": {
    "summary": "Read a sync",
    "method": "GET",
    "path": "/_mock/worlds/{world}/syncs/{request_id}",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "Sync",
      "4XX": "Error"
    },
    "query": {}
  },
  "completeSync": {
    "summary": "Complete a sync",
    "method": "POST",
    "path": "/_mock/worlds/{world}/syncs/{request_id}/complete",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "Sync",
      "4XX": "Error"
    },
    "query": {}
  },
  "stallSync": {
    "summary": "Hold a sync",
    "method": "POST",
    "path": "/_mock/worlds/{world}/syncs/{request_id}/stall",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "Sync",
      "4XX": "Error"
    },
    "query": {}
  },
  "unstallSync": {
    "summary": "Release a held sync",
    "method": "POST",
    "path": "/_mock/worlds/{world}/syncs/{request_id}/unstall",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "Sync",
      "4XX": "Error"
    },
    "query": {}
  },
  "listRejections": {
    "summary": "List the rejections",
    "method": "GET",
    "path": "/_mock/worlds/{world}/rejections",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "RejectionList",
      "4XX": "Error"
    },
    "query": {}
  },
  "addRejection": {
    "summary": "Make a row fail",
    "method": "POST",
    "path": "/_mock/worlds/{world}/rejections",
    "body": "RejectionRequest",
    "bodyIsOptional": false,
    "responses": {
      "201": "Rejection",
      "4XX": "Error"
    },
    "query": {}
  },
  "clearRejections": {
    "summary": "Remove all rejections",
    "method": "DELETE",
    "path": "/_mock/worlds/{world}/rejections",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "RejectionList",
      "4XX": "Error"
    },
    "query": {}
  },
  "listFaults": {
    "summary": "List the faults",
    "method": "GET",
    "path": "/_mock/worlds/{world}/faults",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "FaultList",
      "4XX": "Error"
    },
    "query": {}
  },
  "addFault": {
    "summary": "Inject a fault",
    "method": "POST",
    "path": "/_mock/worlds/{world}/faults",
    "body": "FaultRequest",
    "bodyIsOptional": false,
    "responses": {
      "201": "Fault",
      "4XX": "Error"
    },
    "query": {}
  },
  "clearFaults": {
    "summary": "Remove all faults",
    "method": "DELETE",
    "path": "/_mock/worlds/{world}/faults",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "FaultList",
      "4XX": "Error"
    },
    "query": {}
  },
  "removeFault": {
    "summary": "Remove a fault",
    "method": "DELETE",
    "path": "/_mock/worlds/{world}/faults/{fault_id}",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "FaultList",
      "4XX": "Error"
    },
    "query": {}
  },
  "listGroups": {
    "summary": "List the groups of every organization",
    "method": "GET",
    "path": "/_mock/worlds/{world}/groups",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "GroupList",
      "4XX": "Error"
    },
    "query": {
      "page": {
        "type": "integer",
        "minimum": 1,
        "default": 1
      },
      "limit": {
        "type": "integer",
        "minimum": 1,
        "maximum": 1000,
        "default": 100
      }
    }
  },
  "readRoster": {
    "summary": "List the members of a group",
    "method": "GET",
    "path": "/_mock/worlds/{world}/groups/{group_id}/roster",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "Roster",
      "4XX": "Error"
    },
    "query": {}
  },
  "previewSync": {
    "summary": "Preview what a sync would do",
    "method": "POST",
    "path": "/_mock/worlds/{world}/groups/{group_id}/preview",
    "body": "PreviewRequest",
    "bodyIsOptional": false,
    "responses": {
      "200": "Preview",
      "4XX": "Error"
    },
    "query": {}
  },
  "listPeople": {
    "summary": "List the people of a world",
    "method": "GET",
    "path": "/_mock/worlds/{world}/people",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "PersonList",
      "4XX": "Error"
    },
    "query": {
      "page": {
        "type": "integer",
        "minimum": 1,
        "default": 1
      },
      "limit": {
        "type": "integer",
        "minimum": 1,
        "maximum": 1000,
        "default": 100
      }
    }
  },
  "unsubscribePerson": {
    "summary": "End the subscription of a person",
    "method": "POST",
    "path": "/_mock/worlds/{world}/people/{person}/unsubscribe",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "Person",
      "4XX": "Error"
    },
    "query": {}
  },
  "readJournal": {
    "summary": "Read the journal",
    "method": "GET",
    "path": "/_mock/worlds/{world}/journal",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "Journal",
      "4XX": "Error"
    },
    "query": {
      "after": {
        "type": "integer",
        "minimum": 0,
        "default": 0
      }
    }
  },
  "clearJournal": {
    "summary": "Clear the journal",
    "method": "DELETE",
    "path": "/_mock/worlds/{world}/journal",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "Journal",
      "4XX": "Error"
    },
    "query": {}
  },
  "listRequests": {
    "summary": "List the requests of the clients",
    "method": "GET",
    "path": "/_mock/worlds/{world}/requests",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "RequestList",
      "4XX": "Error"
    },
    "query": {
      "operation": {
        "type": "string"
      }
    }
  },
  "exportHar": {
    "summary": "Export requests and answers as an HTTP archive",
    "method": "GET",
    "path": "/_mock/worlds/{world}/har",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "Har",
      "4XX": "Error"
    },
    "query": {
      "entry": {
        "type": "integer",
        "minimum": 1
      }
    }
  },
  "advise": {
    "summary": "Report what would go wrong in production",
    "method": "GET",
    "path": "/_mock/worlds/{world}/advice",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "Advice",
      "4XX": "Error"
    },
    "query": {}
  },
  "listTenants": {
    "summary": "List the tenants",
    "method": "GET",
    "path": "/_mock/tenants",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "TenantList",
      "4XX": "Error"
    },
    "query": {
      "page": {
        "type": "integer",
        "minimum": 1,
        "default": 1
      },
      "limit": {
        "type": "integer",
        "minimum": 1,
        "maximum": 1000,
        "default": 100
      }
    }
  },
  "addTenant": {
    "summary": "Add a tenant",
    "method": "POST",
    "path": "/_mock/tenants",
    "body": "TenantRequest",
    "bodyIsOptional": false,
    "responses": {
      "201": "IssuedTenant",
      "4XX": "Error"
    },
    "query": {}
  },
  "readTenant": {
    "summary": "Read a tenant",
    "method": "GET",
    "path": "/_mock/tenants/{tenant}",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "Tenant",
      "4XX": "Error"
    },
    "query": {}
  },
  "changeTenant": {
    "summary": "Change the quotas of a tenant, suspend or resume it",
    "method": "PATCH",
    "path": "/_mock/tenants/{tenant}",
    "body": "TenantChanges",
    "bodyIsOptional": false,
    "responses": {
      "200": "Tenant",
      "4XX": "Error"
    },
    "query": {}
  },
  "removeTenant": {
    "summary": "Remove a tenant with its worlds",
    "method": "DELETE",
    "path": "/_mock/tenants/{tenant}",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "Tenant",
      "4XX": "Error"
    },
    "query": {}
  },
  "issueTenantKeys": {
    "summary": "Issue the keys of a tenant again",
    "method": "POST",
    "path": "/_mock/tenants/{tenant}/keys",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "TenantKeys",
      "4XX": "Error"
    },
    "query": {}
  }
} as const;

export type OperationId = keyof typeof operations;
