import type { components } from '../../generated/control-api.ts';
import type { Rejection, RejectionStore } from '../store/rejections.ts';

/** Rows of one world that the control plane makes fail, by `reference_id`: a copy of those in its store, from which `load` reads them. */
export class Rejections {
  readonly #store: RejectionStore;
  readonly #changed: () => void;
  #waiting: ReturnType<RejectionStore['load']> = [];

  /** `changed` is called after a rejection is added or all are cleared. */
  constructor(store: RejectionStore, changed: () => void = () => {}) {
    this.#store = store;
    this.#changed = changed;
  }

  load(): void {
    this.#waiting = this.#store.load();
  }

  add(request: components['schemas']['RejectionRequest']): Rejection {
    const rejection: Rejection = { operation: 'add', times: 1, ...request };
    this.#waiting = [...this.#waiting, { key: this.#store.add(rejection), rejection }];
    this.#changed();
    return rejection;
  }

  /** The reason why this row fails, if there is a rejection for it, which is thereby used once. */
  take(groupId: string, referenceId: string, operation: Rejection['operation']): string | undefined {
    const found = this.#find(groupId, referenceId, operation);
    if (found === undefined) return undefined;
    const { key, rejection } = found;
    const left = { ...rejection, times: rejection.times - 1 };
    if (left.times > 0) this.#store.update(key, left);
    else this.#store.remove(key);
    this.#waiting = this.#waiting.flatMap((one) =>
      one !== found ? one : left.times > 0 ? { key, rejection: left } : [],
    );
    return rejection.reason;
  }

  /** The rejection that makes this row fail, if there is one. */
  find(groupId: string, referenceId: string, operation: Rejection['operation']): Rejection | undefined {
    return this.#find(groupId, referenceId, operation)?.rejection;
  }

  list(): readonly Rejection[] {
    return this.#waiting.map(({ rejection }) => rejection);
  }

  clear(): void {
    this.#store.clear();
    this.#waiting = [];
    this.#changed();
  }

  #find(groupId: string, referenceId: string, operation: Rejection['operation']) {
    return this.#waiting.find(
      ({ rejection: one }) =>
        one.reference_id === referenceId &&
        one.operation === operation &&
        (one.group_id === undefined || one.group_id === groupId),
    );
  }
}
