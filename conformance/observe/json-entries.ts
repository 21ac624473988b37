/** The file is not a HAR, or is truncated; the message is one line that says what came instead. */
export class HarError extends Error {
  override readonly name = 'HarError';
}

/** What one entry may be long, in characters; a longer one is skipped. */
const maxEntry = 64 * 1024 * 1024;

/**
 * The texts of the entries of a HAR (`log.entries`), one after another as the file is read, so that its size does not
 * matter. Null stands for an entry that is too long. Throws HarError.
 */
export async function* entryTexts(chunks: AsyncIterable<string>): AsyncGenerator<string | null> {
  let depth = 0;
  let inString = false;
  let escaped = false;
  let word = '';
  let key = '';
  let logDepth = 0;
  let inEntries = false;
  let found = false;
  let started = false;
  let entries = 0;
  let entry: string[] | null = null;
  let length = 0;
  for await (const chunk of chunks) {
    let from = entry ? 0 : -1;
    for (let at = 0; at < chunk.length; at += 1) {
      const code = chunk.charCodeAt(at);
      if (inString) {
        if (escaped) escaped = false;
        else if (code === 92) escaped = true;
        else if (code === 34) inString = false;
        if (inString && depth <= 2 && word.length < 20) word += chunk[at];
        continue;
      }
      if (code === 34) {
        inString = true;
        word = '';
      } else if (code === 58) {
        if (depth <= 2) key = word;
      } else if (code === 123 || code === 91) {
        if (depth === 0 && code === 91)
          throw new HarError('it is a JSON array, not a HAR: expected an object with "log"');
        started = true;
        depth += 1;
        if (depth === 2 && key === 'log' && code === 123) logDepth = 2;
        if (depth === 3 && logDepth === 2 && key === 'entries' && code === 91) {
          inEntries = true;
          found = true;
        } else if (depth === 4 && inEntries && code === 123) {
          entry = [];
          length = 0;
          from = at;
        }
      } else if (code === 125 || code === 93) {
        if (depth === 4 && inEntries && entry) {
          entry.push(chunk.slice(from, at + 1));
          entries += 1;
          yield length > maxEntry ? null : entry.join('');
          entry = null;
          from = -1;
        }
        if (depth === 3 && inEntries) inEntries = false;
        if (depth === 2 && logDepth === 2) logDepth = 0;
        depth -= 1;
      } else if (depth === 0 && code > 32 && code !== 0xfeff && !started)
        throw new HarError('it is not a HAR: it does not begin like JSON');
    }
    if (entry) {
      length += chunk.length - from;
      if (length <= maxEntry) entry.push(chunk.slice(from));
    }
  }
  if (!started) throw new HarError('it is empty');
  if (depth > 0 || inString)
    throw new HarError(`it is truncated after ${entries} complete entries; record or export it again`);
  if (!found) throw new HarError('it is JSON but not a HAR: expected "entries" in "log"');
}
