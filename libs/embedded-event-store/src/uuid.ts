import { shared } from './protocol.js';

const DASHED = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The 16 bytes of a UUID in either of the protocol's forms; undefined when it is not one, or all zero. */
export function uuidBytes(uuid: shared.UUID | undefined): Buffer | undefined {
  const structured = uuid?.getStructured();
  if (structured) return nonZero(fromHalves(structured));
  const text = uuid?.getString() ?? '';
  return DASHED.test(text) ? nonZero(Buffer.from(text.replaceAll('-', ''), 'hex')) : undefined;
}

/** Lower case, with dashes. */
export function uuidText(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function fromHalves(structured: shared.UUID.Structured): Buffer {
  const bytes = Buffer.allocUnsafe(16);
  bytes.writeBigUInt64BE(BigInt.asUintN(64, BigInt(structured.getMostSignificantBits())), 0);
  bytes.writeBigUInt64BE(BigInt.asUintN(64, BigInt(structured.getLeastSignificantBits())), 8);
  return bytes;
}

function nonZero(bytes: Buffer): Buffer | undefined {
  return bytes.some((byte) => byte !== 0) ? bytes : undefined;
}
