import { errors, type JWTPayload } from 'jose';
import { Problem } from '#problems';
import { InvalidClaims, type Principal, readPrincipal } from './principal.js';

/** Checks a token's signature, issuer, audience and lifetime, and gives its claims. Throws jose's errors. */
export type CheckToken = (token: string) => Promise<JWTPayload>;

/** Seconds by which the clocks of issuer and station may differ. */
export const clockTolerance = 5;

type Admitted = { principal: Principal; until: number };

/**
 * Turns bearer tokens into principals. A verified token is remembered until it expires: an Ed25519 verification for every
 * request would cost as much as its append. When `capacity` of them are, all are forgotten, and verified anew as they come.
 */
export class TokenVerifier {
  private readonly known = new Map<string, Admitted>();

  constructor(
    private readonly check: CheckToken,
    private readonly capacity = 10_000,
  ) {}

  /** Throws the problems `token-expired`, `unauthenticated`, or `unavailable` when the identity provider cannot be asked. */
  async verify(token: string): Promise<Principal> {
    return (await this.admit(token)).principal;
  }

  /** The same, and until when (ms since 1970) the token is good. */
  async admit(token: string): Promise<Admitted> {
    const remembered = this.known.get(token);
    if (remembered) {
      if (remembered.until > Date.now()) return remembered;
      this.known.delete(token);
      throw new Problem('token-expired');
    }
    const admitted = await this.read(token);
    if (this.known.size >= this.capacity) this.known.clear();
    this.known.set(token, admitted);
    return admitted;
  }

  private async read(token: string): Promise<Admitted> {
    try {
      const claims = await this.check(token);
      if (claims.exp === undefined) throw new InvalidClaims('the claim exp is missing');
      return { principal: readPrincipal(claims), until: (claims.exp + clockTolerance) * 1000 };
    } catch (error) {
      throw explain(error);
    }
  }
}

// jose's generic error and its timeout mean that the key set could not be fetched, not that the token is wrong.
const unasked = ['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID'];

function explain(error: unknown): Error {
  if (error instanceof errors.JWTExpired) return new Problem('token-expired');
  if (error instanceof InvalidClaims) return new Problem('unauthenticated', {}, { reason: error.message });
  if (error instanceof errors.JOSEError && !unasked.includes(error.code)) {
    return new Problem('unauthenticated', {}, { reason: error.code });
  }
  return Object.assign(new Problem('unavailable'), { cause: error });
}
