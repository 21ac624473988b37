import { parsed, record } from './answer.ts';
import type { Exchange } from './exchange.ts';

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

  /** Takes note of a request to create a group. */
  note({ request, response }: Exchange): void {
    if (response === null) {
      const { external_reference_id } = record(parsed(request.body ?? ''));
      if (typeof external_reference_id === 'string') this.#unanswered.push(external_reference_id);
    } else if (response.status < 300) {
      this.#count += 1;
      this.#ids.add(record(record(parsed(response.body)).data).id);
    }
  }

  /** Takes note of a group with one of those references, unless an answer told of it. */
  found(id: unknown): void {
    if (this.#ids.has(id)) return;
    this.#ids.add(id);
    this.#count += 1;
  }
}
