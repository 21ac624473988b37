import type { components } from '../../../generated/api.ts';

type MemberRow = components['schemas']['MemberRow'];

/** Rows about `count` different synthetic people, numbered from `first`. */
export function members(count: number, plan_id: string, first = 0): MemberRow[] {
  return Array.from({ length: count }, (_, index) => {
    const n = first + index;
    return {
      reference_id: `employee-${n}`,
      first_name: `Given${n}`,
      last_name: `Family${n % 977}`,
      date_of_birth: `19${60 + (n % 40)}-0${1 + (n % 9)}-1${n % 10}`,
      phone: `21555501${String(n % 100).padStart(2, '0')}`,
      email: `person.${n}@example.com`,
      plan_id,
      address: {
        address_line_1: `${1 + (n % 9000)} Market St`,
        address_line_2: null,
        city: 'Philadelphia',
        state: 'PA',
        zipcode: '19103',
      },
    };
  });
}
