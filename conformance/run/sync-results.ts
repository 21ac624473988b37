import type { components } from '../../generated/api.ts';
import { type Answer, fieldsIn } from './answer.ts';

export type Failure = components['schemas']['GroupMemberSyncFailure'];

/** The results of a completed sync; what is missing or malformed is empty. */
export interface Results {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly failures: readonly Failure[];
}

/** Whether a retrieved sync request says that it is completed. */
export const isCompleted = (answer: Answer): boolean =>
  typeof answer.data.completed_at === 'string' || (answer.data.results ?? null) !== null;

export function results(answer: Answer): Results {
  const { added_group_member_ids, removed_group_member_ids, failures } = fieldsIn(answer.data.results);
  return { added: list(added_group_member_ids), removed: list(removed_group_member_ids), failures: list(failures) };
}

const list = <T>(value: unknown): readonly T[] => (Array.isArray(value) ? value : []);

export const sorted = (ids: readonly string[]): readonly string[] => [...ids].sort();
