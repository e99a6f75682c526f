import { crc32 } from 'node:zlib';

/**
 * A zip whose bytes depend on the names and contents of its files alone: sorted, dated at the format's own epoch, with
 * one mode for all, and stored rather than deflated, since what deflate gives differs between Node's zlib builds.
 */

/** 1980-01-01 00:00:00, the first moment the format can name. */
const DOS_EPOCH = { time: 0, date: 0x21 };

/** Version 2.0 of the format, which every unpacker knows. */
const VERSION_NEEDED = 20;

/** Made on Unix (3), so that the mode below counts. */
const VERSION_MADE_BY = (3 << 8) | VERSION_NEEDED;

/** Names are UTF-8. */
const FLAGS = 0x0800;

/** A regular file that everybody may read: `-rw-r--r--`, in the upper half of the external attributes. */
const ATTRIBUTES = 0o100644 * 0x10000;

/**
 * @param {[value: number, bytes: 2 | 4][]} fields
 * @returns {Buffer}
 */
const littleEndian = (fields) => {
  const buffer = Buffer.alloc(fields.reduce((length, [, bytes]) => length + bytes, 0));
  let offset = 0;
  for (const [value, bytes] of fields) offset = buffer.writeUIntLE(value, offset, bytes);
  return buffer;
};

/**
 * The fields that a file's own header and its entry in the directory share.
 *
 * @param {Buffer} name
 * @param {Buffer} data
 * @returns {[number, 2 | 4][]}
 */
const sharedFields = (name, data) => [
  [VERSION_NEEDED, 2],
  [FLAGS, 2],
  [0, 2], // stored
  [DOS_EPOCH.time, 2],
  [DOS_EPOCH.date, 2],
  [crc32(data), 4],
  [data.length, 4],
  [data.length, 4],
  [name.length, 2],
  [0, 2], // no extra field
];

/**
 * @param {ReadonlyMap<string, Buffer>} files contents by name, `/` between folders
 * @returns {Buffer}
 */
export const zip = (files) => {
  const names = [...files.keys()].sort();
  const locals = [];
  const directory = [];
  let offset = 0;
  for (const text of names) {
    const name = Buffer.from(text);
    const data = files.get(text) ?? Buffer.alloc(0);
    const shared = sharedFields(name, data);
    const local = Buffer.concat([littleEndian([[0x04034b50, 4], ...shared]), name, data]);
    const entry = littleEndian([
      [0x02014b50, 4],
      [VERSION_MADE_BY, 2],
      ...shared,
      [0, 2], // no comment
      [0, 2], // first disk
      [0, 2], // internal attributes
      [ATTRIBUTES, 4],
      [offset, 4],
    ]);
    locals.push(local);
    directory.push(entry, name);
    offset += local.length;
  }
  const directoryBytes = Buffer.concat(directory);
  const end = littleEndian([
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    [names.length, 2],
    [names.length, 2],
    [directoryBytes.length, 4],
    [offset, 4],
    [0, 2], // no comment
  ]);
  return Buffer.concat([...locals, directoryBytes, end]);
};
