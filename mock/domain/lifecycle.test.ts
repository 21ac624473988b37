import { expect, test } from 'vitest';
import { type MemberEvent, type MemberState, nextState } from './lifecycle.ts';

/** docs/contract/lifecycle.md as a grid: a row for each state, a column for each event, `-` if there is no such transition. */
const grid = `
              listed        unlisted  subscribed  moved    blocked  failed
absent        provisioning  -         -           -        -        -
provisioning  -             -         active      -        blocked  failed
active        active        removed   -           removed  -        -
removed       provisioning  -         -           -        -        -
blocked       provisioning  -         -           -        -        -
failed        provisioning  -         -           -        -        -
`;

const [events = [], ...states] = grid
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));
const steps = states.flatMap(([from, ...cells]) => cells.map((to, index) => [from, events[index], to]));

test.each(steps)('a member that is %s and then %s becomes %s', (from, event, to) => {
  expect(nextState(from as MemberState, event as MemberEvent) ?? '-').toBe(to);
});

test('an unknown state or event has no transition', () => {
  expect(nextState('deleted' as MemberState, 'listed')).toBeUndefined();
  expect(nextState('active', 'deleted' as MemberEvent)).toBeUndefined();
});
