import { Failure } from '../cancel/failure.ts';
import type { SettingSource } from '../host/types.ts';
import { regionalEndpoint } from './endpoint.ts';
import { SETTING_RULES, type SettingRule, type SettingValues } from './rules.ts';

/** The function's settings, checked. Keys are not among them: see `lib/vod/credentials.ts`. */
export interface Settings extends Omit<SettingValues, 'VOD_REGION' | 'VOD_ENDPOINT'> {
  readonly endpoint: string;
}

const RULES: readonly (readonly [name: string, rule: SettingRule<unknown>])[] = Object.entries(SETTING_RULES);

/** The last settings that were read: a process is configured once, and reading them again takes longer than comparing. */
let last: { readonly texts: readonly (string | undefined)[]; readonly settings: Settings } | undefined;

/**
 * Reads and checks the settings.
 *
 * @param sources - the first that has a setting wins; an empty value is none
 * @throws Failure - `CONFIG`, naming each setting that is missing or malformed and never its value
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
  const faults: string[] = [];
  for (const [index, [name, { must, read, fallback }]] of RULES.entries()) {
    const text = texts[index] ?? fallback;
    if (text === undefined) continue;
    values[name] = read(text);
    if (values[name] === undefined) faults.push(`${name} ${must}`);
  }
  if (faults.length > 0) throw configFailure(faults);
  const { VOD_REGION, VOD_ENDPOINT, ...rest } = values as unknown as SettingValues;
  const endpoint = VOD_ENDPOINT ?? (VOD_REGION === undefined ? undefined : regionalEndpoint(VOD_REGION));
  if (endpoint === undefined) throw configFailure(['VOD_REGION is missing, and so is VOD_ENDPOINT']);
  return { ...rest, endpoint };
}

/** One setting, from the first source that has it. */
export function lookUp(sources: readonly SettingSource[], name: string): string | undefined {
  for (const source of sources) {
    const value = source(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** @param faults - each the name of a setting and what is wrong with it, without its value */
export function configFailure(faults: readonly string[]): Failure {
  return new Failure('config', { detail: `The function is not configured: ${faults.join('; ')}.` });
}
