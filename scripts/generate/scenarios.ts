import { checked, text } from './catalogue.ts';
import { readYamlFile } from './contract.ts';

/** An entry of spec/scenarios.yaml. */
interface Scenario {
  readonly name: string;
  readonly holds: string;
  readonly try: string;
  readonly see: string;
  readonly groups?: readonly { readonly organization: string; readonly roster?: string }[];
  readonly outside?: readonly object[];
  readonly crowd?: { readonly groups: number; readonly members: number };
  readonly faults?: string;
}

const scenarioSchema = {
  type: 'array',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['name', 'holds', 'try', 'see'],
    properties: {
      name: { type: 'string', pattern: '^[a-z-]+$' },
      holds: text,
      try: text,
      see: text,
      groups: { type: 'array', items: { type: 'object', required: ['organization'] } },
      outside: { type: 'array', items: { type: 'object' } },
      crowd: {
        type: 'object',
        additionalProperties: false,
        required: ['groups', 'members'],
        properties: { groups: { type: 'integer' }, members: { type: 'integer' } },
      },
      faults: text,
    },
  },
};

/** The scenarios as a typed table: their texts and seeds, with the rows of the example rosters. */
export function generateScenarios(entries: unknown): string {
  const scenarios = checked<Scenario>('spec/scenarios.yaml', scenarioSchema, entries);
  const table = Object.fromEntries(
    scenarios.map(({ name, groups = [], outside = [], ...scenario }) => {
      const organizations = groups.map(({ organization, roster, ...group }) => {
        const rows = roster === undefined ? {} : readYamlFile<object>(`spec/examples/${roster}`);
        return { slug: organization, groups: [{ ...group, ...rows }] };
      });
      return [name, { ...scenario, seed: { organizations, outside_subscriptions: outside } }];
    }),
  );
  return `import type { components } from './control-api.ts';

/** The state in which a world begins. */
export interface Scenario {
  readonly holds: string;
  readonly try: string;
  readonly see: string;
  readonly seed: components['schemas']['Seed'];
  readonly crowd?: { readonly groups: number; readonly members: number };
  /** A profile of faults. */
  readonly faults?: string;
}

export type ScenarioName = ${scenarios.map(({ name }) => `'${name}'`).join(' | ')};

/** Every scenario by name. */
export const scenarios: Readonly<Record<ScenarioName, Scenario>> = ${JSON.stringify(table, null, 2)};
`;
}
