import { SETTING_RULES } from '../lib/config/rules.ts';
import { SEEDED_ACCOUNT, SEEDED_ASSETS } from './seed.ts';
import { startVodStandIn, type VodStandIn } from './vod/stand-in.ts';

/** The VOD the functions are pointed at. */
export interface VodTarget {
  /** The settings that point the functions there, meant to be their user data. */
  readonly settings: Readonly<Record<string, string>>;
  /** The embedded one; undefined where it is the real VOD. */
  readonly standIn: VodStandIn | undefined;
  /** The setting that says where the real VOD is, with its value if that is valid. */
  readonly place?: string;
  /** What a person should know about the choice before the first cancel, if there is anything. */
  readonly notice: string | undefined;
  close(): Promise<void>;
}

type Environment = Readonly<Record<string, string | undefined>>;

const isSet = (env: Environment, name: string): boolean => (env[name] ?? '') !== '';

/** A key pair without a place to use it is no wish to talk to the real VOD, and the other way round. */
function wantsRealVod(env: Environment): boolean {
  const hasKey = isSet(env, 'HUAWEICLOUD_SDK_AK') && isSet(env, 'HUAWEICLOUD_SDK_SK');
  return hasKey && (isSet(env, 'VOD_REGION') || isSet(env, 'VOD_ENDPOINT'));
}

/** The real VOD takes no settings from here: the functions read the same environment by themselves. */
function realVod(env: Environment): VodTarget {
  const name = isSet(env, 'VOD_ENDPOINT') ? 'VOD_ENDPOINT' : 'VOD_REGION';
  const { must, read } = SETTING_RULES[name];
  const value = env[name] ?? '';
  // A malformed endpoint can hold a password, so its value is never shown.
  const isValid = read(value) !== undefined;
  const place = isValid ? `${name}=${value}` : name;
  return {
    settings: {},
    standIn: undefined,
    place,
    notice: isValid
      ? `*** REAL VOD *** ${place}, your own credentials: what is cancelled here is cancelled for good.`
      : `${name} ${must}. Until then every cancel ends with the error CONFIG.`,
    close: async () => undefined,
  };
}

async function embeddedVod(env: Environment): Promise<VodTarget> {
  const standIn = await startVodStandIn({ accounts: [SEEDED_ACCOUNT] });
  for (const [assetId, seed] of Object.entries(SEEDED_ASSETS)) standIn.assets.put(assetId, seed);
  const halfSet = isSet(env, 'HUAWEICLOUD_SDK_AK') || isSet(env, 'HUAWEICLOUD_SDK_SK');
  return {
    settings: {
      VOD_ENDPOINT: standIn.origin,
      HUAWEICLOUD_SDK_AK: SEEDED_ACCOUNT.ak,
      HUAWEICLOUD_SDK_SK: SEEDED_ACCOUNT.sk,
      HUAWEICLOUD_SDK_PROJECT_ID: SEEDED_ACCOUNT.projectId,
      // So that an object event can be tried out: a marker under superseded/ names the asset.
      ASSET_ID_KEY_PATTERN: '^superseded/(?<asset_id>[0-9a-f]{32})$',
    },
    standIn,
    notice: halfSet
      ? 'Using the embedded VOD: the real one needs HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK, HUAWEICLOUD_SDK_PROJECT_ID and VOD_REGION or VOD_ENDPOINT.'
      : undefined,
    close: () => standIn.close(),
  };
}

/**
 * Chooses the VOD to talk to: the real one where the environment holds a key pair and a region or an endpoint, else
 * an embedded one with the seeded assets.
 */
export async function openVod(env: Environment): Promise<VodTarget> {
  return wantsRealVod(env) ? realVod(env) : embeddedVod(env);
}
