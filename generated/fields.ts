// Do not edit: written from spec/ by `npm run generate`.

/** The names of the fields of an object, each with those of its value; null for a value that is not an object. */
export interface FieldNames {
  readonly [name: string]: FieldNames | null;
}

/** The fields of every request body, by the name of its schema. An array has the fields of its items. */
export const bodyFields: Readonly<Record<string, FieldNames>> = {
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
