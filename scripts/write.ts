import { randomUUID } from 'node:crypto';
import { mkdir, rename, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface FileToWrite {
  readonly path: string;
  readonly contents: Uint8Array | string;
}

/**
 * Writes files so that a reader, or a second build at the same time, sees each either old or new, never half of it.
 *
 * @param modified - Their time stamp: when their sources were read, not when they were written, so that a source
 * changed in between is newer than they are.
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
