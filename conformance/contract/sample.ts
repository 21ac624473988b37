/** The maximum number of repetitions beyond the required ones. */
const repeatLimit = 8;

const classes: Readonly<Record<string, string>> = {
  d: '5',
  D: 'x',
  w: 'a',
  W: '-',
  s: ' ',
  S: 'a',
  n: '\n',
  t: '\t',
  r: '\r',
};

/** Candidates for a set such as `[^a-c]`, the most likely first. */
const characters = [...'a5Ax-_ .+@/:ZmM09~é,;!#'];

/**
 * A text that a regular expression is likely to match; the caller must test it. `choice` selects among alternatives, and
 * `extra` is the number of repetitions beyond the required ones.
 */
function sample(pattern: string, choice: number, extra: number): string {
  let at = 0;
  const peek = () => pattern[at];

  function set(): string {
    const end = pattern.slice(at).search(/(?<!\\)(?:\\\\)*\]/) + at;
    const source = pattern.slice(at - 1, end + 1);
    at = end + 1;
    const isIn = new RegExp(`^${source}$`, 'u');
    const first = source.replace(/^\[\^?\\?/, '')[choice % 2];
    return [...(first ? [first] : []), ...characters].find((one) => isIn.test(one)) ?? '';
  }

  function atom(): string {
    const character = pattern[at++] as string;
    if (character === '[') return set();
    if (character === '(') {
      const [prefix = ''] = /^\?(?:[:=!]|<[=!]|<\w+>)/.exec(pattern.slice(at)) ?? [];
      at += prefix.length;
      const inner = alternatives();
      at += 1;
      return /[=!]$/.test(prefix) ? '' : inner;
    }
    if (character === '.') return 'a';
    if (character === '^' || character === '$') return '';
    if (character !== '\\') return character;
    const escaped = pattern[at++] ?? '';
    if (escaped === 'p' || escaped === 'P') {
      at = pattern.indexOf('}', at) + 1;
      return escaped === 'p' ? 'a' : '5';
    }
    return /[bB]/.test(escaped) ? '' : (classes[escaped] ?? escaped);
  }

  function repeated(text: string): string {
    const [quantifier, min, , max] = /^(?:[*+?]|\{(\d+)(,(\d*))?\})\??/.exec(pattern.slice(at)) ?? [];
    if (quantifier === undefined) return text;
    at += quantifier.length;
    const least = min === undefined ? Number(quantifier.startsWith('+')) : Number(min);
    const most = quantifier.startsWith('?') ? 1 : quantifier.startsWith('{') ? Number(max ?? min) || 64 : 64;
    return text.repeat(Math.min(least + extra, most, least + repeatLimit));
  }

  function sequence(): string {
    let text = '';
    while (at < pattern.length && peek() !== '|' && peek() !== ')') text += repeated(atom());
    return text;
  }

  function alternatives(): string {
    const texts = [sequence()];
    while (peek() === '|') {
      at += 1;
      texts.push(sequence());
    }
    return texts[choice % texts.length] as string;
  }

  return alternatives();
}

/** Different texts that match the expression; none if it cannot be read. */
export function samplesOf(pattern: string): string[] {
  try {
    const expression = new RegExp(pattern, 'u');
    const texts = [0, 1, 2].flatMap((choice) => [0, 1, 2, repeatLimit].map((extra) => sample(pattern, choice, extra)));
    return [...new Set(texts)].filter((text) => expression.test(text));
  } catch {
    return [];
  }
}
