// Do not edit: written from spec/ by `npm run generate`.

/** The version of the contract. */
export const contractVersion = "2.0.0";

/** Every operation by id: its method and path, the limits of its query, and the schema name of each body. */
export const operations = {
  "createGroup": {
    "summary": "Create a group",
    "method": "POST",
    "path": "/v1/groups",
    "body": "CreateGroupRequest",
    "bodyIsOptional": false,
    "responses": {
      "200": "GroupResponse",
      "201": "GroupResponse",
      "400": "Error",
      "401": "Error",
      "403": "Error",
      "404": "Error",
      "409": "Error",
      "422": "Error",
      "429": "Error",
      "500": "Error",
      "502": "Error"
    },
    "query": {}
  },
  "listGroups": {
    "summary": "List groups",
    "method": "GET",
    "path": "/v1/groups",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "GroupListResponse",
      "400": "Error",
      "401": "Error",
      "403": "Error",
      "404": "Error",
      "409": "Error",
      "429": "Error",
      "500": "Error",
      "502": "Error"
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
        "maximum": 100,
        "default": 20
      },
      "external_reference_id": {
        "type": "string"
      }
    }
  },
  "retrieveGroup": {
    "summary": "Retrieve a group",
    "method": "GET",
    "path": "/v1/groups/{group_id}",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "GroupResponse",
      "400": "Error",
      "401": "Error",
      "403": "Error",
      "404": "Error",
      "409": "Error",
      "429": "Error",
      "500": "Error",
      "502": "Error"
    },
    "query": {}
  },
  "updateGroup": {
    "summary": "Update a group",
    "method": "PATCH",
    "path": "/v1/groups/{group_id}",
    "body": "UpdateGroupRequest",
    "bodyIsOptional": true,
    "responses": {
      "200": "GroupResponse",
      "400": "Error",
      "401": "Error",
      "403": "Error",
      "404": "Error",
      "409": "Error",
      "422": "Error",
      "429": "Error",
      "500": "Error",
      "502": "Error"
    },
    "query": {}
  },
  "submitMemberSync": {
    "summary": "Submit a member sync",
    "method": "POST",
    "path": "/v1/groups/{group_id}/members/sync",
    "body": "SubmitMemberSyncRequest",
    "bodyIsOptional": false,
    "responses": {
      "202": "GroupMemberSyncResponse",
      "400": "Error",
      "401": "Error",
      "403": "Error",
      "404": "Error",
      "409": "Error",
      "422": "Error",
      "429": "Error",
      "500": "Error",
      "502": "Error"
    },
    "query": {}
  },
  "retrieveMemberSync": {
    "summary": "Retrieve a sync request",
    "method": "GET",
    "path": "/v1/groups/{group_id}/members/sync/{request_id}",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "GroupMemberSyncRequestResponse",
      "400": "Error",
      "401": "Error",
      "403": "Error",
      "404": "Error",
      "409": "Error",
      "429": "Error",
      "500": "Error",
      "502": "Error"
    },
    "query": {}
  },
  "listPlans": {
    "summary": "List plans",
    "method": "GET",
    "path": "/v1/plans",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "PlanListResponse",
      "400": "Error",
      "401": "Error",
      "403": "Error",
      "404": "Error",
      "409": "Error",
      "429": "Error",
      "500": "Error",
      "502": "Error"
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
        "maximum": 100,
        "default": 20
      }
    }
  },
  "issueAccessToken": {
    "summary": "Issue an access token",
    "method": "POST",
    "path": "/v1/auth/access-tokens",
    "body": "IssueAccessTokenRequest",
    "bodyIsOptional": false,
    "responses": {
      "200": "AccessToken",
      "400": "Error",
      "401": "Error",
      "403": "Error",
      "404": "Error",
      "409": "Error",
      "429": "Error",
      "500": "Error",
      "502": "Error"
    },
    "query": {}
  },
  "listMembers": {
    "summary": "List members",
    "method": "GET",
    "path": "/v2/members",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "MemberListResponse",
      "400": "Error",
      "401": "Error",
      "403": "Error",
      "404": "Error",
      "409": "Error",
      "429": "Error",
      "500": "Error",
      "502": "Error"
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
        "maximum": 100,
        "default": 20
      },
      "search": {
        "type": "string"
      }
    }
  },
  "retrieveMember": {
    "summary": "Retrieve a member",
    "method": "GET",
    "path": "/v1/members/{member_id}",
    "body": null,
    "bodyIsOptional": false,
    "responses": {
      "200": "MemberResponse",
      "400": "Error",
      "401": "Error",
      "403": "Error",
      "404": "Error",
      "409": "Error",
      "429": "Error",
      "500": "Error",
      "502": "Error"
    },
    "query": {}
  }
} as const;

export type OperationId = keyof typeof operations;
