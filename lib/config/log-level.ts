import type { SettingSource } from '../host/types.ts';
import { createLog, LOG_LEVELS, type Log, type LogLevel } from '../log/log.ts';
import { lookUp } from './settings.ts';

type Names = ReadonlyMap<string, LogLevel>;

/** `warning` is Python's name for the level, and teams often configure functions in both languages. */
const NAMES: Names = new Map<string, LogLevel>([
  ...LOG_LEVELS.map((level) => [level, level] as const),
  ['warning', 'warn'],
]);

/** The levels of Lambda's own setting. A function with log level filtering needs no other setting. */
const LAMBDA_NAMES: Names = new Map<string, LogLevel>([...NAMES, ['trace', 'debug'], ['fatal', 'error']]);

/** Made once, because each invocation opens a log. */
const LOGS = Object.fromEntries(LOG_LEVELS.map((level) => [level, createLog(level)])) as Record<LogLevel, Log>;

/** The first setting that is set counts. */
const SETTINGS: readonly (readonly [name: string, names: Names])[] = [
  ['LOG_LEVEL', NAMES],
  ['AWS_LAMBDA_LOG_LEVEL', LAMBDA_NAMES],
];

let hasWarned = false;

/**
 * Opens the log with the level of the settings, in upper or lower case. An unknown level must not fail a cancel: `info`
 * is used, and the process logs that once.
 *
 * @param sources - the first source that has a setting wins
 */
export function openLog(sources: readonly SettingSource[]): Log {
  for (const [setting, names] of SETTINGS) {
    const text = lookUp(sources, setting);
    if (text === undefined) continue;
    const level = names.get(text.trim().toLowerCase());
    if (level !== undefined) return LOGS[level];
    return warned(LOGS.info, `${setting} must be one of ${[...names.keys()].join(', ')}; info is used.`);
  }
  return LOGS.info;
}

function warned(log: Log, message: string): Log {
  if (!hasWarned) log('warn', { message });
  hasWarned = true;
  return log;
}
