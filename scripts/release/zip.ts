import { crc32, deflateRawSync } from 'node:zlib';

/** A file of an archive: its path with `/`, and its content. */
export interface ZipEntry {
  readonly name: string;
  readonly content: Buffer;
}

/** 1980-01-01 in the format of MS-DOS, which archives use: the same files give the same bytes on any day. */
const date = (1 << 5) | 1;
/** A regular file that its owner may write and everyone may read. */
const attributes = 0o100644 * 0x10000;
const [deflated, utf8Names, unix, version] = [8, 1 << 11, 3 << 8, 20];

/** The fields that the header of a file and its line in the directory share. */
function fieldsOf(name: Buffer, content: Buffer, compressed: Buffer): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(version, 0);
  fields.writeUInt16LE(utf8Names, 2);
  fields.writeUInt16LE(deflated, 4);
  fields.writeUInt16LE(date, 8);
  fields.writeUInt32LE(crc32(content), 10);
  fields.writeUInt32LE(compressed.length, 14);
  fields.writeUInt32LE(content.length, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** A ZIP archive of files, in their order, without their times: equal files give equal bytes. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of entries) {
    const path = Buffer.from(name);
    const compressed = deflateRawSync(content, { level: 9 });
    const fields = fieldsOf(path, content, compressed);
    const file = Buffer.concat([signature(0x04034b50), fields, path, compressed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(attributes, 6);
    place.writeUInt32LE(offset, 10);
    const madeBy = Buffer.alloc(2);
    madeBy.writeUInt16LE(version | unix);
    directory.push(signature(0x02014b50), madeBy, fields, place, path);
    files.push(file);
    offset += file.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...files, listed, signature(0x06054b50), end]);
}
