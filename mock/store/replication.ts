/**
 * Copies what changes in a world to other stores. The changes between `begin` and `keep` or `undo` are a unit; nothing
 * else may be pending in the store.
 */
export interface ReplicationStore {
  /** Does nothing if a unit has begun. */
  begin(): void;
  /** What the unit has changed, in a form for `apply`; empty if nothing. */
  changes(): Uint8Array;
  keep(): void;
  undo(): void;
  /** Makes the changes of another store, which had the same content before, here. Throws if they do not fit. */
  apply(changes: Uint8Array): void;
}
