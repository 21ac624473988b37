import type { components } from '../../generated/control-api.ts';

type Schemas = components['schemas'];

/** Views of a whole world for the control plane: across organizations, and of data that the contract cannot read. */
export interface OverviewStore {
  organizations(): readonly { readonly id: string; readonly slug: string; readonly groups: number }[];
  /** Groups of every organization except that of the outsiders, newest first. */
  groups(limit: number, offset: number): Schemas['GroupSummary'][];
  /** A group and everyone who was ever on its roster; undefined if there is no such group. */
  roster(groupId: string): Schemas['Roster'] | undefined;
  /** The references in the rosters of a group whose syncs are in flight. */
  awaited(groupId: string): string[];
  /** Oldest first. */
  people(limit: number, offset: number): Schemas['Person'][];
  person(key: number): Schemas['Person'] | undefined;
  /** Syncs of every group, newest first. */
  syncs(limit: number, offset: number): Schemas['Sync'][];
  sync(id: string): Schemas['Sync'] | undefined;
  /** Of one group, or of all. */
  syncsInFlight(groupId?: string): number;
}
