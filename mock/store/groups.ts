import type { components } from '../../generated/api.ts';

export type Group = Required<components['schemas']['Group']>;

/** A group with its database key, which its JSON does not include. */
export class StoredGroup implements Group {
  readonly #key: number;
  readonly id: Group['id'];
  readonly organization_id: Group['organization_id'];
  readonly name: Group['name'];
  readonly external_reference_id: Group['external_reference_id'];
  readonly created_at: Group['created_at'];
  readonly updated_at: Group['updated_at'];

  constructor(key: number, group: Group) {
    this.#key = key;
    this.id = group.id;
    this.organization_id = group.organization_id;
    this.name = group.name;
    this.external_reference_id = group.external_reference_id;
    this.created_at = group.created_at;
    this.updated_at = group.updated_at;
  }

  get key(): number {
    return this.#key;
  }
}

/** Groups. Every read takes an organization, so that no organization sees the groups of another (AUTH-3). */
export interface GroupStore {
  /** Stores a group. Returns undefined if another group of the organization has its reference (GRP-12). */
  create(group: Group): StoredGroup | undefined;
  /** Like `create`, for the existing group with this key. */
  update(key: number, group: Group): StoredGroup | undefined;
  find(organizationId: string, id: string): StoredGroup | undefined;
  byReference(organizationId: string, reference: string): StoredGroup | undefined;
  /** A page of the organization's groups, newest first (§8.9). */
  page(organizationId: string, limit: number, offset: number): readonly StoredGroup[];
  count(organizationId: string): number;
}
