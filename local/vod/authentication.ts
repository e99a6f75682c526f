import type { Clock } from '../clock.ts';
import { type Answer, unauthorized } from './answers.ts';
import {
  type Authorization,
  canonicalRequest,
  parseAuthorization,
  type SignableRequest,
  verifySignature,
} from './signature.ts';

/** A key that the stand-in knows. With a token it is a temporary key. */
export interface Account {
  readonly ak: string;
  readonly sk: string;
  readonly securityToken?: string;
  readonly projectId: string;
}

/** The account that signed a request, or the answer that refuses it. */
export type Verdict = { readonly account: Account } | { readonly refusal: Answer };

/** "Within 15 minutes" of the gateway's clock (API Request Signing Guide, api-sign-0001). */
const DATE_WINDOW_MS = 15 * 60_000;
/**
 * "AK/SK authentication fails for more than five consecutive times, and the AK/SK pair is locked for five minutes" (the same
 * page). The stand-in locks after the fifth failure, which is the strictest reading.
 */
const REFUSALS_UNTIL_LOCK = 5;
const LOCK_MS = 5 * 60_000;

/** Headers that must be signed if they are sent: those that the SDK signs. This is stricter than documented. */
const MUST_BE_SIGNED = ['host', 'x-sdk-date', 'content-type', 'x-project-id', 'x-security-token'];

/** Converts `20191115T033655Z` to epoch ms. Anything else is `NaN`, also a date that does not exist. */
function parseSdkDate(text: string): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const time = Date.parse(iso);
  // Date.parse reads 20240230 as the 1st of March.
  return !Number.isNaN(time) && new Date(time).toISOString() === iso ? time : Number.NaN;
}

/**
 * The gateway's own form: bars in place of line ends, and the signed headers in plain text. The text can contain the
 * caller's security token, so a client must never log it.
 */
const mismatch = (request: SignableRequest, signedHeaders: readonly string[]): string =>
  `verify aksk signature fail,canonicalRequest:${canonicalRequest(request, signedHeaders).replaceAll('\n', '|')}`;

/** Authenticates requests as the API gateway in front of VOD does. Repeated refusals lock a key. */
export class Authenticator {
  readonly #accounts: ReadonlyMap<string, Account>;
  readonly #clock: Clock;
  readonly #refusals = new Map<string, { inARow: number; lockedUntil: number }>();

  constructor(accounts: readonly Account[], clock: Clock) {
    this.#accounts = new Map(accounts.map((account) => [account.ak, account]));
    this.#clock = clock;
  }

  /** @param request - with header names in lower case */
  authenticate(request: SignableRequest): Verdict {
    const header = request.headers['authorization'];
    // Without a signature, the gateway expects a token.
    if (header === undefined) return { refusal: unauthorized('x-auth-token not found') };
    const claimed = parseAuthorization(header);
    if (claimed === undefined) return { refusal: unauthorized('verify aksk signature fail') };
    if (this.#isLocked(claimed.ak)) {
      return { refusal: unauthorized('AK access failed to reach the limit,forbidden') };
    }
    const account = this.#accounts.get(claimed.ak);
    if (account === undefined)
      return this.#refuse(claimed.ak, `Get secretKey failed,ak:${claimed.ak},err:ak not exist`);
    const cause = this.#fault(request, claimed, account);
    if (cause !== undefined) return this.#refuse(claimed.ak, cause);
    this.#refusals.delete(claimed.ak);
    return { account };
  }

  /** @returns what is wrong with the request, or `undefined` */
  #fault(request: SignableRequest, claimed: Authorization, account: Account): string | undefined {
    const { headers } = request;
    const date = headers['x-sdk-date'] ?? '';
    const age = Math.abs(this.#clock.now() - parseSdkDate(date));
    // This form also refuses an unreadable date (NaN).
    if (!(age <= DATE_WINDOW_MS)) return 'signature expired';
    // The secret of a temporary key depends on its token, so the token is checked before the signature.
    if (headers['x-security-token'] !== account.securityToken) return 'decrypt token fail';
    const unsigned = MUST_BE_SIGNED.some(
      (name) => headers[name] !== undefined && !claimed.signedHeaders.includes(name),
    );
    const absent = claimed.signedHeaders.some((name) => headers[name] === undefined);
    if (unsigned || absent || !verifySignature(request, date, account.sk, claimed)) {
      return mismatch(request, claimed.signedHeaders);
    }
    return undefined;
  }

  #isLocked(ak: string): boolean {
    return (this.#refusals.get(ak)?.lockedUntil ?? Number.NEGATIVE_INFINITY) > this.#clock.now();
  }

  /** Returns a refusal and counts it for the key. A lock resets the count. */
  #refuse(ak: string, cause: string): Verdict {
    const inARow = (this.#refusals.get(ak)?.inARow ?? 0) + 1;
    const locks = inARow >= REFUSALS_UNTIL_LOCK;
    this.#refusals.set(
      ak,
      locks ? { inARow: 0, lockedUntil: this.#clock.now() + LOCK_MS } : { inARow, lockedUntil: 0 },
    );
    return { refusal: unauthorized(cause) };
  }
}
