import { describe, expect, it } from 'vitest';
import { configure } from '../../../lib/config/configure.ts';
import { chooseKey, chooseProjectId } from '../../../lib/config/key.ts';
import { bareHost } from '../../../lib/host/bare.ts';
import type { Host, SettingSource } from '../../../lib/host/types.ts';

const source =
  (values: Readonly<Record<string, string>>): SettingSource =>
  (name) =>
    values[name];

const AK = { HUAWEICLOUD_SDK_AK: 'NOT-A-REAL-AK' };
const PAIR = { ...AK, HUAWEICLOUD_SDK_SK: 'not-a-real-sk' };
const TOKEN = { HUAWEICLOUD_SDK_SECURITY_TOKEN: 'not-a-real-token' };
const AGENCY = { ak: 'AGENCY-AK', sk: 'agency-sk', securityToken: 'agency-token' };

function hostWith(sources: readonly Readonly<Record<string, string>>[], more: Partial<Host> = {}): Host {
  return { ...bareHost(), settingSources: sources.map(source), ...more };
}

describe('the key', () => {
  it.each<[string, Host, object]>([
    ['the settings', hostWith([PAIR]), { ak: 'NOT-A-REAL-AK', sk: 'not-a-real-sk' }],
    ['the settings, with a token', hostWith([{ ...PAIR, ...TOKEN }]), { securityToken: 'not-a-real-token' }],
    ['the second source, if the first has no pair', hostWith([AK, { ...PAIR, HUAWEICLOUD_SDK_AK: 'B' }]), { ak: 'B' }],
    ['the agency', hostWith([{}], { agencyKey: AGENCY }), AGENCY],
    ['the agency, if the settings have no pair', hostWith([AK], { agencyKey: AGENCY }), AGENCY],
    ['the settings before the agency', hostWith([PAIR], { agencyKey: AGENCY }), { ak: 'NOT-A-REAL-AK' }],
    ['a secret', hostWith([{ VOD_CREDENTIALS_SECRET: 's' }], { hasSecrets: true }), { secretId: 's' }],
  ])('comes from %s', (_, host, expected) => {
    expect(chooseKey(host)).toMatchObject(expected);
  });

  it('has no token that no setting gives', () => {
    expect(chooseKey(hostWith([PAIR, TOKEN]))).not.toHaveProperty('securityToken');
  });

  it.each<[string, Host]>([
    ['HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK are missing.', hostWith([{}])],
    ['HUAWEICLOUD_SDK_SK is missing.', hostWith([AK])],
    ['HUAWEICLOUD_SDK_AK is missing.', hostWith([{ HUAWEICLOUD_SDK_SK: 's' }])],
    ['are missing, and the function has no agency.', hostWith([{}], { name: 'functiongraph' })],
    ['are missing, and so is VOD_CREDENTIALS_SECRET.', hostWith([{}], { name: 'lambda', hasSecrets: true })],
    ['must be set in the same place.', hostWith([AK, { HUAWEICLOUD_SDK_SK: 's' }])],
    [
      'HUAWEICLOUD_SDK_AK has white space or unprintable characters.',
      hostWith([{ ...PAIR, HUAWEICLOUD_SDK_AK: 'a\n' }]),
    ],
    ['HUAWEICLOUD_SDK_SK has white space', hostWith([{ ...PAIR, HUAWEICLOUD_SDK_SK: 'a b' }])],
    ['HUAWEICLOUD_SDK_SECURITY_TOKEN has', hostWith([{ ...PAIR, HUAWEICLOUD_SDK_SECURITY_TOKEN: 'ä' }])],
    ['the agency key: SK has', hostWith([{}], { agencyKey: { ...AGENCY, sk: ' ' } })],
    ['are missing', hostWith([{ VOD_CREDENTIALS_SECRET: 's' }])],
    ['are missing', hostWith([{}], { agencyKey: { ...AGENCY, sk: undefined } })],
  ])('is a CONFIG failure: %s', (message, host) => {
    expect(() => chooseKey(host)).toThrow(message);
    expect(() => chooseKey(host)).toThrow(expect.objectContaining({ reason: 'config', code: 'CONFIG' }));
  });
});

describe('the project', () => {
  const named = { HUAWEICLOUD_SDK_PROJECT_ID: 'p_1-A' };

  it('comes from the setting, then from the host', () => {
    expect(chooseProjectId(hostWith([named], { projectId: 'other' }))).toBe('p_1-A');
    expect(chooseProjectId(hostWith([{}], { projectId: 'other' }))).toBe('other');
  });

  it.each<[string, Host]>([
    ['HUAWEICLOUD_SDK_PROJECT_ID is missing', hostWith([{}])],
    ['must be the id of a project', hostWith([{ HUAWEICLOUD_SDK_PROJECT_ID: 'a/b' }])],
    ['must be the id of a project', hostWith([{ HUAWEICLOUD_SDK_PROJECT_ID: 'p'.repeat(65) }])],
  ])('is a CONFIG failure: %s', (message, host) => {
    expect(() => chooseProjectId(host)).toThrow(message);
  });

  it('is part of the configuration, with settings and key', () => {
    expect(configure(hostWith([{ ...PAIR, ...named, VOD_REGION: 'cn-north-4' }]))).toMatchObject({
      projectId: 'p_1-A',
      key: { ak: 'NOT-A-REAL-AK' },
      settings: { endpoint: 'https://vod.cn-north-4.myhuaweicloud.com' },
    });
  });
});
