import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { runIfMain } from '../../scripts/command.ts';

const { argv } = process;
const folder = mkdtempSync(join(tmpdir(), 'command-'));

afterEach(() => {
  process.argv = argv;
  rmSync(folder, { recursive: true });
});

it('a command runs when it is started by a symbolic link to it', async () => {
  const link = join(folder, 'link.ts');
  symlinkSync(import.meta.filename, link);
  process.argv = [process.execPath, link, 'one', 'two'];
  const exit = vi.spyOn(process, 'exit').mockReturnValue(undefined as never);
  const main = vi.fn(async (_args: readonly string[]) => 3);
  await runIfMain(import.meta, (args) => main(args));
  expect(main).toHaveBeenCalledExactlyOnceWith(['one', 'two']);
  expect(exit).toHaveBeenCalledExactlyOnceWith(3);
});
