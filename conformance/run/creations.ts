import { operations } from '../../generated/operations.ts';
import type { ObservedExchange } from '../observe/exchange.ts';
import { fieldsIn, parsed } from './answer.ts';

/** The groups that a run created, including by requests that should have been refused or had no answer. */
export class Creations {
  readonly #ids = new Set<unknown>();
  readonly #unanswered: string[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** The ids of the groups, as they were answered. */
  get ids(): ReadonlySet<unknown> {
    return this.#ids;
  }

  /** References of groups that may have been created: their requests had no answer. */
  get unanswered(): readonly string[] {
    return this.#unanswered;
  }

  /** Records an exchange that creates a group; ignores others. */
  note({ method, path, requestBody, status, responseJson }: ObservedExchange): void {
    if (method !== 'POST' || path !== operations.createGroup.path) return;
    if (status === null) {
      const { external_reference_id } = fieldsIn(parsed(requestBody ?? ''));
      if (typeof external_reference_id === 'string') this.#unanswered.push(external_reference_id);
    } else if (status < 300) {
      this.#count += 1;
      this.#ids.add(fieldsIn(fieldsIn(responseJson).data).id);
    }
  }

  /** Records a group that was found by one of those references. */
  found(id: unknown): void {
    if (this.#ids.has(id)) return;
    this.#ids.add(id);
    this.#count += 1;
  }
}
