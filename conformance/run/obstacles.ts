import { type Answer, fieldsIn } from './answer.ts';
import { NetworkError } from './errors.ts';
import { connectTimeoutMs } from './http-transport.ts';

/** What stands between the suite and a target, and what to try, in one line each (docs/first-contact.md). */

const maxExcerpt = 120;

const isPage = ({ headers, text }: Answer): boolean =>
  /^text\/html\b/i.test(headers['content-type'] ?? '') || /^\s*<(!doctype html|html)\b/i.test(text);

/** What an answer says in its own words, if anything. */
function excerptOf(answer: Answer): string {
  const { message, error, detail } = fieldsIn(answer.json);
  const title = /<title[^>]*>([^<]*)/i.exec(answer.text)?.[1];
  const text = [message, error, detail, title].find((one) => typeof one === 'string' && one.trim() !== '');
  return text === undefined ? '' : ` ("${String(text).trim().slice(0, maxExcerpt)}")`;
}

/** The address that a redirect leads to, as a base URL if it is one of the same operation. */
function redirectText(location: string | undefined, url: URL): string {
  const target = location === undefined ? null : URL.parse(location, url.href);
  if (target === null) return 'redirects without a target; give the final address';
  const operation = '/v1/groups';
  const isOperation = target.pathname.replace(/\/$/, '').endsWith(operation);
  if (!isOperation) return `redirects to ${target.href}; give the final address`;
  const base = target.origin + target.pathname.replace(/\/$/, '').slice(0, -operation.length);
  return `redirects to ${target.href}; give the final address: --base-url ${base}`;
}

/** Whether the headers show that a proxy or gateway wrote the answer. */
const isOfProxy = ({ headers }: Answer): boolean =>
  headers['x-squid-error'] !== undefined || headers['proxy-status'] !== undefined || headers.via !== undefined;

/** Why the first answer shows that the API is not there; undefined if it may be. */
export function obstacleInAnswer(baseUrl: string, keyName: string, answer: Answer): string | undefined {
  const { status, headers, text } = answer;
  const url = new URL(`${baseUrl}/v1/groups`);
  const came = `GET ${url.href} answered ${status}${excerptOf(answer)}`;
  if (url.protocol === 'http:' && status === 400 && /\bHTTP request\b.*\bHTTPS\b/i.test(text)) return tlsLine(baseUrl);
  if (status === 401 && /^basic\b/i.test(headers['www-authenticate'] ?? ''))
    return `${came} and asks for a user and password (WWW-Authenticate: Basic), which the API never does: a gateway stands in front of it; use an address behind the gateway, a header that it accepts (--header) or a client certificate (--client-cert)`;
  if (status === 407)
    return `${came}: a proxy asks for credentials; put them into HTTP_PROXY or HTTPS_PROXY (http://user:password@proxy:3128) and give --env-proxy`;
  if (status >= 300 && status < 400) return `${baseUrl} ${redirectText(headers.location, url)}`;
  if (status === 401 || status === 403) {
    const by = isPage(answer) ? ', with a web page, as gateways and firewalls do' : '';
    return `${baseUrl} refused the ${keyName} with ${status}${by}; check the key, and that it belongs to this address`;
  }
  if (status >= 500 && isOfProxy(answer))
    return `${came}, written by a proxy or gateway: it does not reach the service; is the service running, and is the address the right one?`;
  if (status >= 500)
    return `${came}: the service does not work, or a gateway does not reach it; start it and try again`;
  if (status === 404)
    return `${came}: the API is not at this address; is a prefix missing (${url.origin}/api), or one too many, or is it another host?`;
  if (isPage(answer))
    return `${came} with a web page instead of JSON: this is the address of a web site or a login page; give that of the API`;
  return undefined;
}

const swapped = (baseUrl: string): string =>
  baseUrl.startsWith('https:') ? baseUrl.replace(/^https/, 'http') : baseUrl.replace(/^http/, 'https');

