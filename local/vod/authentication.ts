import type { Clock } from '../clock.ts';
import { type Answer, unauthorized } from './answers.ts';
import {
  type Authorization,
  canonicalRequest,
  parseAuthorization,
  type SignableRequest,
  verifySignature,
} from './signature.ts';

/** A key pair the stand-in knows, permanent or (with a token) temporary. */
export interface Account {
  readonly ak: string;
  readonly sk: string;
  readonly securityToken?: string;
  readonly projectId: string;
}

/** A request to be authenticated: header names are in lower case. */
export interface AuthenticRequest extends SignableRequest {
  readonly headers: Readonly<Record<string, string>>;
}

/** The account a request was signed for, or the answer that refuses it. */
export type Verdict = { readonly account: Account } | { readonly refusal: Answer };

const DATE_WINDOW_MS = 15 * 60_000;
const REFUSALS_UNTIL_LOCK = 5;
const LOCK_MS = 5 * 60_000;

/** Headers that must be among the signed ones wherever they are sent. */
const MUST_BE_SIGNED = ['host', 'x-sdk-date', 'content-type', 'x-project-id', 'x-security-token'];

/** `20191115T033655Z` → epoch ms; `NaN` for anything else, a 31st of June among it. */
function parseSdkDate(text: string): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const time = Date.parse(iso);
  // Date.parse takes 20240230 for the 1st of March.
  return !Number.isNaN(time) && new Date(time).toISOString() === iso ? time : Number.NaN;
}

/**
 * The gateway's own form: line ends as bars, and the signed headers in clear. That this text can hold the caller's
 * security token is the very reason why a client must never log it.
 */
const mismatch = (request: AuthenticRequest, signedHeaders: readonly string[]): string =>
  `verify aksk signature fail,canonicalRequest:${canonicalRequest(request, signedHeaders).replaceAll('\n', '|')}`;

/** Authenticates requests as the API gateway in front of VOD does, the lock after repeated refusals included. */
export class Authenticator {
  readonly #accounts: ReadonlyMap<string, Account>;
  readonly #clock: Clock;
  readonly #refusals = new Map<string, { inARow: number; lockedUntil: number }>();

  constructor(accounts: readonly Account[], clock: Clock) {
    this.#accounts = new Map(accounts.map((account) => [account.ak, account]));
    this.#clock = clock;
  }

  authenticate(request: AuthenticRequest): Verdict {
    const header = request.headers['authorization'];
    // With no signature in sight the gateway takes the call for one with a token.
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

  /** @returns what is wrong with the request, `undefined` when nothing is */
  #fault(request: AuthenticRequest, claimed: Authorization, account: Account): string | undefined {
    const { headers } = request;
    const date = headers['x-sdk-date'] ?? '';
    const age = Math.abs(this.#clock.now() - parseSdkDate(date));
    // Written so that an unreadable date (NaN) is refused too.
    if (!(age <= DATE_WINDOW_MS)) return 'signature expired';
    // A temporary key's secret is worked out from its token, so the token is looked at before the signature.
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

  /** Answers a refusal and counts it against the key; the count starts afresh behind a lock. */
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
