import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const LOCAL_HEADER = 0x04034b50;
const STORED = 0;

/** Unpacks a zip whose entries are stored, as ours are; the archive's own tests read it with other programs. */
export async function unzip(zip: string, folder: string): Promise<void> {
  const bytes = await readFile(zip);
  let at = 0;
  while (bytes.readUInt32LE(at) === LOCAL_HEADER) {
    if (bytes.readUInt16LE(at + 8) !== STORED) throw new Error(`${zip} is compressed`);
    const size = bytes.readUInt32LE(at + 18);
    const nameEnd = at + 30 + bytes.readUInt16LE(at + 26);
    const dataStart = nameEnd + bytes.readUInt16LE(at + 28);
    const path = join(folder, bytes.toString('utf8', at + 30, nameEnd));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes.subarray(dataStart, dataStart + size));
    at = dataStart + size;
  }
}