const tlsLine = (baseUrl: string): string => `${baseUrl} speaks TLS: try --base-url ${swapped(baseUrl)}`;

interface Cause {
  readonly code: string;
  readonly message: string;
}

/** The innermost cause of an error. */
function causeOf(error: unknown): Cause {
  if (error instanceof AggregateError && error.errors.length > 0) return causeOf(error.errors[0]);
  const { code, message = String(error), cause, name = '' } = (error ?? {}) as Error & { code?: string };
  if ((error instanceof NetworkError || code === undefined) && cause !== undefined) return causeOf(cause);
  return { code: code ?? name, message };
}

const untrusted =
  /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?)$/;
const wantsClientCertificate = /ALERT_(CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE|BAD_CERTIFICATE|UNKNOWN_CA)$/;

interface Circumstances {
  readonly requestTimeoutMs: number;
  /** Whether the target answers to a TLS handshake; asked only if the address is an http one. */
  readonly speaksTls: () => Promise<boolean>;
}

/** Why no answer came to the first request. */
export async function obstacleInError(
  baseUrl: string,
  error: NetworkError,
  { requestTimeoutMs, speaksTls }: Circumstances,
): Promise<string> {
  const url = new URL(baseUrl);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const { code, message } = causeOf(error);
  const unreachable = (why: string) => `${baseUrl} cannot be reached: ${why}`;
  const refused = (why: string) => `the certificate of ${baseUrl} ${why}`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return unreachable(
      `the name ${url.hostname} cannot be resolved (${code}); check its spelling, and whether a VPN or a proxy (--env-proxy) is needed`,
    );
  if (code === 'ECONNREFUSED')
    return unreachable(`nothing listens on port ${port} (${code}); is the service running, and is the port right?`);
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH')
    return unreachable(`there is no route to ${url.hostname} (${code}); is the network or the VPN up?`);
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT')
    return unreachable(
      `no connection to port ${port} in ${connectTimeoutMs / 1000} s; does a firewall or a missing VPN block it?`,
    );
  if (code === 'TookTooLong')
    return unreachable(
      `it took too long: no answer in ${requestTimeoutMs / 1000} s; --request-timeout allows more, if the service is only slow`,
    );
  const proxyStatus = /Proxy response \((\d+)\)/.exec(message)?.[1];
  if (proxyStatus !== undefined)
    return unreachable(`the proxy answered ${proxyStatus} instead of connecting; check HTTPS_PROXY and NO_PROXY`);
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|UNKNOWN_PROTOCOL|HTTP_REQUEST/.test(code))
    return `${baseUrl} does not speak TLS: try --base-url ${swapped(baseUrl)}`;
  if (untrusted.test(code))
    return refused(
      `is not trusted (${message}); give its issuer's certificate with --ca FILE, or accept any with --insecure`,
    );
  if (code === 'CERT_HAS_EXPIRED')
    return refused(`is not accepted: ${message}; renew it, or check this machine's clock`);
  if (code === 'CERT_NOT_YET_VALID') return refused(`is not valid yet (${message}); check this machine's clock`);
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return refused(`is for another name (${message}); use a name that it has, or accept any with --insecure`);
  if (wantsClientCertificate.test(code))
    return unreachable(
      `it refused the TLS handshake (${code}); does it ask for a client certificate (--client-cert, --client-key)?`,
    );
  if (url.protocol === 'http:' && (await speaksTls())) return tlsLine(baseUrl);
  if (code.startsWith('HPE_') || code === 'HTTPParserError')
    return unreachable(`port ${port} does not speak HTTP (${message}); is the port right?`);
  if (code === 'ECONNRESET' || code === 'UND_ERR_SOCKET') {
    const cause =
      url.protocol === 'https:' ? 'does it ask for a client certificate (--client-cert)' : 'is the port right';
    return unreachable(
      `it closed the connection before the answer was complete (${message}); ${cause}, and is the service healthy?`,
    );
  }
  return unreachable(message);
}
