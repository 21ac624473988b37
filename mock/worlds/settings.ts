import type { components } from '../../generated/control-api.ts';
import type { Quirks } from '../../generated/quirks.ts';
import { Problem } from '../domain/problems.ts';
import { withQuirks } from '../domain/quirks.ts';
import type { Progress } from '../jobs/queue.ts';

type Schemas = components['schemas'];
/** Settings that a world has of its own, as the control plane and seeds take them. */
export type OwnSettings = Schemas['SettingsRequest'];

/** How a world answers the open questions, and when its syncs complete. */
export interface Behavior {
  readonly quirks: Quirks;
  readonly progress: Progress;
}

/** Own settings after a change: quirks are added to the earlier ones, a setting of the syncs replaces the earlier one. */
export function mergeSettings(own: OwnSettings, { quirks, ...syncs }: OwnSettings): OwnSettings {
  const { quirks: ownQuirks, ...ownSyncs } = own;
  return { ...(Object.keys(syncs).length > 0 ? syncs : ownSyncs), quirks: { ...ownQuirks, ...quirks } };
}

/** The behavior of a world with settings of its own. Throws a Problem if one is unknown or two exclude each other. */
export function behaviorOf(base: Behavior, own: OwnSettings): Behavior {
  const { sync_delay_ms: ms, sync_polls: count, sync_manual } = own;
  const given: readonly Progress[] = [
    ...(ms === undefined ? [] : [{ after: 'delay', ms } as const]),
    ...(count === undefined ? [] : [{ after: 'polls', count } as const]),
    ...(sync_manual === undefined ? [] : [{ after: 'manual' } as const]),
  ];
  if (given.length > 1)
    throw new Problem(
      'invalid',
      'bad_settings',
      'expected at most one of sync_delay_ms, sync_polls and sync_manual, got more.',
    );
  return { quirks: withQuirks(base.quirks, own.quirks ?? {}), progress: given[0] ?? base.progress };
}

/** A behavior as the control plane shows it. */
export function settingsOf({ quirks, progress }: Behavior): Schemas['Settings'] {
  const shownQuirks = quirks as unknown as Schemas['Settings']['quirks'];
  switch (progress.after) {
    case 'delay':
      return { quirks: shownQuirks, sync_delay_ms: progress.ms };
    case 'polls':
      return { quirks: shownQuirks, sync_polls: progress.count };
    case 'manual':
      return { quirks: shownQuirks, sync_manual: true };
  }
}
