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
    const found = this.find(groupId, referenceId, operation);
    if (found === undefined) return undefined;
    const left = found.times > 1 ? [{ ...found, times: found.times - 1 }] : [];
    this.#waiting = this.#waiting.flatMap((one) => (one === found ? left : [one]));
    return found.reason;
  }

  /** The rejection that makes this row fail, if there is one. */
  find(groupId: string, referenceId: string, operation: Rejection['operation']): Rejection | undefined {
    return this.#waiting.find(
      (one) =>
        one.reference_id === referenceId &&
        one.operation === operation &&
        (one.group_id === undefined || one.group_id === groupId),
    );
  }

  list(): readonly Rejection[] {
    return this.#waiting;
  }

  clear(): void {
    this.#waiting = [];
    this.#changed();
  }
}
