import { operations as controlOperations } from '../../../../generated/control-operations.ts';
import { operations } from '../../../../generated/operations.ts';
import { filled, type Hostile, wellFramed } from './case.ts';

/** Values that are not ids. */
const tricks = [
  '..',
  '.',
  '%2e%2e',
  '%2e%2e%2f%2e%2e%2f_mock%2fworlds',
  '..%5c..%5c',
  '%2f',
  '%00',
  'grp_%00aaaaaaaaaaaaaaaaaaaaa',
  '%',
  '%zz',
  '%c0%af',
  '%ff%fe',
  '%ed%a0%80',
  '%0d%0aX-Injected:%201',
  '__proto__',
  'constructor',
  'toString',
  'null',
  '-1',
  '1e999',
  "'%20OR%201=1--",
  '%22;%20DROP%20TABLE%20groups;--',
  '%7b%7b7*7%7d%7d',
  '%3Cscript%3Ealert(1)%3C%2Fscript%3E',
  '*',
  ';a=b',
  '%E2%80%AE',
  `grp_${'A'.repeat(8000)}`,
];

/** Every operation of the contract, and one of the control plane for each kind of id. */
const withId: readonly string[] = [
  ...Object.keys(operations),
  ...['describeWorld', 'resetWorld', 'readRoster', 'completeSync', 'removeFault', 'unsubscribePerson'],
];

/** Replaces each id in each path by each of these values. */
export const trickyIds: Hostile[] = [...Object.entries(operations), ...Object.entries(controlOperations)]
  .filter(([id]) => withId.includes(id))
  .flatMap(([id, { method, path, body }]) =>
    (path.match(/\{\w+\}/g) ?? [])
      .filter((parameter) => parameter !== '{world}' || id.endsWith('World'))
      .flatMap((parameter) =>
        tricks.map(
          (trick): Hostile => ({
            area: 'path tricks',
            name: `${id}: ${parameter} is ${trick.slice(0, 40)}`,
            bytes: (place) => {
              const tricky = filled(path.replace(parameter, trick), place);
              return wellFramed({ method, path: tricky, body: body ? '{"x": 1}' : undefined }, place);
            },
            outcome: 'harmless',
          }),
        ),
      ),
  );

/** Request targets that mean something other than they seem to. */
export const trickyTargets: Hostile[] = [
  '*',
  '//evil.example/v1/groups',
  'http://evil.example/v1/groups',
  'https://user:pw@evil.example/v1/groups',
  '/v1/groups/../../etc/passwd',
  '/v1/..%2f..%2f_mock/worlds',
  '/%76%31/groups',
  '/v1/groups%3Fpage=1',
  '/v1\\groups',
  '/v1/groups#fragment',
  '/v1/groups?',
  '/v1/groups??page=1',
  '/v1/groups;page=1',
  '/V1/GROUPS',
  `/${'a/'.repeat(4000)}`,
  `/v1/groups?${'a=b&'.repeat(3000)}`,
  '/_mock',
  '/_mock/',
  '/_mock/worlds/%2e%2e/reset',
  '/_mock/../v1/groups',
].map((path) => ({
  area: 'path tricks',
  name: `GET ${path.slice(0, 60)}`,
  bytes: (place) => wellFramed({ method: 'GET', path }, place),
  outcome: 'harmless',
}));

const numbers = [
  '',
  '0',
  '-1',
  '-0',
  '1.5',
  '1e3',
  '0x10',
  '+1',
  '%201',
  '1%00',
  'NaN',
  'Infinity',
  'null',
  'true',
  '[]',
  '%',
  '%zz',
  '%ff',
  '%D9%A1',
  '9'.repeat(400),
  '1&limit=abc&page=0',
];

const lists = [operations.listGroups, operations.listPlans, controlOperations.listSyncs, controlOperations.readJournal];

/** Invalid pages and limits. */
export const trickyQueries: Hostile[] = [
  ...lists.flatMap(({ path, query }) =>
    Object.keys(query).flatMap((name) =>
      numbers.map(
        (value): Hostile => ({
          area: 'queries',
          name: `${path}?${name}=${value.slice(0, 30)}`,
          bytes: (place) => wellFramed({ method: 'GET', path: `${filled(path, place)}?${name}=${value}` }, place),
          outcome: 'harmless',
        }),
      ),
    ),
  ),
  ...['page[]=1', 'page[$gt]=0', '__proto__[page]=1', 'constructor=1', 'page=1&page=abc', '%=1', '&&&', '='].map(
    (query): Hostile => ({
      area: 'queries',
      name: `/v1/groups?${query}`,
      bytes: (place) => wellFramed({ method: 'GET', path: `/v1/groups?${query}` }, place),
      outcome: 'harmless',
    }),
  ),
];

const strangeMethods = ['PUT', 'DELETE', 'PROPFIND', 'PURGE', 'SEARCH', 'QUERY', 'LINK', 'TRACE'];

/** Methods that a path does not have, and HEAD and OPTIONS. */
export const otherMethods: Hostile[] = [
  ...new Set([...Object.values(operations), ...Object.values(controlOperations)].map(({ path }) => path)),
].flatMap((path) => {
  const known: string[] = [...Object.values(operations), ...Object.values(controlOperations)]
    .filter((operation) => operation.path === path)
    .map(({ method }) => method);
  const methods = path.startsWith('/v1/') ? strangeMethods : ['TRACE', 'PATCH'];
  return [
    ...methods.filter((method) => !known.includes(method)).map((method) => [method, 'refused'] as const),
    ['OPTIONS', 'refused'] as const,
    ['HEAD', 'harmless'] as const,
  ].map(
    ([method, outcome]): Hostile => ({
      area: 'methods',
      name: `${method} ${path}`,
      bytes: (place) => wellFramed({ method, path: filled(path, place) }, place),
      outcome,
    }),
  );
});

/** Invalid keys. */
export const trickyKeys: Hostile[] = [
  '',
  'Bearer',
  'Bearer  ',
  `Bearer ${'x'.repeat(7000)}`,
  'Bearer vit_apk___proto__',
  'Bearer vit_apk_constructor',
  'Bearer vit_apk_acme.../../main',
  'Bearer vit_apk_acme.%00',
  'Bearer vit_apk_acme\u00ff',
  "Bearer vit_apk_acme'--",
  'Bearer vit_apk_acme, Bearer vit_apk_globex',
  'Basic dml0X2Fwa19hY21lOg==',
  'Bearer ',
  'bearer:vit_apk_acme',
].map((authorization) => ({
  area: 'keys',
  name: JSON.stringify(authorization.slice(0, 50)),
  bytes: (place) =>
    wellFramed({ method: 'POST', path: '/v1/groups', headers: { authorization }, body: '{"name": "A"}' }, place),
  outcome: 'refused',
}));
