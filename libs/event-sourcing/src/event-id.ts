import { hash } from 'node:crypto';

// Stored ids derive from this namespace: another value would double every retried command.
const yizhan = Buffer.from('a7a0f1de5c435b0e9d8c1f6f3c0b7e21', 'hex');

/** UUIDv5 of (stream, idempotency key, index of the event within its command). */
export function eventId(stream: string, key: string, index: number): string {
  return nameId(`${stream}\n${key}\n${index}`);
}

/** UUIDv5 (RFC 9562, 5.5) of any name within Yizhan's namespace. Written out: an import makes millions of them. */
export function nameId(name: string): string {
  const digest = hash('sha1', Buffer.concat([yizhan, Buffer.from(name)]), 'hex');
  const variant = '89ab'.charAt(Number.parseInt(digest.charAt(16), 16) & 3);
  const [time, node] = [digest.slice(0, 12), digest.slice(20, 32)];
  return `${time.slice(0, 8)}-${time.slice(8)}-5${digest.slice(13, 16)}-${variant}${digest.slice(17, 20)}-${node}`;
}
