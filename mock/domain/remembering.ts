/** How many texts are remembered before all are forgotten. */
const most = 1000;

/** The function, which depends on nothing but the text, asked once for each of the few texts that come again and again. */
export function remembering<T>(work: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const made = work(text);
    if (known.size >= most) known.clear();
    known.set(text, made);
    return made;
  };
}
