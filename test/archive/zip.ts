import { deflateRawSync } from 'node:zlib';
import { crc32 } from '../../src/archive/crc32.ts';

/** An entry of a zip that is made by hand, so that it can say of itself what no honest program writes. */
export interface Entry {
  path: string | Buffer;
  content?: string | Uint8Array;
  isStored?: boolean;
  /** General purpose flags; UTF-8 names unless said otherwise. */
  flags?: number;
  method?: number;
  /** A Unix mode, as in 0o120777 for a link. */
  mode?: number;
  /** What it says it unpacks to. */
  told?: number;
  /** The checksum of this is told, in place of the content's. */
  was?: string;
}

/** A zip with these entries (APPNOTE.TXT 4.3). `count` is how many it says there are. */
export function zip(entries: readonly Entry[], count = entries.length): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { path, content = '', isStored = false, flags = 0x800, mode = 0o100644, told, was, ...entry } of entries) {
    const name = Buffer.from(path);
    const bytes = Buffer.from(content);
    const packed = isStored ? bytes : deflateRawSync(bytes);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(flags, 2);
    shared.writeUInt16LE(entry.method ?? (isStored ? 0 : 8), 4);
    shared.writeUInt32LE(crc32(was === undefined ? bytes : Buffer.from(was)), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(told ?? bytes.length, 18);
    shared.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, name, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE((mode << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), shared, tail, name]));
    locals.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, listed, end]);
}
