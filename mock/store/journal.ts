/** Keeps across a restart what the journal of a world compares later entries with. */
export interface JournalStore {
  /** The salt of every digest; it never changes. */
  salt(): string;
  /** Digests of the rows that failed in the latest sync of a group. */
  failedRows(groupId: string): readonly string[];
  setFailedRows(groupId: string, digests: readonly string[]): void;
  clearFailedRows(): void;
}
