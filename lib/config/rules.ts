import { parseEndpoint, REGION } from './endpoint.ts';

/** The values of the settings. Times are in milliseconds. */
export interface SettingValues {
  readonly VOD_REGION?: string;
  readonly VOD_ENDPOINT?: string;
  readonly VOD_ATTEMPT_TIMEOUT_MS: number;
  readonly VOD_MAX_ATTEMPTS: number;
  readonly VOD_DEADLINE_RESERVE_MS: number;
  readonly VOD_CALLS_PER_MINUTE: number;
  readonly VOD_CONCURRENCY: number;
  readonly VOD_ASSET_ID_PATTERN: RegExp;
  readonly SUPERSEDED_EVENT_TYPES: readonly string[];
  readonly ASSET_ID_KEY_PATTERN?: RegExp;
}

/** How a setting is read from its text. */
export interface SettingRule<Value> {
  /** Completes "NAME …" in the error. The error never repeats the text. */
  readonly requirement: string;
  /** @returns undefined if the text does not meet the requirement */
  readonly read: (text: string) => Value | undefined;
  /** The default. */
  readonly fallback?: string;
}

/** A setting that always has a value needs a default. */
type RuleFor<Value> = undefined extends Value
  ? SettingRule<NonNullable<Value>>
  : SettingRule<Value> & { readonly fallback: string };

/** One rule for each setting. */
export const SETTING_RULES: { readonly [Name in keyof Required<SettingValues>]: RuleFor<SettingValues[Name]> } = {
  VOD_REGION: {
    requirement: 'must be the name of a region, such as cn-north-4',
    read: (text) => (REGION.test(text) ? text : undefined),
  },
  VOD_ENDPOINT: {
    requirement: 'must be an https:// origin without a user, or an http:// one on a loopback host',
    read: parseEndpoint,
  },
  VOD_ATTEMPT_TIMEOUT_MS: wholeNumber(50, 60_000, 3_000),
  VOD_MAX_ATTEMPTS: wholeNumber(1, 10, 3),
  VOD_DEADLINE_RESERVE_MS: wholeNumber(0, 60_000, 300),
  VOD_CALLS_PER_MINUTE: wholeNumber(1, 1_000_000, 100),
  VOD_CONCURRENCY: wholeNumber(1, 1_000, 10),
  VOD_ASSET_ID_PATTERN: { requirement: 'must be a regular expression', read: compile, fallback: '^[0-9a-f]{32}$' },
  SUPERSEDED_EVENT_TYPES: {
    requirement: 'must name at least one event type',
    read: eventTypes,
    fallback: 'vod.upload.superseded',
  },
  ASSET_ID_KEY_PATTERN: {
    requirement: 'must be a regular expression with a group named asset_id, as in (?<asset_id>…)',
    read: (text) => (text.includes('(?<asset_id>') ? compile(text) : undefined),
  },
};

function wholeNumber(min: number, max: number, fallback: number): RuleFor<number> {
  return {
    requirement: `must be a whole number from ${min} to ${max}`,
    read(text) {
      const value = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN;
      return value >= min && value <= max ? value : undefined;
    },
    fallback: String(fallback),
  };
}

function compile(source: string): RegExp | undefined {
  try {
    return new RegExp(source);
  } catch {
    return undefined;
  }
}

function eventTypes(list: string): readonly string[] | undefined {
  const types = list
    .split(',')
    .map((type) => type.trim())
    .filter((type) => type !== '');
  return types.length > 0 ? types : undefined;
}
