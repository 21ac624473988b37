import fc from 'fast-check';
import type { Disagreement, IsBreaking, Tally } from './oracle.ts';

/** A media type or range of a contract, and the body types that it stands for. */
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

/** Whether the content allows a body of this type and length; the most specific entry decides. */
function takes(content: Content, body: string, value: string): boolean {
  const entries = Object.entries(content).filter(([name]) => written[name]?.includes(body));
  const [best] = entries.sort(([a], [b]) => (written[a]?.length ?? 0) - (written[b]?.length ?? 0));
  return best !== undefined && value.length <= best[1];
}

/** A content has each media type only once. */
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
 * Compares verdicts on media types with the bodies that are accepted. A service may add a type of answer, because clients
 * ask for the types they understand; bodies of existing types must stay as they were.
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
