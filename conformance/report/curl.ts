import { type Exchange, keyPlaceholders, redacted } from '../run/exchange.ts';

const maxArgument = 2000;

/** Quotes a text as one argument of a POSIX shell. */
export const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** Whether a body does not fit in one line of a terminal. */
export const needsFile = ({ body, bodyBase64 }: Exchange['request']): boolean =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a line must not contain them
  bodyBase64 !== undefined || (body?.length ?? 0) > maxArgument || /[\u0000-\u001f\u007f-\u009f]/.test(body ?? '');

/** The bytes of a body. */
export const bytesOf = ({ body, bodyBase64 }: Exchange['request']): Buffer =>
  bodyBase64 === undefined ? Buffer.from(body ?? '') : Buffer.from(bodyBase64, 'base64');

/** The headers of a request as options of curl; keys come from the environment. */
export function headerOptions({ headers, body }: Exchange['request']): string[] {
  const options = Object.entries(headers).map(([name, value]) => {
    const key = Object.values(keyPlaceholders).find(({ kept }) => value.endsWith(kept));
    if (/^authorization$/i.test(name) && key !== undefined)
      return `-H "Authorization: ${value.slice(0, -key.kept.length)}${key.sent}"`;
    // The variable of --header, which holds name and value.
    return value === redacted ? '-H "$GROUPS_HEADER"' : `-H ${quote(value === '' ? `${name};` : `${name}: ${value}`)}`;
  });
  // Otherwise curl would send a default type.
  const hasType = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  return body === null || hasType ? options : [...options, "-H 'content-type:'"];
}

/** The method as options of curl. */
export const methodOptions = ({ method, body }: Exchange['request']): string[] => {
  if (method === 'HEAD') return ['--head'];
  return method === 'GET' && body === null ? [] : [`-X ${method}`];
};

/** The id of a run, which its references contain. */
export const runIdOf = (body: string): string | undefined => /\bct-([0-9a-f]{10})/.exec(body)?.[1];

/**
 * A `curl` line that repeats a request. A body that is too long for it is in the file; without a file, the line says how to
 * get it. A group is created with a new reference.
 */
export function curl({ operation, request }: Exchange, bodyFile?: string): string {
  const { url, body } = request;
  const line = ['curl -i', ...methodOptions(request), quote(url), ...headerOptions(request)];
  if (body === null) return line.join(' ');
  if (needsFile(request)) {
    const hint = bodyFile === undefined ? ' # --report-dir writes this file' : '';
    return `${line.join(' ')} --data-binary ${quote(`@${bodyFile ?? 'body.json'}`)}${hint}`;
  }
  const run = operation === 'createGroup' ? runIdOf(body) : undefined;
  const quoted = quote(body);
  return [...line, `--data-raw ${run === undefined ? quoted : quoted.replaceAll(run, "'$(date +%s)'")}`].join(' ');
}
