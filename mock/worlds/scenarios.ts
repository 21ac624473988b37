import { type Scenario, type ScenarioName, scenarios } from '../../generated/scenarios.ts';
import { type FaultRequest, faultProfiles } from '../domain/faults.ts';
import type { MemberRow } from '../domain/people.ts';
import { Problem, shown } from '../domain/problems.ts';
import { defaultSeed, type Seed } from './seed.ts';

/** What a world of a scenario starts with. */
interface InitialState {
  readonly seed: Seed;
  readonly faults: readonly FaultRequest[];
}

/** The seed and faults of a scenario, including the default organizations. Throws a Problem that lists the names. */
export function scenarioNamed(name: string): InitialState {
  if (!Object.hasOwn(scenarios, name))
    throw new Problem(
      'invalid',
      'unknown_scenario',
      `name: expected one of ${Object.keys(scenarios).join(', ')}, got ${shown(name)}.`,
    );
  const { seed, crowd, faults = '' } = scenarios[name as ScenarioName];
  const organizations = [
    ...(defaultSeed.organizations ?? []),
    ...(seed.organizations ?? []),
    ...(crowd ? [{ slug: 'acme', groups: crowded(crowd) }] : []),
  ];
  return { seed: { ...seed, organizations }, faults: faultProfiles[faults]?.faults ?? [] };
}

const numbered = (index: number): string => String(index + 1).padStart(4, '0');

/** Generates groups, and members of the first one; the same ones every time. */
function crowded({ groups, members }: NonNullable<Scenario['crowd']>) {
  const roster = Array.from({ length: members }, (_, index) => person(index));
  return Array.from({ length: groups }, (_, index) => ({
    name: `Employer ${numbered(index)}`,
    external_reference_id: `employer-${numbered(index)}`,
    members: index === 0 ? roster : [],
  }));
}

const firstNames = ['Ada', 'Bilal', 'Chiara', 'Dmitri', 'Esi', 'Farah', 'Gunnar', 'Hana', 'Idris', 'Jolanta'];
const lastNames = ['Abara', 'Brunner', 'Castellan', 'Dufour', 'Eriksen', 'Fontaine', 'Grabowski', 'Haddad'];

function person(index: number): MemberRow {
  const pick = (names: readonly string[], at: number) => names[at % names.length] as string;
  const [first, last] = [pick(firstNames, index), pick(lastNames, Math.floor(index / firstNames.length))];
  return {
    reference_id: `emp-${numbered(index)}`,
    first_name: first,
    last_name: last,
    date_of_birth: `${1960 + (index % 40)}-0${1 + (index % 9)}-15`,
    email: `${first}.${last}.${numbered(index)}@example.com`.toLowerCase(),
    plan_id: 'Primary Care',
    address: { address_line_1: `${index + 1} Market Street`, city: 'Philadelphia', state: 'PA', zipcode: '19107' },
  };
}
