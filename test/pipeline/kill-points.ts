/** Where a relay dies. `before its acknowledgement`: the broker has the records, the relay has not heard of it. */
export const killPoints = [
  'before a send',
  'before its acknowledgement',
  'between two partitions',
  'before a checkpoint',
] as const;

export type KillPoint = (typeof killPoints)[number];
