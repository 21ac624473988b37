import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { HttpOptions } from '../run/http-transport.ts';
import type { TlsOptions } from '../run/tls.ts';
import { UsageError } from '../usage-error.ts';
import type { TargetFlags, TlsFlags } from './flags.ts';

function read(flag: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${flag}: ${file} cannot be read: ${(error as Error).message}`);
  }
}

function readCa(file: string): string {
  const text = read('--ca', file);
  try {
    new X509Certificate(text);
    return text;
  } catch {
    throw new UsageError(`--ca: ${file} is not a certificate in PEM`);
  }
}

function readClient(certFile: string, keyFile: string): { readonly cert: string; readonly key: string } {
  const client = { cert: read('--client-cert', certFile), key: read('--client-key', keyFile) };
  try {
    createSecureContext(client);
    return client;
  } catch (error) {
    throw new UsageError(
      `--client-cert, --client-key: expected a certificate in PEM and its private key without a passphrase: ${(error as Error).message}`,
    );
  }
}

/** How the flags say to connect. Throws a UsageError if a file cannot be used. */
export const connectionOf = (flags: TargetFlags): HttpOptions => ({ ...tlsOf(flags), envProxy: flags.envProxy });

/** Whom the flags say to trust. Throws a UsageError if a file cannot be used. */
export function tlsOf({ ca, clientCert, clientKey, insecure }: TlsFlags): TlsOptions {
  if ((clientCert === undefined) !== (clientKey === undefined))
    throw new UsageError('a client certificate takes both: --client-cert FILE and --client-key FILE');
  return {
    insecure,
    ...(ca !== undefined && { ca: readCa(ca) }),
    ...(clientCert !== undefined && clientKey !== undefined && { client: readClient(clientCert, clientKey) }),
  };
}
