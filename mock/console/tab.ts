import type { WorldControl } from '../control/control.ts';
import type { Schemas } from '../control/named-world.ts';
import type { Draft } from './draft.ts';
import type { FormFields } from './form-fields.ts';
import type { Markup } from './markup.ts';

/** What a tab needs to render its page. */
export interface View {
  readonly control: WorldControl;
  readonly world: Schemas['World'];
  /** The path of the world's pages, such as `/_mock/console/worlds/main`. */
  readonly base: string;
  /** The address of the mock, for commands to copy. */
  readonly origin: string;
  /** The id of one listed item, from the path after the tab. */
  readonly item: string | undefined;
  readonly query: URLSearchParams;
  /** The page of a list, counted from 1. */
  readonly page: number;
  /** The form that the page answers, to show again what was typed. */
  readonly fields?: FormFields | undefined;
  /** A roster to look at before it is sent. */
  readonly draft?: Draft | undefined;
}

/** The content of a page. */
export interface PageContent {
  readonly title: string;
  /** A sentence under the title. */
  readonly lead?: Markup | string;
  /** Updated after every change of the world. */
  readonly live: Markup;
  /** Forms, which are never updated, so that typed text stays. */
  readonly forms?: Markup;
}

/** A tab of the console: a link in the navigation, and its page. */
export interface Tab {
  /** The path segment. */
  readonly name: string;
  readonly label: string;
  readonly show: (view: View) => PageContent;
}
