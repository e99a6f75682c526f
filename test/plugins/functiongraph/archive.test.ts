import { createRequire } from 'node:module';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zip } from '../../../plugins/functiongraph/archive.mjs';

interface Entry {
  readonly fileName: string;
  readonly uncompressedSize: number;
  readonly externalFileAttributes: number;
  getLastModDate(): Date;
}

interface Archive {
  on(event: 'entry', listener: (entry: Entry) => void): void;
  on(event: 'end', listener: () => void): void;
  on(event: 'error', listener: (error: Error) => void): void;
  readEntry(): void;
  openReadStream(entry: Entry, done: (error: Error | null, stream: Readable) => void): void;
}

/** A reader that is not ours: the one the CLI itself unpacks with. It checks the checksum of every file. */
const yauzl = createRequire(createRequire(import.meta.url).resolve('osls/package.json'))('yauzl') as {
  fromBuffer(bytes: Buffer, options: object, done: (error: Error | null, archive: Archive) => void): void;
};

const unzip = (bytes: Buffer): Promise<[Entry, Buffer][]> =>
  new Promise((resolve, reject) => {
    yauzl.fromBuffer(bytes, { lazyEntries: true }, (failure, archive) => {
      if (failure) return reject(failure);
      const files: [Entry, Buffer][] = [];
      archive.on('error', reject);
      archive.on('end', () => resolve(files));
      archive.on('entry', (entry) =>
        archive.openReadStream(entry, (error, stream) => {
          if (error) return reject(error);
          buffer(stream).then((content) => {
            files.push([entry, content]);
            archive.readEntry();
          }, reject);
        }),
      );
      archive.readEntry();
    });
  });

describe('zip', () => {
  it('is read back by another implementation, whatever is in it', async () => {
    const name = fc.stringMatching(/^[a-z0-9_é漢]{1,12}(\/[a-z0-9]{1,5})?\.js$/);
    const files = fc.dictionary(name, fc.uint8Array({ maxLength: 300 }), { maxKeys: 5, noNullPrototype: true });
    await fc.assert(
      fc.asyncProperty(files, async (contents) => {
        const given = new Map(Object.entries(contents).map(([file, bytes]) => [file, Buffer.from(bytes)]));
        const read = await unzip(zip(given));
        expect(read.map(([{ fileName }]) => fileName)).toEqual([...given.keys()].sort());
        for (const [{ fileName }, content] of read) expect(content).toEqual(given.get(fileName));
      }),
    );
  });

  it('is the same whatever the order of the files', () => {
    const [a, b] = [Buffer.from('a'), Buffer.from('b')];
    expect(
      zip(
        new Map([
          ['a', a],
          ['b', b],
        ]),
      ),
    ).toEqual(
      zip(
        new Map([
          ['b', b],
          ['a', a],
        ]),
      ),
    );
  });

  it('holds readable files of 1980, in every time zone', async () => {
    const [[entry] = []] = await unzip(zip(new Map([['index.js', Buffer.from('x')]])));
    expect((entry?.externalFileAttributes ?? 0) >>> 16).toBe(0o100644);
    expect(entry?.getLastModDate().getFullYear()).toBe(1980);
  });
});
