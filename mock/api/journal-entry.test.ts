import { queryObjects } from 'node:v8';
import { Context } from 'hono';
import { expect, onTestFinished, test } from 'vitest';
import { defaultQuirks } from '../domain/quirks.ts';
import { randomStream } from '../domain/random.ts';
import { stoppedHost } from '../test-support/frozen-mock.ts';
import { defaultSeed } from '../worlds/seed.ts';
import { Worlds } from '../worlds/worlds.ts';
import { record } from './journal-entry.ts';

class Body {
  readonly members = [];
}

test('the journal keeps no body: a thousand rosters would fill the memory', () => {
  const worlds = new Worlds({
    quirks: defaultQuirks,
    progress: { after: 'manual' },
    seed: defaultSeed,
    host: stoppedHost,
    random: randomStream('journal'),
  });
  onTestFinished(() => worlds.close());
  const context = new Context(new Request('http://127.0.0.1/v1/groups/grp_1/members/sync', { method: 'POST' }));
  const credentials = { key: undefined, named: undefined };
  const received = { started: 0, credentials, operation: 'submitMemberSync', params: {} } as const;
  const submit = () => {
    const request = { ...received, bytes: Buffer.from('{"members":[]}'), body: new Body() };
    record(context, worlds, request, { status: 202, body: new Body(), text: '{}' }, 0);
  };
  submit();
  submit();
  expect(queryObjects(Body, { format: 'count' })).toBe(0);
  expect(worlds.open('main').journal.read().exchanges).toMatchObject(Array(2).fill({ roster: { rows: 0 } }));
});
