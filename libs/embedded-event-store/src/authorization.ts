import type { Metadata } from '@grpc/grpc-js';

// EventStoreDB's built-in users. The node listens on the loopback only and lets anonymous calls pass; but who shows
// credentials expects wrong ones to be refused.
const ACCEPTED = new Set(['admin:changeit', 'ops:changeit']);

/** False when the call carries an `authorization` header that names no known user with the right password. */
export function isAuthorized(metadata: Metadata): boolean {
  return metadata.get('authorization').every((header) => {
    const [scheme, credentials] = String(header).split(' ', 2);
    if (scheme?.toLowerCase() !== 'basic') return false;
    return ACCEPTED.has(Buffer.from(credentials ?? '', 'base64').toString('utf8'));
  });
}
