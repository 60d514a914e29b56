const seed = 0x9747b28c;
const multiplier = 0x5bd1e995;
const utf8 = new TextEncoder();

/** The partition of a key, as Kafka's Java client computes it: other clients that use its default agree. */
export function partitionOf(key: string, partitions: number): number {
  return (murmur2(utf8.encode(key)) & 0x7fffffff) % partitions;
}

/** 32-bit MurmurHash2 with Kafka's seed, signed (org.apache.kafka.common.utils.Utils.murmur2). */
export function murmur2(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tail = bytes.length & ~3;
  let hash = seed ^ bytes.length;
  for (let at = 0; at < tail; at += 4) {
    let word = Math.imul(view.getInt32(at, true), multiplier);
    word = Math.imul(word ^ (word >>> 24), multiplier);
    hash = Math.imul(hash, multiplier) ^ word;
  }
  for (let at = bytes.length - 1; at >= tail; at -= 1) hash ^= view.getUint8(at) << ((at - tail) * 8);
  if (tail < bytes.length) hash = Math.imul(hash, multiplier);
  hash = Math.imul(hash ^ (hash >>> 13), multiplier);
  return hash ^ (hash >>> 15);
}
