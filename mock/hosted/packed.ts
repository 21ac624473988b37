import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { WholeContent } from '../store/snapshots.ts';
import type { Store } from '../store/store.ts';

const fast = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** The whole content of a world, compressed. */
export const pack = ({ snapshot }: Store): Buffer => zstdCompressSync(JSON.stringify(snapshot.readAll()), fast);

/** Replaces the content of a store by that of a packed one. */
export const unpack = ({ snapshot }: Store, packed: Uint8Array): void =>
  snapshot.replaceAll(JSON.parse(zstdDecompressSync(packed).toString()) as WholeContent);
