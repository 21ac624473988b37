import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startMock } from 'vitable-groups-kit/mock';

// One mock for the file, over HTTP as in production. Each test has its own world (an isolated sandbox), named in the key.
const mock = await startMock({ port: 0, progress: { after: 'polls', count: 1 } });
after(() => mock.close());

let worlds = 0;
function client() {
  const world = `test-${++worlds}`;
  const headers = { authorization: `Bearer vit_apk_acme.${world}`, 'content-type': 'application/json' };
  const call = async (method, path, body) => {
    const response = await fetch(mock.url + path, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  };
  return { call, control: mock.control(world) };
}

test('a second group with the same external reference is refused', async () => {
  const { call } = client();
  const group = { name: 'Keystone Bakery', external_reference_id: 'keystone' };
  assert.equal((await call('POST', '/v1/groups', group)).status, 201);
  const second = await call('POST', '/v1/groups', group);
  assert.equal(second.status, 409);
  assert.match(second.body.message, /already belongs to another group/);
});

test('a new world is empty, whatever other tests did', async () => {
  const { call } = client();
  assert.equal((await call('GET', '/v1/groups')).body.pagination.total, 0);
});

test('a request can take effect although its answer is lost', async () => {
  const { call, control } = client();
  control.addFault({ cut: 'connection', applied: true, times: 1 });
  await assert.rejects(call('POST', '/v1/groups', { name: 'Keystone Bakery', external_reference_id: 'keystone' }));
  // So look for the group before creating it again.
  const found = await call('GET', '/v1/groups?external_reference_id=keystone');
  assert.equal(found.body.data.length, 1);
});

test('an empty roster is accepted, and completed after the first poll', async () => {
  const { call } = client();
  const { id } = (await call('POST', '/v1/groups', { name: 'Keystone Bakery', external_reference_id: 'keystone' })).body
    .data;
  const path = `/v1/groups/${id}/members/sync`;
  const { status, body } = await call('POST', path, { members: [] });
  assert.equal(status, 202);
  assert.equal((await call('GET', `${path}/${body.data.request_id}`)).body.data.completed_at, null);
  assert.notEqual((await call('GET', `${path}/${body.data.request_id}`)).body.data.completed_at, null);
});
