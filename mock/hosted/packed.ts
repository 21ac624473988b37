import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { WholeContent } from '../store/snapshots.ts';
import type { Store } from '../store/store.ts';

const fast = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** The whole content of a world, compressed. */
export const pack = ({ snapshot }: Store): Buffer => zstdCompressSync(JSON.stringify(snapshot.readAll()), fast);

/** Smaller changesets would hardly shrink. */
const minPacked = 256;
const zstdMagic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/** A changeset as it is stored: compressed, unless it is small. */
export const packChangeset = (changeset: Uint8Array): Uint8Array =>
  changeset.length < minPacked ? changeset : zstdCompressSync(changeset, fast);

/** A stored changeset; SQLite's own begin with a letter. */
export const unpackChangeset = (stored: Uint8Array): Uint8Array =>
  zstdMagic.equals(stored.subarray(0, zstdMagic.length)) ? zstdDecompressSync(stored) : stored;

/** Replaces the content of a store by that of a packed one. */
export const unpack = ({ snapshot }: Store, packed: Uint8Array): void =>
  snapshot.replaceAll(JSON.parse(zstdDecompressSync(packed).toString()) as WholeContent);
