import type { WorldControl } from '../control/control.ts';
import type { Schemas } from '../control/named-world.ts';
import { adviceTab } from './advice.ts';
import { faultsTab } from './faults.ts';
import { groupsTab } from './groups.ts';
import { journalTab } from './journal.ts';
import type { Markup } from './markup.ts';
import { syncsTab } from './syncs.ts';
import { worldTab } from './world.ts';

/** What a page is asked to show. */
export interface View {
  readonly control: WorldControl;
  readonly world: Schemas['World'];
  /** Where the world's pages are, such as `/_mock/console/worlds/main`. */
  readonly base: string;
  /** Where the mock is, for commands to copy. */
  readonly origin: string;
  /** What follows the tab in the path: one thing of those that it lists. */
  readonly item: string | undefined;
  readonly query: URLSearchParams;
  /** The page of a list, counted from 1. */
  readonly page: number;
}

/** What a page shows. */
export interface Content {
  readonly title: string;
  /** A sentence under it. */
  readonly lead?: Markup | string;
  /** Made anew whenever something happens in the world. */
  readonly live: Markup;
  /** What is typed into, and so is left alone. */
  readonly forms?: Markup;
}

/** A part of the console: a link in its navigation, and what there is behind it. */
export interface Tab {
  /** Its place in the path. */
  readonly name: string;
  readonly label: string;
  readonly show: (view: View) => Content;
}

/** In the order of the navigation. To add a tab, add it here. */
export const tabs: readonly Tab[] = [groupsTab, syncsTab, journalTab, adviceTab, faultsTab, worldTab];
