import { expect, it, vi } from 'vitest';
import { openLog } from '../../../lib/config/log-level.ts';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

function levelsWritten(settings: Readonly<Record<string, string>>): readonly string[] {
  const lines: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  const log = openLog([(name) => settings[name]]);
  lines.length = 0;
  for (const level of LEVELS) log(level, { message: level });
  write.mockRestore();
  return lines.map((line) => JSON.parse(line).message);
}

it.each([
  [{}, 'info'],
  [{ LOG_LEVEL: 'debug' }, 'debug'],
  [{ LOG_LEVEL: ' Info ' }, 'info'],
  [{ LOG_LEVEL: 'WARN' }, 'warn'],
  [{ LOG_LEVEL: 'Warning' }, 'warn'],
  [{ LOG_LEVEL: 'error' }, 'error'],
  [{ LOG_LEVEL: 'silent' }, undefined],
  [{ AWS_LAMBDA_LOG_LEVEL: 'TRACE' }, 'debug'],
  [{ AWS_LAMBDA_LOG_LEVEL: 'DEBUG' }, 'debug'],
  [{ AWS_LAMBDA_LOG_LEVEL: 'FATAL' }, 'error'],
  [{ LOG_LEVEL: 'warn', AWS_LAMBDA_LOG_LEVEL: 'DEBUG' }, 'warn'],
  [{ LOG_LEVEL: 'trace' }, 'info'],
  [{ LOG_LEVEL: 'loud', AWS_LAMBDA_LOG_LEVEL: 'ERROR' }, 'info'],
])('the settings %j mean the level %s', (settings, level) => {
  const from = (LEVELS as readonly unknown[]).indexOf(level);
  expect(levelsWritten(settings)).toEqual(from < 0 ? [] : LEVELS.slice(from));
});

it('an unknown level is reported once in a process, without its value', async () => {
  vi.resetModules();
  const fresh = await import('../../../lib/config/log-level.ts');
  const lines: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  for (const name of ['LOG_LEVEL', 'AWS_LAMBDA_LOG_LEVEL'])
    fresh.openLog([(one) => (one === name ? 'loud' : undefined)]);
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { level: 'WARN', message: 'LOG_LEVEL must be one of debug, info, warn, error, silent, warning; info is used.' },
  ]);
});
