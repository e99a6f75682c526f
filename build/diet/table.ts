import { editSigner } from './signer.ts';
import * as crypto from './stand-ins/crypto.ts';
import * as leftOut from './stand-ins/left-out.ts';
import * as lodash from './stand-ins/lodash.ts';
import * as logger from './stand-ins/logger.ts';
import * as moment from './stand-ins/moment.ts';
import * as url from './stand-ins/url.ts';
import { editVodClient } from './vod-client.ts';

/** A module the SDK asks for, and what it gets in its place. */
export interface Swap {
  /** As the SDK names it: a package, a Node module, or a module of the SDK itself as `core/…` or `vod/…`. */
  readonly module: string;
  /** File name under `stand-ins/`. */
  readonly standIn: string;
  /** What the stand-in exports: the build checks every use in the SDK against it. */
  readonly offers: object;
  /** What a call of the stand-in gives back, where the SDK goes on from there: its methods are checked too. */
  readonly returns?: object;
}

/** Modules of the SDK that go into the bundle. `core` is huaweicloud-sdk-core, `vod` is huaweicloud-sdk-vod. */
export const kept: readonly string[] = [
  'vod/v1/VodClient',
  'vod/v1/model/CancelAssetTranscodeTaskRequest',
  'vod/v1/model/ListAssetListRequest',
  'core/HcClient',
  'core/SdkStreamResponse',
  'core/http/IHttpRequest',
  'core/http/IHttpRequestBuilder',
  'core/auth/AKSKSigner',
  'core/auth/BaseCredentials',
  'core/auth/BasicCredentials',
  'core/auth/ICredential',
  'core/exception/ExceptionUtil',
  'core/exception/SdkException',
  'core/exception/ServiceResponseException',
  'core/exception/ClientRequestException',
  'core/exception/ServerResponseException',
];

/** Everything else the kept modules ask for, with the reason. */
export const swaps: readonly Swap[] = [
  // Formats one date in one way; moment and its locales are 62 kB.
  { module: 'moment', standIn: 'moment.ts', offers: moment, returns: moment.Moment.prototype },
  // Sorts five header names; lodash is 72 kB.
  { module: 'lodash', standIn: 'lodash.ts', offers: lodash },
  // `url.parse` prints DEP0169 on Node 24, and its first call takes a millisecond.
  { module: 'url', standIn: 'url.ts', offers: url },
  // The SDK copies all of crypto's properties at load and calls two.
  { module: 'crypto', standIn: 'crypto.ts', offers: crypto },
  // Reads an identity provider's token from a file, which no setting of ours asks for.
  { module: 'fs', standIn: 'left-out.ts', offers: leftOut },
  // log4js: overwrites the configuration of its host and prints credentials.
  { module: 'core/logger/index', standIn: 'logger.ts', offers: logger },
  // axios and its tree: our own transport sends the request.
  { module: 'core/http/DefaultHttpClient', standIn: 'left-out.ts', offers: leftOut },
  // Looks a missing project id up, and can create a project doing so: the project id is always given.
  { module: 'core/internal/services/iam.service', standIn: 'left-out.ts', offers: leftOut },
  // Remembers the project ids that IamService found.
  { module: 'core/internal/services/authcache', standIn: 'left-out.ts', offers: leftOut },
  // A second signature scheme, which VOD does not use.
  { module: 'core/auth/DerivedAKSKSigner', standIn: 'left-out.ts', offers: leftOut },
];

/** Kept modules whose text is changed on the way, each change checked against the text it expects. */
export const edits: Readonly<Record<string, (source: string, file: string) => string>> = {
  'core/auth/AKSKSigner': editSigner,
  'vod/v1/VodClient': editVodClient,
};
