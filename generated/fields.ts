// Do not edit: written from spec/ by `npm run generate`.

/** The names that an object may have, each with those of what it holds; null for a value that is no object. */
export interface Fields {
  readonly [name: string]: Fields | null;
}

/** The fields of every request body, by the name of its schema. What an array holds stands in the place of the array. */
export const bodyFields: Readonly<Record<string, Fields>> = {
  "CreateGroupRequest": {
    "name": null,
    "external_reference_id": null
  },
  "UpdateGroupRequest": {
    "name": null,
    "external_reference_id": null
  },
  "SubmitMemberSyncRequest": {
    "members": {
      "reference_id": null,
      "first_name": null,
      "last_name": null,
      "date_of_birth": null,
      "phone": null,
      "email": null,
      "plan_id": null,
      "address": {
        "address_line_1": null,
        "address_line_2": null,
        "city": null,
        "state": null,
        "zipcode": null
      }
    }
  },
  "IssueAccessTokenRequest": {
    "grant_type": null,
    "bound_entity": {
      "id": null,
      "type": null
    }
  }
};
