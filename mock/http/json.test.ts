import { expect, test } from 'vitest';
import { jsonText } from './json.ts';

const group = Object.freeze({ name: 'Zoë "Z"', external_reference_id: null });
const pagination = { page: 1, limit: 20, total: 2, total_pages: 1 };

test.each([
  { data: group },
  { data: { name: 'not frozen' } },
  { data: [group, group], pagination },
  { data: [group, { name: 'not frozen' }], pagination },
  { data: [], pagination },
  { data: Object.freeze([group, group]), pagination },
  Object.freeze({ data: Object.freeze([group]), pagination }),
  { message: 'an error', error: 'an error', app_error_code: null },
  null,
])('a body becomes the same text as with JSON.stringify, the second time too: %j', (body) => {
  expect([jsonText(body), jsonText(body)]).toEqual([JSON.stringify(body), JSON.stringify(body)]);
});

test('a value that is not frozen is not cached', () => {
  const data = { name: 'before' };
  jsonText({ data });
  data.name = 'after';
  expect(jsonText({ data })).toBe('{"data":{"name":"after"}}');
});
