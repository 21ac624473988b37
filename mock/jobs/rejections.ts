import type { components } from '../../generated/control-api.ts';

type Schemas = components['schemas'];
export type Rejection = Schemas['Rejection'];

/** Rows of one world that the control plane makes fail, by `reference_id`. */
export class Rejections {
  readonly #changed: () => void;
  #waiting: Rejection[] = [];

  /** `changed` is called after a rejection is added or all are cleared. */
  constructor(changed: () => void = () => {}) {
    this.#changed = changed;
  }

  add(request: Schemas['RejectionRequest']): Rejection {
    const rejection: Rejection = { operation: 'add', times: 1, ...request };
    this.#waiting.push(rejection);
    this.#changed();
    return rejection;
  }

  /** The reason why this row fails, if there is a rejection for it, which is thereby used once. */
  take(groupId: string, referenceId: string, operation: Rejection['operation']): string | undefined {
    const index = this.#waiting.findIndex(
      (one) =>
        one.reference_id === referenceId &&
        one.operation === operation &&
        (one.group_id === undefined || one.group_id === groupId),
    );
    const found = this.#waiting[index];
    if (found === undefined) return undefined;
    this.#waiting =
      found.times > 1
        ? this.#waiting.with(index, { ...found, times: found.times - 1 })
        : this.#waiting.toSpliced(index, 1);
    return found.reason;
  }

  list(): readonly Rejection[] {
    return this.#waiting;
  }

  clear(): void {
    this.#waiting = [];
    this.#changed();
  }
}
