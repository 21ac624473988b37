/** Keeps the settings that a world has of its own, as JSON. */
export interface SettingsStore {
  /** Undefined if the world has none. */
  load(): string | undefined;
  save(settings: string): void;
}
