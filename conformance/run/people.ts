import type { components } from '../../generated/api.ts';
import { areaCodes } from '../contract/area-codes.ts';

export type MemberRow = components['schemas']['MemberRow'];

const firstNames = [
  'Ana',
  'Bram',
  'Chidi',
  'Dalia',
  'Emre',
  'Farah',
  'Goran',
  'Hana',
  'Imani',
  'Jonas',
  'Kavya',
  'Luca',
];
const lastNames = ['Abara', 'Brandt', 'Castell', 'Dvorak', 'Eklund', 'Ferraro', 'Gallo', 'Hoxha', 'Ibarra', 'Jansen'];

/**
 * Synthetic people who differ in e-mail, name, birth date and phone. E-mails are at example.com and phone numbers end in
 * 555-01xx, both reserved for fiction.
 */
export class People {
  readonly #run: string;
  readonly #planId: () => string;
  #count = 0;

  constructor(run: string, planId: () => string) {
    this.#run = run;
    this.#planId = planId;
  }

  /** A row about a new person; `fields` override the usual ones. */
  one(fields: Partial<MemberRow> = {}): MemberRow {
    this.#count += 1;
    const n = this.#count;
    const pick = (names: readonly string[], divisor: number) => names[Math.floor(n / divisor) % names.length] as string;
    const day = new Date(Date.UTC(1960, 0, 1 + ((n * 37) % 14_000)));
    return {
      reference_id: `ct-${this.#run}-${n}`,
      first_name: pick(firstNames, 1),
      // The run id in the name distinguishes people without an e-mail from those of other runs.
      last_name: `${pick(lastNames, firstNames.length)}-${this.#run}`,
      date_of_birth: day.toISOString().slice(0, 10),
      email: `ct-${this.#run}-${n}@example.com`,
      phone: `${areaCodes[Math.floor(n / 100) % areaCodes.length]}55501${String(n % 100).padStart(2, '0')}`,
      plan_id: this.#planId(),
      address: { address_line_1: `${n} Orchard Street`, city: 'Philadelphia', state: 'PA', zipcode: '19106' },
      ...fields,
    };
  }

  many(count: number): MemberRow[] {
    return Array.from({ length: count }, () => this.one());
  }
}
