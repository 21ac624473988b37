/** A client with its own world, an isolated sandbox named in the key, so tests can run in parallel without clean-up. */
function client(world) {
  const headers = { authorization: `Bearer vit_apk_acme.${world}`, 'content-type': 'application/json' };
  return async (method, path, body) => {
    const response = await fetch(process.env.GROUPS_BASE_URL + path, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  };
}

const row = (name, plan) => ({
  reference_id: name,
  first_name: name,
  last_name: 'Example',
  date_of_birth: '1990-05-17',
  email: `${name}@example.com`,
  plan_id: plan,
  address: { address_line_1: '1 Main St', city: 'Philadelphia', state: 'PA', zipcode: '19103' },
});

test('a second group with the same external reference is refused', async () => {
  const call = client('same-reference');
  const group = { name: 'Keystone Bakery', external_reference_id: 'keystone' };
  expect(await call('POST', '/v1/groups', group)).toMatchObject({ status: 201 });
  expect(await call('POST', '/v1/groups', group)).toMatchObject({ status: 409 });
});

test('whoever is missing from a roster is removed', async () => {
  const call = client('removal');
  const plan = (await call('GET', '/v1/plans')).body.data[0].id;
  const group = (await call('POST', '/v1/groups', { name: 'Keystone Bakery', external_reference_id: 'keystone' })).body
    .data.id;
  const sync = async (members) => {
    const path = `/v1/groups/${group}/members/sync`;
    const { request_id } = (await call('POST', path, { members })).body.data;
    await call('GET', `${path}/${request_id}`); // still in flight
    return (await call('GET', `${path}/${request_id}`)).body.data.results;
  };

  const first = await sync([row('ada', plan), row('bea', plan)]);
  expect(first.added_group_member_ids).toHaveLength(2);
  expect(await sync([row('ada', plan)])).toEqual({
    added_group_member_ids: [],
    removed_group_member_ids: first.added_group_member_ids.slice(1),
    failures: [],
  });
});

test('a blocked person is reported and not added', async () => {
  const call = client('blocked');
  const plan = (await call('GET', '/v1/plans')).body.data[0].id;
  const group = (await call('POST', '/v1/groups', { name: 'Keystone Bakery', external_reference_id: 'keystone' })).body
    .data.id;
  const path = `/v1/groups/${group}/members/sync`;
  const members = [{ ...row('cy', plan), email: 'blocked.cy@example.com' }];
  const { request_id } = (await call('POST', path, { members })).body.data;
  await call('GET', `${path}/${request_id}`);
  expect((await call('GET', `${path}/${request_id}`)).body.data.results).toMatchObject({
    added_group_member_ids: [],
    failures: [{ reference_id: 'cy', operation: 'add' }],
  });
});
