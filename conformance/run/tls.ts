import { getCACertificates, type SecureContextOptions } from 'node:tls';

/** Whom to trust, and how to identify itself, over TLS. */
export interface TlsOptions {
  /** Certificates in PEM that are trusted, besides those that Node trusts. */
  readonly ca?: string | undefined;
  /** The certificate in PEM by which the suite shows who it is, with its private key. */
  readonly client?: { readonly cert: string; readonly key: string } | undefined;
  /** Accept any certificate of the target. */
  readonly insecure?: boolean | undefined;
}

/** The options of Node for a connection over TLS. */
export const connectOptionsOf = ({
  ca,
  client,
  insecure,
}: TlsOptions): SecureContextOptions & { readonly rejectUnauthorized?: false } => ({
  ...(ca !== undefined && { ca: [...getCACertificates('default'), ca] }),
  ...client,
  ...(insecure && { rejectUnauthorized: false }),
});

/** Whether the certificate of a target is verified; null if the connection is not encrypted. */
export function verifiesTls(baseUrl: string, { insecure = false }: TlsOptions): boolean | null {
  if (new URL(baseUrl).protocol !== 'https:') return null;
  return !insecure && process.env.NODE_TLS_REJECT_UNAUTHORIZED !== '0';
}
