import { SETTING_RULES } from '../lib/config/rules.ts';
import { SEEDED_ACCOUNT, SEEDED_ASSETS } from './seed.ts';
import { startVodStandIn, type VodStandIn } from './vod/stand-in.ts';

/** The VOD that the functions call. */
export interface VodTarget {
  /** The settings for it, as user data of the functions. */
  readonly settings: Readonly<Record<string, string>>;
  /** The embedded stand-in; undefined for the real VOD. */
  readonly standIn: VodStandIn | undefined;
  /** The setting that says where the real VOD is, with its value if that is valid. */
  readonly place?: string;
  /** A warning to show before the first cancel, if there is one. */
  readonly notice: string | undefined;
  close(): Promise<void>;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const isSet = (env: Environment, name: string): boolean => (env[name] ?? '') !== '';

/** What the real VOD needs: one setting of each row. */
const REQUIRED = [
  ['HUAWEICLOUD_SDK_AK'],
  ['HUAWEICLOUD_SDK_SK'],
  ['HUAWEICLOUD_SDK_PROJECT_ID'],
  ['VOD_REGION', 'VOD_ENDPOINT'],
];

/** Any one of these means the real VOD. */
const REAL_VOD_SETTINGS = [...REQUIRED.flat(), 'HUAWEICLOUD_SDK_SECURITY_TOKEN'];

/**
 * @returns whether the environment asks for the real VOD
 * @throws Error if it has only some settings: a cancel at the stand-in would look like a real one
 */
function wantsRealVod(env: Environment): boolean {
  const given = REAL_VOD_SETTINGS.filter((name) => isSet(env, name));
  if (given.length === 0) return false;
  const missing = REQUIRED.filter((names) => !names.some((name) => isSet(env, name)));
  if (missing.length === 0) return true;
  const named = missing.map((names) => names.join(' or ')).join(', ');
  throw new Error(
    `${given.join(', ')} is set, but the real VOD also needs ${named}. ` +
      'Set what is missing, or use the stand-in with --stand-in.',
  );
}

/** For the real VOD there are no settings: the functions read the same environment. */
function realVod(env: Environment): VodTarget {
  const name = isSet(env, 'VOD_ENDPOINT') ? 'VOD_ENDPOINT' : 'VOD_REGION';
  const { requirement, read } = SETTING_RULES[name];
  const value = env[name] ?? '';
  // A malformed endpoint can hold a password, so its value is never shown.
  const isValid = read(value) !== undefined;
  const place = isValid ? `${name}=${value}` : name;
  return {
    settings: {},
    standIn: undefined,
    place,
    notice: isValid
      ? `*** REAL VOD *** ${place}, with your own credentials. A cancel here cannot be undone.`
      : `${name} ${requirement}. Until then every cancel ends with the error CONFIG.`,
    close: async () => undefined,
  };
}

async function embeddedVod(): Promise<VodTarget> {
  const standIn = await startVodStandIn({ accounts: [SEEDED_ACCOUNT] });
  for (const [assetId, seed] of Object.entries(SEEDED_ASSETS)) standIn.assets.put(assetId, seed);
  return {
    settings: {
      VOD_ENDPOINT: standIn.origin,
      HUAWEICLOUD_SDK_AK: SEEDED_ACCOUNT.ak,
      HUAWEICLOUD_SDK_SK: SEEDED_ACCOUNT.sk,
      HUAWEICLOUD_SDK_PROJECT_ID: SEEDED_ACCOUNT.projectId,
      // For object events: a marker under superseded/ names the asset.
      ASSET_ID_KEY_PATTERN: '^superseded/(?<asset_id>[0-9a-f]{32})$',
    },
    standIn,
    notice: undefined,
    close: () => standIn.close(),
  };
}

/** The option for the stand-in, with any environment. */
export const STAND_IN_OPTION = { 'stand-in': { type: 'boolean' } } as const;

/**
 * Chooses the VOD: the real one if the environment has a key, a project, and a region or an endpoint; the embedded one
 * with the seeded assets if it has none of them.
 *
 * @param values - options of the command line
 * @throws Error if the environment has only some of them. It names the others
 */
export async function openVod(env: Environment, values: { 'stand-in'?: boolean } = {}): Promise<VodTarget> {
  return !values['stand-in'] && wantsRealVod(env) ? realVod(env) : embeddedVod();
}
