import { Problem } from '../domain/problems.ts';
import { isDropped } from '../http/answers.ts';
import { consoleAgent } from '../http/console-agent.ts';

/** Answers a request in this process. */
export type FetchApi = (request: Request) => Response | Promise<Response>;

/** Sends a body to the API at an address with a key. Returns the data of the answer, or throws a Problem. */
export type Post = (path: string, key: string, body: object) => Promise<Readonly<Record<string, string>>>;

/** The console sends what clients would send through the API, so that faults apply to it and the journal shows it. */
export const postTo =
  (answer: FetchApi, origin: string): Post =>
  async (path, key, body) => {
    const headers = {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'user-agent': consoleAgent,
    };
    const response = await answer(
      new Request(new URL(path, origin), { method: 'POST', headers, body: JSON.stringify(body) }),
    );
    const text = isDropped(response) ? undefined : await response.text().catch(() => undefined);
    if (text === undefined)
      throw new Problem(
        'conflict',
        'no_answer',
        'A fault dropped the connection before the answer was complete. The journal says whether the request took effect.',
      );
    if (!response.ok)
      throw new Problem('conflict', 'refused', `The API answered ${response.status}: ${messageIn(text)}`);
    return (JSON.parse(text) as { data: Readonly<Record<string, string>> }).data;
  };

/** The message of an error body, or the text of another body. */
function messageIn(text: string): string {
  try {
    return (JSON.parse(text) as { message?: string }).message ?? text;
  } catch {
    return text;
  }
}
