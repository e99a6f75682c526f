import type { Verdict } from '../cancel/vod-port.ts';

/** What an error code of VOD or of its API gateway means for a cancel. */
export interface ErrorCodeRow {
  /** The verdict under any status; undefined if the status decides: a 5xx may pass, a 4xx will not. */
  readonly verdict: DecisiveVerdict | undefined;
  /** Our own message. The `error_msg` of VOD is never passed on. */
  readonly message: string;
}

type DecisiveVerdict = Extract<Verdict, 'not_queued' | 'not_found' | 'throttled' | 'vod_internal' | 'refused'>;

const row = (verdict: DecisiveVerdict, message: string): ErrorCodeRow => ({ verdict, message });
const byStatus = (message: string): ErrorCodeRow => ({ verdict: undefined, message });

/**
 * The codes that a cancel can get, from the error tables of VOD (2021, with newer additions) and of the API gateway.
 * The HTTP status is not enough: VOD.10083 is 403 in the table and 400 on the API's page, VOD.10051 is 403 and 500.
 */
export const ERROR_CODES: Readonly<Record<string, ErrorCodeRow>> = {
  'VOD.10083': row('not_queued', 'No transcode task of this asset is waiting.'),
  'VOD.10062': row('not_found', 'VOD has no asset with this id.'),

  'VOD.10051': row('vod_internal', 'VOD had an internal error.'),
  'VOD.10052': row('vod_internal', 'VOD had an internal communication error.'),
  'VOD.10136': row('vod_internal', 'VOD has switched off this operation for now.'),
  'VST.10002': row('vod_internal', 'VOD had an internal error.'),

  'VOD.10054': row('refused', 'VOD could not authenticate the key.'),
  'VST.10004': row('refused', 'VOD could not authenticate the key.'),
  'VOD.10055': row('refused', 'The account has not completed real-name verification.'),
  'VOD.10056': row('refused', 'The account is in an abnormal state.'),
  'VOD.10057': row('refused', 'The project id does not belong to this account.'),
  'VOD.10074': row('refused', 'The key has no permission to cancel transcode tasks.'),
  'VOD.10111': row('refused', 'The key has no permission for this asset.'),
  'VOD.10120': row('refused', 'The account is in arrears.'),
  'VOD.10132': row('refused', 'The account is closed or frozen.'),
  'VOD.10133': row('refused', 'The key has no permission for a related resource.'),
  'VOD.10138': row('refused', 'The key has no permission for the bucket of this asset.'),

  'VOD.10053': byStatus('A parameter of the call is not valid for VOD.'),
  'VOD.10081': byStatus('A parameter of the call is not valid for VOD.'),
  'VST.10001': byStatus('A parameter of the call is not valid for VOD.'),
  'VOD.10058': byStatus('VOD does not accept this HTTP method.'),
  'VOD.10059': byStatus('VOD does not accept this content type.'),
  'VOD.10060': byStatus('The asset has not been downloaded or published yet.'),
  'VOD.10061': byStatus('The asset cannot be changed in its current state.'),
  'VOD.10063': byStatus('VOD does not support this type of asset.'),
  'VOD.10099': byStatus('The asset is blocked.'),

  'VOD.10127': row('throttled', 'A flow limit inside VOD was reached.'),
  'APIGW.0308': row('throttled', 'The rate limit of VOD was reached.'),

  'APIGW.0301': row('refused', 'The signature, the key or the token was not accepted.'),
  'APIGW.0302': row('refused', 'The IAM user is not allowed to call this API.'),
  'APIGW.0303': row('refused', 'The app credentials were not accepted.'),
  'APIGW.0304': row('refused', 'The app is not allowed to call this API.'),
  'APIGW.0305': row('refused', 'The credentials were not accepted.'),
  'APIGW.0306': row('refused', 'Access to the API was denied.'),
  'APIGW.0307': row('refused', 'The token must be renewed.'),
  'APIGW.0310': row('refused', 'The project is not available.'),
  'APIGW.0311': row('refused', 'The debugging credentials were not accepted.'),
  'APIGW.0401': row('refused', 'The gateway cannot determine the address of the caller.'),
  'APIGW.0402': row('refused', 'This address is not allowed to call the API.'),
  'APIGW.0802': row('refused', 'The IAM user is disabled in this region.'),
  'PAP5.0001': row('refused', 'IAM denied access: the key has no permission for this call.'),

  'APIGW.0101': byStatus('The API does not exist at this endpoint; check the endpoint and the project id.'),
  'APIGW.0103': byStatus('The gateway found no backend.'),
  'APIGW.0104': byStatus('The gateway found no plug-in configuration.'),
  'APIGW.0105': byStatus('The gateway found no backend configuration.'),
  'APIGW.0106': byStatus('The gateway could not orchestrate the call.'),
  'APIGW.0201': byStatus('The gateway could not receive or forward the request.'),
  'APIGW.0204': byStatus('The TLS version is not supported.'),
  'APIGW.0404': byStatus('The gateway is not allowed to reach the address of the backend.'),
  'APIGW.0501': byStatus('The quota of the app is used up.'),
  'APIGW.0502': byStatus('The app is frozen.'),
  'APIGW.0601': byStatus('The gateway had an internal error.'),
  'APIGW.0602': byStatus('The gateway could not read the request.'),
  'APIGW.0605': byStatus('The gateway could not resolve the name of the backend.'),
  'APIGW.0606': byStatus('The gateway could not load its configuration.'),
  'APIGW.0607': byStatus('The gateway does not accept this protocol.'),
  'APIGW.0608': byStatus('The gateway could not get its own token.'),
  'APIGW.0609': byStatus('The gateway found no VPC backend.'),
  'APIGW.0610': byStatus('The gateway cannot reach any backend.'),
  'APIGW.0611': byStatus('The gateway found no port of the backend.'),
  'APIGW.0612': byStatus('The API calls itself.'),
  'APIGW.0613': byStatus('IAM is not available to the gateway.'),
  'APIGW.0705': byStatus('The gateway could not sign the call to the backend.'),
  'APIGW.1009': byStatus('The app key or secret is not valid.'),
};

/** Refusals by the gateway without a row above. */
export const REFUSED_BY_GATEWAY = {
  codes: /^APIGW\.03\d\d$/,
  row: row('refused', 'The gateway refused the credentials or the permission.'),
} as const;

/** Codes, and any 401, that count towards Huawei's lock: five refusals in a row lock a key for five minutes. */
export const GUARDED_CODES: ReadonlySet<string> = new Set([
  'APIGW.0301',
  'APIGW.0303',
  'APIGW.0305',
  'APIGW.0307',
  'VOD.10054',
  'VST.10004',
]);
