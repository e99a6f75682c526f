import * as v from 'valibot';
import { Failure } from './cancel/failure.ts';
import type { SettingSource } from './host/host.ts';
import { LOG_LEVELS } from './log.ts';
import { parseEndpoint, REGION, regionalEndpoint } from './vod/endpoint.ts';

/** A whole number within limits, given as text. The message says the rule, never the value. */
const wholeNumber = (min: number, max: number, fallback: number) => {
  const rule = `must be a whole number from ${min} to ${max}`;
  const meetsRule = (text: string): boolean => /^\d{1,7}$/.test(text) && Number(text) >= min && Number(text) <= max;
  return v.optional(v.pipe(v.string(), v.check(meetsRule, rule), v.transform(Number)), String(fallback));
};

/** A regular expression that compiles and has the group asked for. */
const pattern = (group?: string) =>
  v.pipe(
    v.string(),
    v.check((source) => compile(source, group) !== undefined, patternRule(group)),
    v.transform((source) => new RegExp(source)),
  );

const patternRule = (group?: string): string =>
  group === undefined
    ? 'must be a regular expression'
    : `must be a regular expression with a group named ${group}, as in (?<${group}>…)`;

function compile(source: string, group?: string): RegExp | undefined {
  try {
    return group === undefined || source.includes(`(?<${group}>`) ? new RegExp(source) : undefined;
  } catch {
    return undefined;
  }
}

const SettingsSchema = v.object({
  VOD_REGION: v.optional(
    v.pipe(
      v.string(),
      v.check((value) => REGION.test(value), 'must be the name of a region, such as cn-north-4'),
    ),
  ),
  VOD_ENDPOINT: v.optional(
    v.pipe(
      v.string(),
      v.check(
        (value) => parseEndpoint(value) !== undefined,
        'must be an https:// origin, or an http:// one on a loopback host',
      ),
      v.transform(parseEndpoint),
    ),
  ),
  VOD_ATTEMPT_TIMEOUT_MS: wholeNumber(50, 60_000, 3_000),
  VOD_MAX_ATTEMPTS: wholeNumber(1, 10, 3),
  VOD_DEADLINE_RESERVE_MS: wholeNumber(0, 60_000, 300),
  VOD_CALLS_PER_MINUTE: wholeNumber(1, 1_000_000, 40),
  VOD_CONCURRENCY: wholeNumber(1, 1_000, 10),
  VOD_ASSET_ID_PATTERN: v.optional(pattern(), '^[0-9a-f]{32}$'),
  SUPERSEDED_EVENT_TYPES: v.optional(
    v.pipe(
      v.string(),
      v.transform((list) =>
        list
          .split(',')
          .map((type) => type.trim())
          .filter((type) => type !== ''),
      ),
      v.check((types) => types.length > 0, 'must name at least one event type'),
    ),
    'vod.upload.superseded',
  ),
  ASSET_ID_KEY_PATTERN: v.optional(pattern('asset_id')),
  LOG_LEVEL: v.optional(v.picklist(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`), 'info'),
});

type RawSettings = v.InferOutput<typeof SettingsSchema>;

/** The function's settings, checked. Keys are not among them: see `lib/vod/credentials.ts`. */
export interface Settings extends Omit<RawSettings, 'VOD_REGION' | 'VOD_ENDPOINT'> {
  readonly endpoint: string;
}

const NAMES = Object.keys(SettingsSchema.entries);

/** The last settings that were read: a process is configured once, and reading them again takes longer than comparing. */
let last: { readonly raw: readonly (string | undefined)[]; readonly settings: Settings } | undefined;

/**
 * Reads and checks the settings.
 *
 * @param sources - the first that has a setting wins; an empty value is none
 * @throws Failure - `CONFIG`, naming each setting that is missing or malformed and never its value
 */
export function readSettings(sources: readonly SettingSource[]): Settings {
  const raw = NAMES.map((name) => lookUp(sources, name));
  if (last === undefined || raw.some((value, index) => value !== last?.raw[index])) {
    last = { raw, settings: checkSettings(raw) };
  }
  return last.settings;
}

function checkSettings(raw: readonly (string | undefined)[]): Settings {
  const given = Object.fromEntries(
    NAMES.map((name, index) => [name, raw[index]]).filter(([, value]) => value !== undefined),
  );
  const { success, issues, output } = v.safeParse(SettingsSchema, given, { abortPipeEarly: true });
  if (!success) throw configFailure(issues.map(({ path, message }) => `${String(path?.[0].key)} ${message}`));
  const { VOD_REGION, VOD_ENDPOINT, ...rest } = output;
  const endpoint = VOD_ENDPOINT ?? (VOD_REGION === undefined ? undefined : regionalEndpoint(VOD_REGION));
  if (endpoint === undefined) throw configFailure(['VOD_REGION is missing, and so is VOD_ENDPOINT']);
  return { ...rest, endpoint };
}

/** The log level alone, for when another setting is at fault; `info` where it is malformed itself. */
export function readLogLevel(sources: readonly SettingSource[]): Settings['LOG_LEVEL'] {
  const level = lookUp(sources, 'LOG_LEVEL');
  return LOG_LEVELS.find((name) => name === level) ?? 'info';
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
  return new Failure('config', 'CONFIG', { detail: `The function is not configured: ${faults.join('; ')}.` });
}
