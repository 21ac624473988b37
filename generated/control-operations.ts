// Do not edit: written from spec/ by `npm run generate`.

/** The version of the contract. */
export const contractVersion = "1.0.0";

/** Every operation by id: its method and path, the limits of its query, and the schema name of each body. */
export const operations = {
  "readHealth": {
    "summary": "Whether the mock is ready",
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
  "listScenarios": {
    "summary": "The scenarios that a world can start with",
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
    "summary": "All open worlds",
    "method": "GET",
    "path": "/_mock/worlds",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "WorldList",
      "4XX": "Error"
    },
    "query": {}
  },
  "describeWorld": {
    "summary": "The state of a world",
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
    "summary": "The remaining worlds",
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
    "summary": "The world after the reset",
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
    "summary": "The world with the scenario",
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
    "summary": "The world with the seed",
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
    "summary": "The content of the world",
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
    "summary": "The world with the snapshot",
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
    "summary": "The settings of the world",
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
    "summary": "The settings after the change",
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
    "summary": "The time of the world",
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
    "summary": "The frozen clock",
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
    "summary": "The clock after the advance",
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
    "summary": "The running clock",
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
    "summary": "The syncs, newest first",
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
    "summary": "One sync",
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
    "summary": "The sync after the call",
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
    "summary": "The held sync",
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
    "summary": "The sync after the call",
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
    "summary": "The rejections",
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
    "summary": "The new rejection",
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
    "summary": "No rejections",
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
    "summary": "The active faults",
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
    "summary": "The new fault",
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
    "summary": "No faults",
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
    "summary": "The remaining faults",
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
    "summary": "Groups of every organization",
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
    "summary": "The members of a group",
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
    "summary": "What a sync would do",
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
    "summary": "People known in the world",
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
    "summary": "The person after the call",
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
    "summary": "The journal",
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
    "summary": "The empty journal",
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
    "summary": "The requests, oldest first",
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
    "summary": "Requests and answers with their bodies",
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
    "summary": "Problems that the clients would have in production",
    "method": "GET",
    "path": "/_mock/worlds/{world}/advice",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "Advice",
      "4XX": "Error"
    },
    "query": {}
  }
} as const;

export type OperationId = keyof typeof operations;
