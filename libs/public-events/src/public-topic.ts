/** What anybody may subscribe to: events as `contracts/events` describes them. Partitions are for life. */
export const publicTopic = { name: 'yizhan.events.v1', partitions: 6 } as const;
