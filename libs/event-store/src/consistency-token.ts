/** Where a write stands in the log: `stream` decides which partition of it, where it is in partitions. */
export type Write = { stream: string; position: bigint };

/** For the header `Consistency-Token`, e.g. `4711@request-YFXJ-261122-7K3QX`. */
export const consistencyToken = ({ stream, position }: Write): string => `${position}@${stream}`;

/** `undefined` where the text is no token. */
export function parseConsistencyToken(text: string): Write | undefined {
  const [, position, stream] = /^(\d{1,19})@([!-~]{1,200})$/.exec(text) ?? [];
  return position !== undefined && stream !== undefined ? { position: BigInt(position), stream } : undefined;
}
