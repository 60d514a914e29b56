import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import type { Principal } from './principal.js';
import { openSigningKey, type SigningKey } from './signing-key.js';
import { issueToken } from './token.js';
import { localTokens, oidcTokens } from './token.sources.js';
import { TokenVerifier } from './token.verifier.js';

const zhang: Principal = {
  subject: 'zhang',
  name: '张连生',
  role: 'volunteer',
  scope: { station: 'YFXJ' },
};

const slug = (name: string): object => ({ slug: name });
const inOneHour = (): number => Math.floor(Date.now() / 1000) + 3600;

describe('a token of the station', () => {
  let home: string;
  let key: SigningKey;
  let tokens: TokenVerifier;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'token-'));
    key = await openSigningKey(home);
  });
  beforeEach(() => {
    tokens = new TokenVerifier(localTokens(key));
  });
  afterAll(() => rm(home, { recursive: true }));

  const signed = (claims: JWTPayload, by = key.privateKey, alg = 'EdDSA'): Promise<string> =>
    new SignJWT({ iss: 'urn:yizhan', aud: 'urn:yizhan', exp: inOneHour(), ...claims })
      .setProtectedHeader({ alg })
      .sign(by);
  const claims = { sub: 'zhang', role: 'volunteer', station: 'YFXJ' };

  it('says who asks', async () => {
    expect(await tokens.verify(await issueToken(key, zhang))).toEqual(zhang);
  });

  it('is not issued to a principal whose scope does not fit the role', async () => {
    await expect(issueToken(key, { ...zhang, scope: {} })).rejects.toThrow(
      'role volunteer needs the claim station',
    );
  });

  it('is not issued for a time that cannot be read', async () => {
    await expect(issueToken(key, zhang, 'soon')).rejects.toThrow(TypeError);
  });

  it('expires', async () => {
    await expect(tokens.verify(await issueToken(key, zhang, '-1 minute'))).rejects.toMatchObject(
      slug('token-expired'),
    );
  });

  it('is accepted a few seconds after it expired: clocks differ', async () => {
    expect(await tokens.verify(await issueToken(key, zhang, '-2 seconds'))).toEqual(zhang);
  });

  it('that lasts for ever is refused', async () => {
    const endless = await signed({ ...claims, exp: undefined });
    await expect(tokens.verify(endless)).rejects.toMatchObject({
      slug: 'unauthenticated',
      extensions: { reason: 'the claim exp is missing' },
    });
  });

  it.each([
    ['of another issuer', { iss: 'urn:other' }, 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['for another audience', { aud: 'urn:other' }, 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['from the future', { nbf: inOneHour() }, 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['of an unknown role', { role: 'mayor' }, expect.stringMatching(/^the claim role must be/)],
    ['without a station', { station: undefined }, 'role volunteer needs the claim station'],
  ])('%s is refused', async (_, change, reason) => {
    const token = await signed({ ...claims, ...change });
    await expect(tokens.verify(token)).rejects.toMatchObject({
      slug: 'unauthenticated',
      extensions: { reason },
    });
  });

  it('signed by somebody else is refused', async () => {
    const { privateKey } = await generateKeyPair('EdDSA');
    await expect(tokens.verify(await signed(claims, privateKey))).rejects.toMatchObject(
      slug('unauthenticated'),
    );
  });

  it('that was changed is refused', async () => {
    const [header, , signature] = (await issueToken(key, zhang)).split('.');
    const forged = Buffer.from(JSON.stringify({ ...claims, station: 'OTHER', exp: inOneHour() })).toString(
      'base64url',
    );
    await expect(tokens.verify(`${header}.${forged}.${signature}`)).rejects.toMatchObject(
      slug('unauthenticated'),
    );
  });

  it.each(['', 'x', 'a.b.c', '..'])('that is no token is refused: %j', async (text) => {
    await expect(tokens.verify(text)).rejects.toMatchObject(slug('unauthenticated'));
  });

  it('without a signature is refused', async () => {
    const unsigned = new UnsecuredJWT({
      ...claims,
      iss: 'urn:yizhan',
      aud: 'urn:yizhan',
      exp: inOneHour(),
    }).encode();
    await expect(tokens.verify(unsigned)).rejects.toMatchObject(slug('unauthenticated'));
  });

  it('signed with the public key as a shared secret is refused', async () => {
    const { x } = await exportJWK(key.publicKey);
    const secret = Buffer.from(x ?? '', 'base64url');
    const token = await new SignJWT({ ...claims, iss: 'urn:yizhan', aud: 'urn:yizhan', exp: inOneHour() })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(secret);
    await expect(tokens.verify(token)).rejects.toMatchObject(slug('unauthenticated'));
  });
});

describe('the memory for verified tokens', () => {
  let asked: string[];
  let exp: number;
  const counting = (capacity?: number): TokenVerifier =>
    new TokenVerifier(async (token) => {
      asked.push(token);
      return { sub: token, role: 'admin', exp };
    }, capacity);

  beforeEach(() => {
    asked = [];
    exp = inOneHour();
  });

  it('asks once for each token', async () => {
    const tokens = counting();
    for (const token of ['a', 'a', 'b', 'a']) expect((await tokens.verify(token)).subject).toBe(token);
    expect(asked).toEqual(['a', 'b']);
  });

  it('forgets all when it remembers too many', async () => {
    const tokens = counting(2);
    for (const token of ['a', 'b', 'a', 'b', 'c', 'c', 'a']) await tokens.verify(token);
    expect(asked).toEqual(['a', 'b', 'c', 'a']);
  });

  it('does not outlive the token', async () => {
    const tokens = counting();
    exp = Math.floor(Date.now() / 1000) - 5; // at the end of what the clocks may differ
    await tokens.verify('a');
    await expect(tokens.verify('a')).rejects.toMatchObject(slug('token-expired'));
  });

  it('keeps no failure', async () => {
    let failing = true;
    const tokens = new TokenVerifier(async () => {
      if (failing) throw new TypeError('fetch failed');
      return { sub: 'a', role: 'admin', exp };
    });
    await expect(tokens.verify('a')).rejects.toMatchObject(slug('unavailable'));
    failing = false;
    expect((await tokens.verify('a')).subject).toBe('a');
  });
});

describe('a token of an identity provider', () => {
  let server: Server;
  let issuer: string;
  let announced: string;
  let reachable: boolean;
  let calls: string[];
  let pair: Awaited<ReturnType<typeof generateKeyPair>>;

  beforeAll(async () => {
    pair = await generateKeyPair('ES256');
    const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'ES256', use: 'sig' };
    server = createServer((request, response) => {
      calls.push(request.url ?? '');
      response.statusCode = reachable ? 200 : 503;
      const documents: Record<string, object> = {
        '/realm/.well-known/openid-configuration': { issuer: announced, jwks_uri: `${issuer}/keys` },
        '/realm/keys': { keys: [jwk] },
      };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(documents[request.url ?? ''] ?? {}));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/realm`;
  });
  beforeEach(() => {
    [announced, reachable, calls] = [issuer, true, []];
  });
  afterAll(() => new Promise((closed) => server.close(closed)));

  const signed = (claims: JWTPayload = {}, kid = 'one'): Promise<string> =>
    new SignJWT({
      sub: 'zhang',
      name: '张连生',
      role: 'volunteer',
      station: 'YFXJ',
      scope: 'openid',
      ...claims,
    })
      .setProtectedHeader({ alg: 'ES256', kid })
      .setIssuer(issuer)
      .setAudience('yizhan')
      .setExpirationTime('1h')
      .sign(pair.privateKey);
  const provider = (): TokenVerifier => new TokenVerifier(oidcTokens({ issuer, audience: 'yizhan' }));

  it('is checked with the keys the provider publishes, fetched once', async () => {
    const tokens = provider();
    expect(await tokens.verify(await signed())).toEqual(zhang);
    expect((await tokens.verify(await signed({ sub: 'li' }))).subject).toBe('li');
    expect(calls).toEqual(['/realm/.well-known/openid-configuration', '/realm/keys']);
  });

  it('for another audience is refused', async () => {
    const tokens = new TokenVerifier(oidcTokens({ issuer, audience: 'another' }));
    await expect(tokens.verify(await signed())).rejects.toMatchObject(slug('unauthenticated'));
  });

  it('of a key the provider does not publish is refused', async () => {
    await expect(provider().verify(await signed({}, 'two'))).rejects.toMatchObject(slug('unauthenticated'));
  });

  it('waits for a provider that is away, and is accepted when it is back', async () => {
    const tokens = provider();
    reachable = false;
    await expect(tokens.verify(await signed())).rejects.toMatchObject(slug('unavailable'));
    reachable = true;
    expect(await tokens.verify(await signed())).toEqual(zhang);
  });

  it('is not checked by somebody who speaks for another issuer', async () => {
    announced = 'https://elsewhere.example';
    await expect(provider().verify(await signed())).rejects.toMatchObject(slug('unavailable'));
  });
});
