import { styleText } from 'node:util';
import type { Recorded } from './worlds/journal.ts';

/** The stream to color for: colors are used only if it is a terminal. */
interface Target {
  readonly stream: NodeJS.WritableStream;
}

const colourOf = (status: number) => (status >= 500 || status === 0 ? 'red' : status >= 400 ? 'yellow' : 'green');

/** How `advise` cites an entry. */
const place = (world: string, number: number): string => `${world}#${number}`;

/** A journal entry as one line of text, without the line break. */
export function logLine(entry: Recorded, target: Target): string {
  const paint = (format: Parameters<typeof styleText>[0], text: string) =>
    styleText(format, text, { stream: target.stream as NodeJS.WriteStream });
  const at = (text: string) => paint('dim', text.slice(11, 23));
  if ('completion' in entry) {
    const { number, at: time, request_id, rows, added, removed, kept, failed } = entry.completion;
    const counts = `${rows} rows: ${added} added, ${removed} removed, ${kept} kept, ${failed} failed`;
    return `${at(time)} ${place(entry.world, number)} sync ${request_id} completed, ${counts}`;
  }
  const { exchange } = entry;
  const status = exchange.status === 0 ? 'dropped' : String(exchange.status);
  return [
    at(exchange.at),
    place(exchange.world, exchange.number),
    exchange.organization ?? '-',
    exchange.method,
    exchange.path + (exchange.search ?? ''),
    paint(colourOf(exchange.status), status),
    paint('dim', `${exchange.duration_ms.toFixed(1)} ms`),
    ...(exchange.rule === null ? [] : [paint('yellow', exchange.rule)]),
    ...(exchange.fault === null ? [] : [paint('red', `${exchange.fault}: ${exchange.fault_effect}`)]),
    ...(exchange.message === null || exchange.fault !== null ? [] : [paint('yellow', exchange.message)]),
    ...(exchange.retry ? [`retry ${exchange.retry}`] : []),
    ...exchange.hints.map((hint) => paint('yellow', hint)),
  ].join(' ');
}

/** What the mock itself failed at as one line of JSON, without the line break. */
export const failureLine = (message: string, at: Date): string =>
  JSON.stringify({ at: at.toISOString(), error: message.replace(/^groups-mock: /, '') });

/** A journal entry as one line of JSON, without the line break. */
export function jsonLine(entry: Recorded): string {
  return JSON.stringify('completion' in entry ? { world: entry.world, ...entry.completion } : entry.exchange);
}
