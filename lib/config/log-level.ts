import type { SettingSource } from '../host/types.ts';
import { createLog, LOG_LEVELS, type Log, type LogLevel } from '../log/log.ts';
import { lookUp } from './settings.ts';

type Names = ReadonlyMap<string, LogLevel>;

/** `warning` is Python's word for it, and people set both kinds of functions. */
const NAMES: Names = new Map<string, LogLevel>([
  ...LOG_LEVELS.map((level) => [level, level] as const),
  ['warning', 'warn'],
]);

/** Lambda's own setting, and its words: a function with log level filtering needs no other. */
const LAMBDA_NAMES: Names = new Map<string, LogLevel>([...NAMES, ['trace', 'debug'], ['fatal', 'error']]);

/** The first that is set counts. */
const SETTINGS: readonly (readonly [name: string, names: Names])[] = [
  ['LOG_LEVEL', NAMES],
  ['AWS_LAMBDA_LOG_LEVEL', LAMBDA_NAMES],
];

let hasWarned = false;

/**
 * Opens the log with the level that the settings say, in any case. A level that is none must not fail a cancel: it is
 * `info` then, and one line of the process says so.
 *
 * @param sources - the first that has a setting wins
 */
export function openLog(sources: readonly SettingSource[]): Log {
  for (const [setting, names] of SETTINGS) {
    const text = lookUp(sources, setting);
    if (text === undefined) continue;
    const level = names.get(text.trim().toLowerCase());
    if (level !== undefined) return createLog(level);
    return warned(createLog('info'), `${setting} must be one of ${[...names.keys()].join(', ')}; info is used.`);
  }
  return createLog('info');
}

function warned(log: Log, message: string): Log {
  if (!hasWarned) log('warn', { message });
  hasWarned = true;
  return log;
}
