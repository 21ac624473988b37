/** How many texts are remembered before all are forgotten, and how long one may be. */
const [most, longest] = [1000, 200];

/** The function, which depends on nothing but the text, asked once for each of the few texts that come again and again. */
export function remembering<T>(work: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    if (text.length > longest) return work(text);
    if (known.has(text)) return known.get(text) as T;
    if (known.size === most) known.clear();
    const made = work(text);
    known.set(text, made);
    return made;
  };
}
