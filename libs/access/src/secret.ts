import { createHash } from 'node:crypto';
import type { SigningKey } from './signing-key.js';

/**
 * 32 bytes that only holders of the signing key can make, another secret for every purpose. An Ed25519 signature is the same
 * each time; no token is ever signed over a text with a space in it.
 */
export async function secretFor(purpose: string, { privateKey }: SigningKey): Promise<Buffer> {
  const text = new TextEncoder().encode(`secret for ${purpose}`);
  const signature = await crypto.subtle.sign('Ed25519', privateKey, text);
  return createHash('sha256').update(new Uint8Array(signature)).digest();
}
