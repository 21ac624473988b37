import { adviceTab } from './advice.ts';
import { faultsTab } from './faults.ts';
import { groupsTab } from './groups.ts';
import { journalTab } from './journal.ts';
import { syncsTab } from './syncs.ts';
import type { Tab } from './tab.ts';
import { worldTab } from './world.ts';

/** In the order of the navigation. To add a tab, add it here. */
export const tabs: readonly Tab[] = [groupsTab, syncsTab, journalTab, adviceTab, faultsTab, worldTab];
