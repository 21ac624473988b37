/** The state of a `reference_id` in a group (docs/contract/lifecycle.md). `absent` and `failed` are the mock's own. */
export type MemberState = 'absent' | 'provisioning' | 'active' | 'removed' | 'blocked' | 'failed';

/** What a sync does to a `reference_id`. */
export type MemberEvent = 'listed' | 'unlisted' | 'subscribed' | 'moved' | 'blocked' | 'failed';

/** The member lifecycle: from, event, to. Anything else cannot happen. */
const transitions: readonly (readonly [from: MemberState, event: MemberEvent, to: MemberState])[] = [
  ['absent', 'listed', 'provisioning'],
  ['removed', 'listed', 'provisioning'], // LIFE-5
  ['blocked', 'listed', 'provisioning'], // LIFE-12
  ['failed', 'listed', 'provisioning'],
  ['active', 'listed', 'active'], // LIFE-3

  ['provisioning', 'subscribed', 'active'], // LIFE-1
  ['provisioning', 'blocked', 'blocked'], // LIFE-9
  ['provisioning', 'failed', 'failed'], // LIFE-10

  ['active', 'unlisted', 'removed'], // LIFE-2
  ['active', 'moved', 'removed'], // LIFE-11
];

const next = new Map(transitions.map(([from, event, to]) => [`${from} ${event}`, to]));

/** The state after an event, or undefined if the lifecycle has no such transition. */
export const nextState = (from: MemberState, event: MemberEvent): MemberState | undefined =>
  next.get(`${from} ${event}`);
