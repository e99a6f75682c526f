import { randomUUID } from 'node:crypto';
import { mkdir, rename, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface FileToWrite {
  readonly path: string;
  readonly contents: Uint8Array | string;
}

/**
 * Writes files atomically: a reader or a second build sees the old or the new file, never a part.
 *
 * @param modified - Their time stamp: the time when their sources were read, so that a source that changed
 * afterwards is newer.
 */
export async function writeFiles(files: readonly FileToWrite[], modified: Date): Promise<void> {
  await Promise.all(
    files.map(async ({ path, contents }) => {
      const temporary = `${path}.${randomUUID()}.tmp`;
      await mkdir(dirname(path), { recursive: true });
      await writeFile(temporary, contents);
      await utimes(temporary, modified, modified);
      await rename(temporary, path);
    }),
  );
}
