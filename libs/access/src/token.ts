import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { claimsOf, type Principal, readPrincipal } from './principal.js';
import type { SigningKey } from './signing-key.js';

/** Issuer and audience of the tokens a station issues itself. */
export const localIssuer = 'urn:yizhan';

/**
 * Signs a bearer token. `expiresIn` is a time from now as jose reads it: `8h`, `30 minutes`, `7d`. Throws
 * `InvalidClaims` when the principal's scope does not fit its role, TypeError for a duration that cannot be read.
 */
export async function issueToken(key: SigningKey, principal: Principal, expiresIn = '8h'): Promise<string> {
  const { sub, ...claims } = claimsOf(readPrincipal(claimsOf(principal)));
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'EdDSA', kid: key.kid, typ: 'JWT' })
    .setSubject(sub ?? principal.subject)
    .setIssuer(localIssuer)
    .setAudience(localIssuer)
    .setIssuedAt()
    .setExpirationTime(expiresIn)
    .setJti(randomUUID())
    .sign(key.privateKey);
}
