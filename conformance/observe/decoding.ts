import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';

type Decoder = (body: Buffer, options: { readonly maxOutputLength: number }) => Buffer;

const decoders: Readonly<Record<string, Decoder>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
};

/** The text of a body with this `Content-Encoding`; undefined if it cannot be decoded or is longer than `maxBytes`. */
export function decodedText(body: Buffer, contentEncoding: string | undefined, maxBytes: number): string | undefined {
  const encodings = (contentEncoding ?? '').split(',').map((name) => name.trim().toLowerCase());
  let bytes = body;
  try {
    for (const name of encodings.reverse()) {
      if (name === '' || name === 'identity' || bytes.length === 0) continue;
      const decode = decoders[name];
      if (decode === undefined) return undefined;
      bytes = decode(bytes, { maxOutputLength: maxBytes });
    }
  } catch {
    return undefined;
  }
  return bytes.toString('utf8');
}
