import { partitionOf } from '#event-bus';
import { consistencyToken } from '#event-store';
import { carriedStreams } from '#public-events';
import { logTopic } from '#topics';
import { BACKWARDS, END, EventStoreDBClient, StreamNotFoundError } from '@eventstore/db-client';

export type Stored = { type: string; data: Record<string, unknown>; metadata: Record<string, unknown> };

/** What stands in the event store, read past the application through the official client. */
export type EventLog = {
  /** Where `$all` ends: it stays when nothing was changed. */
  head: () => Promise<string>;
  /** The events of a stream; none where there is no such stream. */
  of: (stream: string) => Promise<Stored[]>;
  /** A consistency token of the newest event in each partition of the log’s topic. */
  newest: () => Promise<string[]>;
  dispose: () => Promise<void>;
};

export function openEventLog(connectionString: string): EventLog {
  const client = EventStoreDBClient.connectionString(connectionString);
  return {
    head: async () => {
      let head = 'empty';
      // Read to its end: a read that is left early keeps the client from closing.
      for await (const { event } of client.readAll({
        direction: BACKWARDS,
        fromPosition: END,
        maxCount: 1,
      })) {
        head = `${event?.position?.commit}`;
      }
      return head;
    },
    of: async (stream) => {
      const events: Stored[] = [];
      try {
        for await (const { event } of client.readStream(stream)) {
          if (event) events.push({ type: event.type, data: event.data, metadata: event.metadata } as Stored);
        }
      } catch (error) {
        if (!(error instanceof StreamNotFoundError)) throw error;
      }
      return events;
    },
    newest: async () => {
      const newest = new Map<number, string>();
      const events = client.readAll({ direction: BACKWARDS, fromPosition: END });
      for await (const { event } of events) {
        if (!event?.position || !carriedStreams.some((prefix) => event.streamId.startsWith(prefix))) continue;
        const partition = partitionOf(event.streamId, logTopic.partitions);
        const token = consistencyToken({ position: event.position.commit, stream: event.streamId });
        if (!newest.has(partition)) newest.set(partition, token);
      }
      return [...newest.values()];
    },
    dispose: () => client.dispose(),
  };
}
