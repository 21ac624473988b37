import type { components } from '../../generated/control-api.ts';

export type Rejection = components['schemas']['Rejection'];

/** Keeps the rejections of a world across a restart. */
export interface RejectionStore {
  /** Every rejection with its key, in the order added. */
  load(): readonly { readonly key: number; readonly rejection: Rejection }[];
  /** Stores a new rejection and returns its key. */
  add(rejection: Rejection): number;
  update(key: number, rejection: Rejection): void;
  remove(key: number): void;
  clear(): void;
}
