import { createRemoteJWKSet, jwtVerify } from 'jose';
import type { SigningKey } from './signing-key.js';
import { localIssuer } from './token.js';
import { type CheckToken, clockTolerance } from './token.verifier.js';

/** Tokens the station issued itself. */
export function localTokens({ publicKey }: SigningKey): CheckToken {
  const expected = { issuer: localIssuer, audience: localIssuer, algorithms: ['EdDSA'], clockTolerance };
  return async (token) => (await jwtVerify(token, publicKey, expected)).payload;
}

// Without symmetric algorithms and without `none`.
const algorithms = [
  'EdDSA',
  'Ed25519',
  'ES256',
  'ES384',
  'ES512',
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
];

/**
 * Tokens of an OpenID Connect provider. Its discovery document is fetched with the first token, so that a station starts
 * while the provider is away, and again after a failure.
 */
export function oidcTokens({ issuer, audience }: { issuer: string; audience: string }): CheckToken {
  const expected = { issuer, audience, algorithms, clockTolerance };
  let keys: Promise<ReturnType<typeof createRemoteJWKSet>> | undefined;
  return async (token) => {
    keys ??= discover(issuer).catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    return (await jwtVerify(token, await keys, expected)).payload;
  };
}

// OpenID Connect Discovery 1.0, section 4: the document must name the issuer that was asked.
async function discover(issuer: string): Promise<ReturnType<typeof createRemoteJWKSet>> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetch(address, { signal: AbortSignal.timeout(5000) });
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  const document = (await answer.json()) as { issuer?: unknown; jwks_uri?: unknown };
  if (document.issuer !== issuer) throw new Error(`${address} speaks for another issuer`);
  return createRemoteJWKSet(new URL(String(document.jwks_uri)), { timeoutDuration: 5000 });
}
