/** What is published: bytes and headers as they stand on the topic. */
export type OutgoingRecord = {
  key: string;
  value: string;
  headers: Readonly<Record<string, string>>;
};

/** What stands on a topic. A record without a key or value has an empty one. */
export type StoredRecord = OutgoingRecord & {
  partition: number;
  offset: bigint;
};
