import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import schema from '../../../spec/usage-profile.schema.json' with { type: 'json' };
import { UnreadableContract } from '../files.ts';
import { isObject } from '../json-pointer.ts';
import type { UsageProfile, UsedExchange } from './profile.ts';

function json(file: string, what: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new UnreadableContract(`${file}: expected ${what}: ${(error as Error).message}`);
  }
}

function readProfile(file: string): UsageProfile {
  const value = json(file, 'a usage profile');
  const ajv = new Ajv2020({ strict: false });
  if (ajv.validate(schema, value)) return value as UsageProfile;
  const [{ instancePath = '', message = '' } = {}] = ajv.errors ?? [];
  throw new UnreadableContract(
    `${file}: expected a usage profile (spec/usage-profile.schema.json): ${instancePath || 'it'} ${message}`,
  );
}

/** Reads profiles from files, and from folders all files that end in .json. Throws UnreadableContract. */
export function readProfiles(paths: readonly string[]): UsageProfile[] {
  const files = paths.flatMap((path) => {
    if (!statSync(path, { throwIfNoEntry: false }))
      throw new UnreadableContract(`${path}: there is no such file or folder`);
    if (!statSync(path).isDirectory()) return [path];
    return readdirSync(path)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => join(path, name));
  });
  const profiles = files.map(readProfile);
  const twice = profiles.find(({ client }, index) => profiles.findIndex((other) => other.client === client) !== index);
  if (twice)
    throw new UnreadableContract(
      `${files.join(', ')}: two profiles are named ${twice.client}; give one profile per client`,
    );
  return profiles;
}

const parsedBody = (text: unknown): unknown => {
  if (typeof text !== 'string' || text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

interface HarEntry {
  readonly request: { readonly method: string; readonly url: string; readonly postData?: { readonly text?: string } };
  readonly response: {
    readonly status: number;
    readonly content?: { readonly text?: string; readonly encoding?: string };
  };
}

/**
 * The exchanges of a recorded HAR below the base URL, or of all hosts if there is none. Those without an answer are left
 * out. Throws UnreadableContract.
 */
export function exchangesOf(
  file: string,
  baseUrl?: string,
): { readonly exchanges: UsedExchange[]; readonly elsewhere: number } {
  const har = json(file, 'a HAR');
  const entries = isObject(har) && isObject(har['log']) ? har['log']['entries'] : undefined;
  if (!Array.isArray(entries)) throw new UnreadableContract(`${file}: expected a HAR, with log.entries`);
  const base = baseUrl === undefined ? undefined : new URL(baseUrl);
  const prefix = base?.pathname.replace(/\/$/, '') ?? '';
  let elsewhere = 0;
  const exchanges = (entries as HarEntry[]).flatMap(({ request, response }): UsedExchange[] => {
    const url = URL.canParse(request?.url) ? new URL(request.url) : undefined;
    if (
      url === undefined ||
      (base && url.origin !== base.origin) ||
      !url.pathname.startsWith(`${prefix}/`) ||
      !response?.status
    ) {
      elsewhere += 1;
      return [];
    }
    const { text, encoding } = response.content ?? {};
    const answer = encoding === 'base64' ? Buffer.from(text ?? '', 'base64').toString('utf8') : text;
    const [sent, given] = [parsedBody(request.postData?.text), parsedBody(answer)];
    return [
      {
        method: request.method,
        path: url.pathname.slice(prefix.length),
        query: [...url.searchParams],
        status: response.status,
        ...(sent !== undefined && { requestBody: sent }),
        ...(given !== undefined && { responseBody: given }),
      },
    ];
  });
  return { exchanges, elsewhere };
}
