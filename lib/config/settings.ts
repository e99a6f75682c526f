import { Failure } from '../cancel/failure.ts';
import type { SettingSource } from '../host/types.ts';
import { regionalEndpoint } from './endpoint.ts';
import { SETTING_RULES, type SettingRule, type SettingValues } from './rules.ts';

/** The checked settings. They include no keys: see `lib/config/key.ts`. */
export interface Settings extends Omit<SettingValues, 'VOD_REGION' | 'VOD_ENDPOINT'> {
  readonly endpoint: string;
}

const RULES: readonly (readonly [name: string, rule: SettingRule<unknown>])[] = Object.entries(SETTING_RULES);

/**
 * The settings of the last call. A process is configured once, and comparing texts is faster than checking them again.
 */
let last: { readonly texts: readonly (string | undefined)[]; readonly settings: Settings } | undefined;

/**
 * Reads and checks the settings.
 *
 * @param sources - the first source that has a setting wins; an empty value counts as not set
 * @throws Failure - `CONFIG`, with the name, but never the value, of each setting that is missing or malformed
 */
export function readSettings(sources: readonly SettingSource[]): Settings {
  const texts = RULES.map(([name]) => lookUp(sources, name));
  if (last === undefined || texts.some((text, index) => text !== last?.texts[index])) {
    last = { texts, settings: checkSettings(texts) };
  }
  return last.settings;
}

function checkSettings(texts: readonly (string | undefined)[]): Settings {
  const values: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [index, [name, { requirement, read, fallback }]] of RULES.entries()) {
    const text = texts[index] ?? fallback;
    if (text === undefined) continue;
    values[name] = read(text);
    if (values[name] === undefined) problems.push(`${name} ${requirement}`);
  }
  if (problems.length > 0) throw configFailure(problems);
  const { VOD_REGION, VOD_ENDPOINT, ...rest } = values as unknown as SettingValues;
  const endpoint = VOD_ENDPOINT ?? (VOD_REGION === undefined ? undefined : regionalEndpoint(VOD_REGION));
  if (endpoint === undefined) throw configFailure(['VOD_REGION is missing, and so is VOD_ENDPOINT']);
  return { ...rest, endpoint };
}

/** Reads one setting from the first source that has it. */
export function lookUp(sources: readonly SettingSource[], name: string): string | undefined {
  for (const source of sources) {
    const value = source(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** @param problems - the name of each setting and what is wrong with it, without its value */
export function configFailure(problems: readonly string[]): Failure {
  return new Failure('config', { detail: `The configuration is not valid: ${problems.join('; ')}.` });
}
