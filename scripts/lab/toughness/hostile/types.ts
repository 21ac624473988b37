import controlDocument from '../../../../generated/control-openapi.json' with { type: 'json' };
import document from '../../../../generated/openapi.json' with { type: 'json' };
import { filled, type Hostile, wellFramed, writes } from './case.ts';

/** A value of each JSON type, and a string that looks like a number. */
const values: Readonly<Record<string, unknown>> = {
  string: 'x',
  number: 7.5,
  boolean: true,
  null: null,
  array: ['x'],
  object: { $ne: null },
};

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

const row = (plan: string) => ({
  reference_id: 'ada',
  first_name: 'Ada',
  last_name: 'Example',
  date_of_birth: '1990-05-17',
  phone: '2155550101',
  email: 'ada@example.com',
  plan_id: plan,
  address: { address_line_1: '1 Main St', address_line_2: null, city: 'Philadelphia', state: 'PA', zipcode: '19103' },
});
const seed = (plan: string) => ({
  organizations: [{ slug: 'acme', plans: ['Basic'], groups: [{ name: 'A', members: [row(plan)] }] }],
  outside_subscriptions: [{ first_name: 'Ines', last_name: 'Falk', date_of_birth: '1979-11-03' }],
});

/** A valid body of each operation that has one. */
const validBodies: Readonly<Record<string, (plan: string) => object>> = {
  issueAccessToken: () => ({
    grant_type: 'client_credentials',
    bound_entity: { id: 'empr_1', type: 'employer' },
  }),
  createGroup: () => ({ name: 'A', external_reference_id: 'a' }),
  updateGroup: () => ({ name: 'A', external_reference_id: 'a' }),
  submitMemberSync: (plan) => ({ members: [row(plan)] }),
  previewSync: (plan) => ({ members: [row(plan)] }),
  changeSettings: () => ({ sync_delay_ms: 1 }),
  resetWorld: seed,
  seedWorld: seed,
  importSnapshot: () => ({ format: 1, tables: {} }),
  freezeClock: () => ({ at: '2030-01-01T00:00:00Z' }),
  advanceClock: () => ({ ms: 1 }),
  addRejection: () => ({ reference_id: 'a', reason: 'No.' }),
  addFault: () => ({ status: 503 }),
  addTenant: () => ({ name: 'acme-payroll', quotas: { worlds: 1 } }),
  changeTenant: () => ({ suspended: true, quotas: { worlds: 1 } }),
};

type Step = string | number;
interface Field {
  readonly at: readonly Step[];
  /** The types that the field allows. */
  readonly types: ReadonlySet<string>;
}

function fieldsOf(schema: Schema, schemas: Readonly<Record<string, unknown>>, at: readonly Step[] = []): Field[] {
  const { $ref, type, properties = {}, items, anyOf = [] } = schema;
  if ($ref !== undefined) return fieldsOf(schemas[$ref.split('/').at(-1) as string] as Schema, schemas, at);
  const inner = [
    ...Object.entries(properties).map(([name, property]) => [property, name] as const),
    ...(items ? [[items, 0] as const] : []),
  ].flatMap(([each, step]) => fieldsOf(each, schemas, [...at, step]));
  const alternatives = anyOf.map((each) => fieldsOf(each, schemas, at)[0]?.types ?? new Set<string>());
  const names = [type ?? []].flat().map((name) => (name === 'integer' ? 'number' : name));
  return [{ at, types: new Set([...names, ...alternatives.flatMap((each) => [...each])]) }, ...inner];
}

/** Replaces the value at one place of a body. */
function altered(body: unknown, [step, ...rest]: readonly Step[], value: unknown): unknown {
  if (step === undefined) return value;
  const inner = altered((body as Record<Step, unknown> | undefined)?.[step], rest, value);
  if (typeof step === 'number') return [inner];
  return { ...(body as object | undefined), [step]: inner };
}

const written = (at: readonly Step[]): string =>
  at.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text ? `${text}.${step}` : step),
    '',
  );

/** Gives each field of each body a value of every type that it does not allow. */
export function wrongTypes(): Hostile[] {
  return writes.flatMap(({ id, method, path }) => {
    const contract = (path.startsWith('/v1/') ? document : controlDocument) as unknown as {
      paths: Record<string, Record<string, { requestBody: { content: { 'application/json': { schema: Schema } } } }>>;
      components: { schemas: Record<string, unknown> };
    };
    const operation = contract.paths[path]?.[method.toLowerCase()];
    const { schema } = operation?.requestBody.content['application/json'] ?? {};
    if (schema === undefined) throw new Error(`${id} has no body in the contract`);
    return fieldsOf(schema, contract.components.schemas)
      .filter(({ types }) => types.size > 0)
      .flatMap(({ at, types }) =>
        Object.entries(values)
          .filter(([type]) => !types.has(type))
          .map(
            ([type, value]): Hostile => ({
              area: 'wrong types',
              name: `${id}: ${written(at) || 'body'} is ${type}`,
              bytes: (place) => {
                const body = JSON.stringify(altered(validBodies[id]?.(place.plan), at, value));
                return wellFramed({ method, path: filled(path, place), body }, place);
              },
              outcome: 'refused',
              words: at.length > 0 ? String(at.findLast((step) => typeof step === 'string')) : 'body',
            }),
          ),
      );
  });
}
