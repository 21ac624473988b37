import fc from 'fast-check';
import type { Disagreement, IsBreaking, Tally } from './oracle.ts';

/** A media type or range as a contract writes it, and the types of bodies that it stands for. */
const written: Readonly<Record<string, readonly string[]>> = {
  'application/json': ['json'],
  'Application/JSON': ['json'],
  'application/json; charset=utf-8': ['json'],
  'application/json;charset="UTF-8"': ['json'],
  'application/xml': ['xml'],
  'application/xml; version=1; a=b': ['xml 1'],
  'application/xml;A=b;version=1': ['xml 1'],
  'application/*': ['json', 'xml', 'xml 1'],
  'text/csv': ['csv'],
  'text/*': ['csv', 'plain'],
  '*/*': ['json', 'xml', 'xml 1', 'csv', 'plain', 'png'],
};
const bodies = ['json', 'xml', 'xml 1', 'csv', 'plain', 'png'];
const values = ['', 'a', 'aa'];

type Content = Readonly<Record<string, number>>;

/** Whether the content names a type of body with a text this long: the entry that stands for the fewest types decides. */
function takes(content: Content, body: string, value: string): boolean {
  const entries = Object.entries(content).filter(([name]) => written[name]?.includes(body));
  const [best] = entries.sort(([a], [b]) => (written[a]?.length ?? 0) - (written[b]?.length ?? 0));
  return best !== undefined && value.length <= best[1];
}

/** The same media type is written once in one content. */
const content = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...Object.keys(written)), fc.constantFrom(1, 2)), {
    minLength: 1,
    maxLength: 3,
    selector: ([name]) => String(written[name]),
  })
  .map((entries): Content => Object.fromEntries(entries));

function documentOf(side: 'request' | 'response', content: Content): object {
  const held = {
    content: Object.fromEntries(
      Object.entries(content).map(([name, maxLength]) => [name, { schema: { type: 'string', maxLength } }]),
    ),
  };
  const operation =
    side === 'request' ? { requestBody: held, responses: {} } : { responses: { 200: { description: 'OK', ...held } } };
  return { openapi: '3.1.1', info: { title: 'Things', version: '1.0.0' }, paths: { '/things': { post: operation } } };
}

/**
 * Holds verdicts on media types against which bodies are taken. A service may answer a further type beside the old ones,
 * since a client asks for what it understands; a body of a type that was named must go on being what it was.
 */
export function judgeContents(
  count: number,
  seed: number,
  isBreaking: IsBreaking,
): { tally: Tally; disagreements: Disagreement[] } {
  const tally: Tally = { family: 'media types and ranges', pairs: 0, fine: 0, shown: 0, cautious: 0 };
  const disagreements: Disagreement[] = [];
  for (const [a, b] of fc.sample(fc.tuple(content, content), { numRuns: count, seed })) {
    tally.pairs += 1;
    for (const [before, after] of [
      [a, b],
      [b, a],
    ] as const)
      for (const side of ['request', 'response'] as const) {
        const breaks = isBreaking(side, documentOf(side, before), documentOf(side, after));
        const isNamed = (body: string) => values.some((value) => takes(before, body, value));
        const isShown = (body: string, value: string) => {
          const [was, is] = [takes(before, body, value), takes(after, body, value)];
          return side === 'request' ? was && !is : isNamed(body) && is && !was;
        };
        const shown = bodies
          .flatMap((body) => values.map((value) => [body, value] as const))
          .find((one) => isShown(...one));
        if (shown === undefined) tally[breaks ? 'cautious' : 'fine'] += 1;
        else if (breaks) tally.shown += 1;
        else disagreements.push({ family: tally.family, side, before, after, value: shown });
      }
  }
  return { tally, disagreements };
}
