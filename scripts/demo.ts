import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, styleText } from 'node:util';
import { runConformance } from '../conformance/index.ts';
import { consoleReport } from '../conformance/report/console.ts';
import type { components } from '../generated/api.ts';
import { startMock } from '../mock/index.ts';
import { root } from './generate/contract.ts';

type Schemas = components['schemas'];

const usage = `npm run demo  start a mock, play the rosters of spec/examples/ against it over HTTP, then judge it`;

const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
if (values.help) {
  console.log(usage);
  process.exit(0);
}

const [acme, globex] = ['vit_apk_acme', 'vit_apk_globex'];
const mock = await startMock({ port: 0, progress: { after: 'delay', ms: 50 } });
console.log(`The mock listens on ${mock.url}.\n`);
try {
  await playMonths();
  await playLargeRoster();
  console.log(styleText('bold', '\nAnd the verdict of the conformance suite:'));
  const result = await runConformance({ baseUrl: mock.url, apiKey: acme, otherApiKey: globex });
  console.log(consoleReport(result, { all: false }));
  process.exitCode = result.exitCode;
} finally {
  await mock.close();
}

/** Sends a request as a partner would. Throws if it is refused. */
async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(mock.url + path, {
    method,
    headers: { authorization: `Bearer ${acme}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  if (!response.ok)
    throw new Error(`${method} ${path} answered ${response.status}: ${(answer as Schemas['Error']).message}`);
  return (answer as { data: T }).data;
}

function createGroup(name: string, external_reference_id: string): Promise<Schemas['Group']> {
  return call('POST', '/v1/groups', { name, external_reference_id });
}

function readRoster(file: string): Schemas['SubmitMemberSyncRequest'] {
  return JSON.parse(readFileSync(join(root, 'spec/examples', file), 'utf8'));
}

/** Submits a roster and polls until it is processed: there are no webhooks. */
async function sync(group: Schemas['Group'], roster: Schemas['SubmitMemberSyncRequest']) {
  const path = `/v1/groups/${group.id}/members/sync`;
  const { request_id } = await call<Schemas['GroupMemberSync']>('POST', path, roster);
  for (;;) {
    const { results } = await call<Schemas['GroupMemberSyncRequest']>('GET', `${path}/${request_id}`);
    if (results !== null) return results;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function playMonths(): Promise<void> {
  const group = await createGroup('Keystone Bakery', 'keystone-bakery');
  console.log(styleText('bold', `One employer, month by month (${group.id}):`));
  const months: Record<string, unknown> = {};
  for (const file of readdirSync(join(root, 'spec/examples/employer')).sort()) {
    const roster = readRoster(`employer/${file}`);
    const { added_group_member_ids, removed_group_member_ids, failures } = await sync(group, roster);
    months[file.replace('.json', '')] = {
      rows: roster.members.length,
      added: added_group_member_ids.length,
      removed: removed_group_member_ids.length,
      failures: failures
        .map(({ reference_id, operation, reason }) => `${operation} ${reference_id}: ${reason}`)
        .join('; '),
    };
  }
  console.table(months);
}

async function playLargeRoster(): Promise<void> {
  const group = await createGroup('Liberty Works', 'liberty-works');
  const roster = readRoster('roster-250.json');
  const first = await sync(group, roster);
  const again = await sync(group, roster);
  console.log(`A roster of ${roster.members.length}: ${first.added_group_member_ids.length} added.`);
  console.log(
    `The same roster again: ${again.added_group_member_ids.length} added, ${again.removed_group_member_ids.length} removed.`,
  );
}
