import { parsed } from '../run/answer.ts';
import { showValue } from '../show-value.ts';
import type { RecordedExchange } from './recorded-run.ts';

/** Values that differ in every run, and their placeholders. */
const ofOneRun: readonly (readonly [RegExp, string])[] = [
  [/ct-[0-9a-f]{10}o?-(?:group-)?\d+/gi, '‹reference›'],
  [/(?:[A-Z]\w+ )?[A-Z]\w+-[0-9a-f]{10}o?\b/g, '‹person›'],
  [/\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi, '‹uuid›'],
  [/\b(grpmsr|grpmbr|grp|org|pln|plan|mbr|vit_at)_[\w+/=-]{8,}/gi, '‹$1›'],
  [/\b\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d\.\d+/g, '‹time with fraction›'],
  [/\b\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d/g, '‹time›'],
];

/** A text with placeholders for everything that differs in every run. */
const comparableText = (text: string): string =>
  ofOneRun.reduce((rest, [pattern, name]) => rest.replaceAll(pattern, name), text);

/** What a request asks, without ids and people: requests of two runs with the same text are counterparts. */
export function questionOf({ method, url }: RecordedExchange): string {
  const { pathname, searchParams } = new URL(url);
  const path = comparableText(decodeURI(pathname)).replace(/^.*(?=\/v\d\/)/, '');
  return `${method} ${path}?${[...searchParams.keys()].sort().join('&')}`;
}

/** Fields that differ in every answer, or depend on what else the service holds. */
const ownOfAnswer = /(^|\.)trace_id$/;
const ofWholeService = /^pagination\.(total|total_pages)$/;

/** The values of a body by path, each as its type and text; items of a list share a path. */
export function comparableFields(exchange: RecordedExchange): ReadonlyMap<string, readonly string[]> {
  const json = parsed(exchange.body);
  if (json === undefined) {
    const text = exchange.body.includes('[…cut') ? [] : [comparableText(showValue(exchange.body))];
    return new Map(text.map((one) => ['the body', [one]]));
  }
  const fields = new Map<string, string[]>();
  collect(json, '', isOfWholeService(exchange), fields);
  return fields;
}

/** Whether an answer also lists what others created. */
function isOfWholeService({ operation, url }: RecordedExchange): boolean {
  const { searchParams } = new URL(url);
  return (
    operation?.startsWith('list') === true && !searchParams.has('external_reference_id') && !searchParams.has('search')
  );
}

function collect(value: unknown, path: string, isWhole: boolean, fields: Map<string, string[]>): void {
  const note = (at: string, text: string) => {
    const known = fields.get(at) ?? [];
    if (!known.includes(text)) fields.set(at, [...known, text].sort());
  };
  if (Array.isArray(value)) {
    note(path, 'a list');
    if (!isWhole) note(`number of ${path}`, String(value.length));
    for (const item of value) collect(item, `${path}[]`, isWhole, fields);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, part] of Object.entries(value))
      collect(part, path === '' ? name : `${path}.${name}`, isWhole, fields);
  } else {
    const isFree = ownOfAnswer.test(path) || (isWhole && (ofWholeService.test(path) || path.startsWith('data[]')));
    note(path, isFree && value !== null ? `a ${typeof value}` : comparableText(showValue(value)));
  }
}
