import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  calculateJwkThumbprint,
  type CryptoKey,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
} from 'jose';

/** An Ed25519 key pair that tokens are signed with; `kid` is its RFC 7638 thumbprint. */
export type SigningKey = { kid: string; privateKey: CryptoKey; publicKey: CryptoKey };

/**
 * Loads `<home>/access/signing-key.json`, which is made on the first start and readable by its owner only. Two processes
 * that start at once end up with the same key. Throws when the file exists and holds no such key.
 */
export async function openSigningKey(home: string): Promise<SigningKey> {
  const folder = join(home, 'access');
  const file = join(folder, 'signing-key.json');
  return keyIn(file, (await stored(file)) ?? (await create(folder, file)));
}

/** The same where there is one; none is made. */
export async function existingSigningKey(home: string): Promise<SigningKey | undefined> {
  const file = join(home, 'access', 'signing-key.json');
  const text = await stored(file);
  return text === undefined ? undefined : keyIn(file, text);
}

async function keyIn(file: string, text: string): Promise<SigningKey> {
  try {
    return await parse(JSON.parse(text) as JWK);
  } catch (error) {
    throw new Error(`${file} holds no Ed25519 signing key`, { cause: error });
  }
}

async function stored(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

// The key is complete on the disk before it gets its name, and link() refuses a name that is taken: nobody ever reads half
// a key, and of two processes the slower one takes the faster one's.
async function create(folder: string, file: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  try {
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(await generate());
      await handle.sync();
    } finally {
      await handle.close();
    }
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  return readFile(file, 'utf8');
}

async function generate(): Promise<string> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const jwk = await exportJWK(privateKey);
  return `${JSON.stringify({ ...jwk, alg: 'EdDSA', kid: await calculateJwkThumbprint(jwk) }, null, 2)}\n`;
}

async function parse(jwk: JWK): Promise<SigningKey> {
  const { kty, crv, x, d } = jwk;
  if (kty !== 'OKP' || crv !== 'Ed25519' || !x || !d) throw new Error('not an Ed25519 private key');
  const privateKey = await importJWK({ kty, crv, x, d }, 'EdDSA');
  const publicKey = await importJWK({ kty, crv, x }, 'EdDSA');
  const kid = await calculateJwkThumbprint({ kty, crv, x });
  return { kid, privateKey: privateKey as CryptoKey, publicKey: publicKey as CryptoKey };
}
