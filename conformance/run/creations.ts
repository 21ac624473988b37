import { operations } from '../../generated/operations.ts';
import type { ObservedExchange } from '../observe/exchange.ts';
import { parsed, record } from './answer.ts';

/** The groups that a run created, also by requests that were to be refused, or that had no answer. */
export class Creations {
  readonly #ids = new Set<unknown>();
  readonly #unanswered: string[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** The ids of the groups, as the answers named them. */
  get ids(): ReadonlySet<unknown> {
    return this.#ids;
  }

  /** References of groups of which no answer said whether they were created. */
  get unanswered(): readonly string[] {
    return this.#unanswered;
  }

  /** Takes note of an exchange if it is about the creation of a group. */
  note({ method, path, requestBody, status, responseJson }: ObservedExchange): void {
    if (method !== 'POST' || path !== operations.createGroup.path) return;
    if (status === null) {
      const { external_reference_id } = record(parsed(requestBody ?? ''));
      if (typeof external_reference_id === 'string') this.#unanswered.push(external_reference_id);
    } else if (status < 300) {
      this.#count += 1;
      this.#ids.add(record(record(responseJson).data).id);
    }
  }

  /** Takes note of a group with one of those references, unless an answer told of it. */
  found(id: unknown): void {
    if (this.#ids.has(id)) return;
    this.#ids.add(id);
    this.#count += 1;
  }
}
