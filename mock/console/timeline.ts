import type { Schemas } from '../control/named-world.ts';
import { type Markup, markup } from './markup.ts';

/** The time range of the timelines in a roster, in milliseconds since the epoch. */
export interface Scale {
  readonly from: number;
  readonly to: number;
}

type Subscriptions = readonly Schemas['Subscription'][];

/** From the first subscription to now. */
export function scaleOf(subscriptions: Subscriptions, now: string): Scale {
  const to = Date.parse(now);
  const from = subscriptions.reduce((first, { started_at }) => Math.min(first, Date.parse(started_at)), to);
  return { from, to };
}

/** An instant as a day, or as a time of day if the scale is less than three days. */
function moment(timestamp: string, { from, to }: Scale): Markup {
  const [day, time] = timestamp.slice(0, 19).split('T');
  return markup`<time datetime="${timestamp}" title="${timestamp}">${to - from > 3 * 86_400_000 ? day : time}</time>`;
}

/** The start and end of the scale, above the timelines. */
export const axis = (scale: Scale): Markup =>
  markup`<span class="axis">${moment(new Date(scale.from).toISOString(), scale)}<span>now</span></span>`;

/** One bar per subscription, in the color of its plan. Percentages make the timeline fit any width. */
export function timeline(subscriptions: Subscriptions, { from, to }: Scale, plans: readonly string[]): Markup {
  const length = Math.max(1, to - from);
  const share = (timestamp: string): number => Math.round(((Date.parse(timestamp) - from) / length) * 10_000) / 100;
  const bars = subscriptions.map(({ started_at, ended_at, plan_id }) => {
    const start = Math.min(share(started_at), 99);
    const width = Math.max(1, (ended_at === null ? 100 : share(ended_at)) - start);
    const kind = `${planColour(plans, plan_id)}${ended_at === null ? '' : ' ended'}`;
    return markup`<rect class="bar ${kind}" x="${start}%" y="3" width="${width}%" height="10" rx="3"/>`;
  });
  return markup`<svg class="timeline" width="100%" height="16" aria-hidden="true"><line x1="0" x2="100%" y1="8" y2="8"/>${bars}</svg>`;
}

/** The CSS class with the color of a plan. An unknown plan looks like the first. */
export const planColour = (plans: readonly string[], plan: string): string =>
  `plan-${Math.max(0, plans.indexOf(plan)) % 4}`;

/** The subscriptions in words. */
export const spans = (subscriptions: Subscriptions, names: ReadonlyMap<string, string>, scale: Scale): Markup[] =>
  subscriptions.map(({ started_at, ended_at, plan_id }) => {
    const start = moment(started_at, scale);
    const text = ended_at === null ? markup`since ${start}` : markup`${start} to ${moment(ended_at, scale)}`;
    return markup`<span title="${names.get(plan_id) ?? plan_id}">${text}</span>`;
  });
