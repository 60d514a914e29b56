/** Where a write stands in the log: `stream` decides which partition of it, where it is in partitions. */
export type Write = { stream: string; position: bigint };

/**
 * For the header `Consistency-Token`, e.g. `4711@request-YFXJ-261122-7K3QX`. A stream that is named after a district is no text
 * for a header as it stands.
 */
export const consistencyToken = ({ stream, position }: Write): string =>
  `${position}@${encodeURIComponent(stream)}`;

/** `undefined` where the text is no token. */
export function parseConsistencyToken(text: string): Write | undefined {
  const [, position, stream] = /^(\d{1,19})@([!-~]{1,700})$/.exec(text) ?? [];
  if (position === undefined || stream === undefined) return undefined;
  try {
    return { position: BigInt(position), stream: decodeURIComponent(stream) };
  } catch {
    return undefined; // a % that nothing was encoded with
  }
}
