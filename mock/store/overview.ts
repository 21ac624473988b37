import type { components } from '../../generated/control-api.ts';

type Schemas = components['schemas'];

/** Views of a whole world for the control plane: across organizations, and of what the contract has no way to read. */
export interface OverviewStore {
  organizations(): readonly { readonly id: string; readonly slug: string; readonly groups: number }[];
  /** Groups of every organization but that of the outsiders, the latest first. */
  groups(limit: number, offset: number): Schemas['GroupSummary'][];
  /** A group and everyone it ever saw; undefined if there is no such group. */
  roster(groupId: string): Schemas['Roster'] | undefined;
  /** The references of the rosters of a group that wait to be applied. */
  awaited(groupId: string): string[];
  /** In the order in which they became known. */
  people(limit: number, offset: number): Schemas['Person'][];
  person(key: number): Schemas['Person'] | undefined;
  /** Syncs of every group, the latest first. */
  syncs(limit: number, offset: number): Schemas['Sync'][];
  sync(id: string): Schemas['Sync'] | undefined;
  syncsInFlight(): number;
}
