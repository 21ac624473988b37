import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import control from '../../generated/control-openapi.json' with { type: 'json' };
import contract from '../../generated/openapi.json' with { type: 'json' };
import { browserOrSkip } from '../../scripts/test-support/browser.ts';
import { type MockOptions, startMock } from '../index.ts';
import { acme, acmePlan } from '../test-support/frozen-mock.ts';

async function mockFor(options: MockOptions = { port: false }) {
  const mock = await startMock(options);
  onTestFinished(() => mock.close());
  return mock;
}

test.for([
  ['contract', '/openapi', contract],
  ['control plane', '/_mock/openapi', control],
] as const)(
  'the %s is served without a key as JSON and as YAML, with the mock as its only server',
  async ([, path, document]) => {
    const { fetch, url } = await mockFor();
    const json = await (await fetch(`${path}.json`)).json();
    expect(json).toEqual({ ...document, servers: [{ url, description: 'This mock.' }] });
    const yaml = await fetch(`${path}.yaml`);
    expect(yaml.headers.get('content-type')).toBe('application/yaml');
    expect(parse(await yaml.text())).toEqual(json);
  },
);

test.for([
  ['/docs', '/openapi.json', '/_mock/docs'],
  ['/_mock/docs', '/_mock/openapi.json', '/docs'],
] as const)('the page %s opens %s and links to %s', async ([page, document, other]) => {
  const { fetch } = await mockFor();
  const html = await (await fetch(page)).text();
  expect(html).toContain(`data-document="${document}"`);
  expect(html).toContain(`href="${other}"`);
});

test('requests for the reference do not appear in the journal', async () => {
  const mock = await mockFor();
  for (const path of ['/docs', '/docs/', '/docs/start.js', '/docs/swagger-ui.css', '/openapi.json', '/_mock/docs'])
    expect((await mock.fetch(path)).ok).toBe(true);
  expect(mock.control().readJournal({}).exchanges).toEqual([]);
});

test.for(['/docs/nothing', '/docs/swagger-ui.css.map'])('%s is a 404 like any other unknown path', async (path) => {
  const { fetch } = await mockFor();
  const answered = await fetch(path);
  expect(answered.status).toBe(404);
  expect(await answered.json()).toMatchObject({ app_error_code: 'path_not_found' });
});

test('a mock with other organizations fills in one of their keys', async () => {
  const { fetch } = await mockFor({ port: false, seed: { organizations: [{ slug: 'initech' }] } });
  expect(await (await fetch('/docs/start.js')).text()).toContain('preauthorizeApiKey(\'apiKey\', "vit_apk_initech")');
});

test('in a browser the reference sends requests only to the mock, and "try it" lists plans with the demo key', {
  timeout: 60_000,
}, async (context) => {
  const browser = await browserOrSkip(context);
  const mock = await mockFor({ port: 0 });
  const page = await browser.newPage();
  const strangers: string[] = [];
  const complaints: string[] = [];
  await page.context().route('**', (route) => {
    const { origin, protocol } = new URL(route.request().url());
    if (origin === mock.url || protocol === 'data:') return route.continue();
    strangers.push(route.request().url());
    return route.abort();
  });
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));

  await page.goto(`${mock.url}/docs`);
  const listPlans = page.locator('#operations-Plans-listPlans');
  await listPlans.locator('.opblock-summary-control').click();
  const answered = page.waitForResponse((response) => response.url().startsWith(`${mock.url}/v1/plans`));
  await listPlans.getByRole('button', { name: 'Execute' }).click();
  const response = await answered;
  expect(response.status()).toBe(200);
  expect(await response.request().headerValue('authorization')).toBe(`Bearer ${acme}`);
  await listPlans.locator('.live-responses-table').getByText(acmePlan).waitFor();

  expect(await page.locator('.opblock').count()).toBe(
    Object.values(contract.paths).flatMap((path) => Object.keys(path).filter((key) => /^(get|post|patch)$/.test(key)))
      .length,
  );
  expect(strangers).toEqual([]);
  expect(complaints).toEqual([]);
});
