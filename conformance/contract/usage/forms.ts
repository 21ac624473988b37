/** The form of a text without its content: digits as 9, letters as `a+` or `A+`, mixtures of both as `w+`. */
export const formOf = (text: string): string =>
  text.replaceAll(/[\p{L}\p{N}]+/gu, (word) => {
    if (/^[0-9]+$/.test(word)) return word.length > 20 ? '9+' : '9'.repeat(word.length);
    if (/\p{N}/u.test(word)) return 'w+';
    return word.replaceAll(
      /\p{Lu}+|[^\p{Lu}]+/gu,
      (part) => `${/\p{Lu}/u.test(part) ? 'A' : 'a'}${part.length > 1 ? '+' : ''}`,
    );
  });

/** Texts of this form, of at least this length if its letters allow it. */
export function examplesOf(form: string, length: number): string[] {
  const missing = Math.max(0, length - form.replaceAll('+', '').length);
  return [...'5120'].map((digit) => {
    let isFilled = false;
    return form.replaceAll(/(?<letter>[aAw9])(?<repeated>\+(?![0-9]))?/g, (_, letter: string, repeated?: string) => {
      const one = letter === '9' ? digit : letter === 'w' ? 'a1' : letter;
      if (repeated === undefined) return one;
      const more = isFilled ? 1 : Math.max(1, missing);
      isFilled = true;
      return letter === 'w' ? one.padEnd(1 + more, 'a') : one.repeat(1 + more);
    });
  });
}
