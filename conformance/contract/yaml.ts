import { isScalar, LineCounter, parseDocument, type Scalar, visit } from 'yaml';

/** The text is not valid YAML for a contract; the message is one line with the place and the reason. */
class UnreadableYaml extends Error {
  override readonly name = 'UnreadableYaml';
}

/** Keywords of OpenAPI whose value, if scalar, is a boolean. */
const booleans = new Set(
  'required nullable deprecated readOnly writeOnly uniqueItems explode allowReserved allowEmptyValue additionalProperties unevaluatedProperties wrapped attribute'.split(
    ' ',
  ),
);

/** Keywords whose value, if scalar, is a number. */
const numbers = /^(exclusiveM|m)(in|ax)imum$|^m(in|ax)(Length|Items|Properties|Contains)$|^multipleOf$/;

/** What the value of a keyword should have been; undefined if it is fine. Examples and defaults hold any value. */
function expected(key: string, { value, type }: Scalar): string | undefined {
  if (type !== 'PLAIN' || typeof value !== 'string') return undefined;
  if (booleans.has(key)) return 'true or false';
  return numbers.test(key) ? 'a number' : undefined;
}

const anyValue = /^(example|examples|default|enum|const|x-.*)$/;

/**
 * Reads YAML as people write it: merge keys and anchors, a byte order mark, YAML 1.1 if `%YAML 1.1` says so and else 1.2,
 * of which JSON is a part. Throws UnreadableYaml, also for words of YAML 1.1 (`yes`, `1_000`) that are text in YAML 1.2
 * although the contract needs a number or a boolean.
 */
export function readYaml(text: string): unknown {
  const lineCounter = new LineCounter();
  const place = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset);
    return `at line ${line}, column ${col}`;
  };
  const document = parseDocument(text, { merge: true, logLevel: 'error', lineCounter });
  const [error] = document.errors;
  if (error !== undefined) throw new UnreadableYaml((error.message.split('\n')[0] as string).replace(/:$/, ''));
  visit(document, {
    Pair(_, { key, value }) {
      if (!isScalar(key) || !isScalar(value))
        return isScalar(key) && anyValue.test(String(key.value)) ? visit.SKIP : undefined;
      const wanted = expected(String(key.value), value);
      if (wanted !== undefined)
        throw new UnreadableYaml(`expected ${wanted}, got ${value.source} ${place(value.range?.[0] ?? 0)}`);
      return undefined;
    },
  });
  try {
    return document.toJS({ maxAliasCount: 10_000 });
  } catch (error) {
    throw new UnreadableYaml((error as Error).message);
  }
}
