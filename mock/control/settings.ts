import { settingsOf } from '../worlds/settings.ts';
import { check, type NamedWorld, type Schemas } from './named-world.ts';

export const settingsControl = ({ open, existing }: NamedWorld) => ({
  readSettings: (): Schemas['Settings'] => settingsOf(existing()),

  /** Changes the settings of the world; the others stay as they are. Syncs in flight follow the new ones. */
  changeSettings(changes: Schemas['SettingsRequest']): Schemas['Settings'] {
    check('SettingsRequest', changes);
    const world = open();
    world.configure(changes);
    return settingsOf(world);
  },
});
