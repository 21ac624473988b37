import { connect } from 'node:tls';
import { Connection } from './client.ts';
import { NetworkError, Stopped } from './errors.ts';
import { obstacleInAnswer, obstacleInError } from './obstacles.ts';
import { reasonOf } from './runner.ts';
import { type Settings, targetOf } from './session.ts';
import { defaultRequestTimeoutMs } from './timeouts.ts';

const ignore = () => {};

/** Lists groups once with each key. Returns in one line why nothing can be judged at this address; undefined if it can. */
export async function whyNotJudged(settings: Settings, signal: AbortSignal | undefined): Promise<string | undefined> {
  const connection = new Connection(targetOf(settings));
  const stop = () => connection.stop(reasonOf(signal));
  signal?.addEventListener('abort', stop);
  if (signal?.aborted) stop();
  const baseUrl = settings.baseUrl.replace(/\/+$/, '');
  try {
    for (const [name, key] of [
      ['API key', settings.apiKey],
      ['second API key', settings.otherApiKey],
    ] as const) {
      if (key === undefined) continue;
      const answer = await connection.send(key, { operation: 'listGroups', query: { limit: 1 } }, ignore);
      const obstacle = obstacleInAnswer(baseUrl, name, answer);
      if (obstacle === undefined) continue;
      const isDoubtful = answer.status === 404 || answer.status >= 500;
      if (!(isDoubtful && (await listsPlans(connection, key)))) return connection.redact(obstacle);
    }
    return undefined;
  } catch (error) {
    if (error instanceof Stopped) return error.message;
    if (!(error instanceof NetworkError)) throw error;
    const { requestTimeoutMs = defaultRequestTimeoutMs } = settings;
    return obstacleInError(baseUrl, error, { requestTimeoutMs, speaksTls: () => speaksTls(new URL(baseUrl)) });
  } finally {
    signal?.removeEventListener('abort', stop);
    await connection.close();
  }
}

/** Whether a target that fails to list groups is the API nevertheless, so that the rules judge its list. */
async function listsPlans(connection: Connection, key: string): Promise<boolean> {
  try {
    const { status, json } = await connection.send(key, { operation: 'listPlans' }, ignore);
    return status === 200 && json !== undefined;
  } catch (error) {
    if (error instanceof NetworkError) return false;
    throw error;
  }
}

const handshakeTimeoutMs = 2000;

/** Whether a TLS handshake succeeds, with any certificate; nothing is sent. */
function speaksTls({ hostname, port }: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const host = hostname.replace(/^\[|\]$/g, '');
    const socket = connect({ host, port: Number(port || 80), rejectUnauthorized: false, timeout: handshakeTimeoutMs });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('secureConnect', () => end(true));
    for (const event of ['error', 'timeout', 'close']) socket.once(event, () => end(false));
  });
}
