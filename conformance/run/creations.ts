import { operations } from '../../generated/operations.ts';
import type { ObservedExchange } from '../observe/exchange.ts';
import { fieldsIn, parsed } from './answer.ts';
import type { Exchange } from './exchange.ts';

/** An id as it was answered, and the exchange that shows it, if one does. */
export interface Issued {
  readonly id: unknown;
  readonly exchange?: Exchange | undefined;
}

/** The groups that a run created, even by requests that should have been refused or had no answer. */
export class Creations {
  readonly #groups: Issued[] = [];
  readonly #unanswered: string[] = [];

  /** Every group that was created; two may have the same id. */
  get groups(): readonly Issued[] {
    return this.#groups;
  }

  /** References of groups that may have been created: their requests had no answer. */
  get unanswered(): readonly string[] {
    return this.#unanswered;
  }

  /** Records an exchange that creates a group; ignores others. */
  note({ method, path, requestBody, status, responseJson }: ObservedExchange, evidence: Exchange): void {
    if (method !== 'POST' || path !== operations.createGroup.path) return;
    if (status === null) {
      const { external_reference_id } = fieldsIn(parsed(requestBody ?? ''));
      if (typeof external_reference_id === 'string') this.#unanswered.push(external_reference_id);
    } else if (status < 300) this.#groups.push({ id: fieldsIn(fieldsIn(responseJson).data).id, exchange: evidence });
  }

  /** Records a group that was found by one of those references. */
  found(id: unknown): void {
    if (!this.#groups.some((group) => group.id === id)) this.#groups.push({ id });
  }
}
