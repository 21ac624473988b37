import { expect, test } from 'vitest';
import { type Recording, Recordings } from './recordings.ts';

const recording = (number: number, world = 'main', responseBody = 'x'.repeat(100)): Recording => ({
  world,
  key: null,
  number,
  at: Date.parse('2026-01-15T10:30:00.000Z'),
  milliseconds: 1,
  method: 'GET',
  url: 'http://127.0.0.1:4010/v1/groups',
  contentType: undefined,
  requestBody: undefined,
  status: 200,
  responseHeaders: undefined,
  responseBody,
});

test('the oldest recordings go first, of whichever world, when there is no room for all', () => {
  const recordings = new Recordings(2000);
  for (const number of [1, 2, 3]) recordings.add(recording(number, number === 1 ? 'first' : 'second'));
  recordings.add(recording(4, 'second', 'x'.repeat(700)));
  expect(recordings.of('first')).toEqual([]);
  expect(recordings.of('second').map(({ number }) => number)).toEqual([3, 4]);
});

test('one that is larger than all the room is not kept, and leaves room for the next', () => {
  const recordings = new Recordings(2000);
  recordings.add(recording(1, 'main', 'x'.repeat(5000)));
  recordings.add(recording(2));
  expect(recordings.of('main').map(({ number }) => number)).toEqual([2]);
});

test('a world that is cleared has none, and others keep theirs', () => {
  const recordings = new Recordings();
  recordings.add(recording(1, 'a'));
  recordings.add(recording(2, 'b'));
  recordings.clear('a');
  expect([recordings.of('a'), recordings.of('b')].map(({ length }) => length)).toEqual([0, 1]);
});
